"""What holds a portfolio's initiatives up: the structures that last longer than any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Organisation
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import supports as actions
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import SupportStructure
from polyfolio.sensemaking.queries import flags as queries
from polyfolio.sensemaking.queries.dimensions import count
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.placements import finding
from polyfolio.web.portfolios.pictures import list_of
from polyfolio.web.supports.forms import SupportForm


@dataclass(frozen=True)
class Served:
    """A facet with its initiatives, their list, and what serves it today."""

    facet: Facet
    count: int
    href: str
    supports: list[SupportStructure]


@dataclass(frozen=True)
class Kept:
    """A support structure as the reader sees it; an owner whom they may not see is left out."""

    support: SupportStructure
    owner: Organisation | None
    is_current: bool

    @property
    def facets(self) -> list[str]:
        return [facet.value for facet in Facet if facet.value in self.support.facets]


@public(find=finding.portfolio)
def supports(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Facet by facet what serves it, and every structure with its dates, money and owner."""
    today = timezone.localdate()
    held = holding(portfolio, request.user)
    kept = _kept(request.user, portfolio, today)
    counts = count(held, "facet")
    context = {
        "portfolio": portfolio,
        "kept": kept,
        "served": [
            Served(
                facet,
                counts.get(facet.value, 0),
                list_of(portfolio, facet=facet.value),
                [each.support for each in kept if each.is_current and facet.value in each.facets],
            )
            for facet in Facet
        ],
        "may_keep": may(request.user, "sensemaking.keep_supports", portfolio),
    }
    return show(request, "supports/supports.html", context)


def _kept(user: Viewer, portfolio: Portfolio, on: date) -> list[Kept]:
    """Two queries."""
    rows = list(queries.supports(portfolio))
    owners = Organisation.objects.visible_to(user).in_bulk([row.owner_id for row in rows if row.owner_id])
    return [Kept(row, owners.get(row.owner_id), _is_current(row, on)) for row in rows]


def _is_current(support: SupportStructure, on: date) -> bool:
    began = support.since_on is None or support.since_on <= on
    return began and (support.until_on is None or support.until_on >= on)


@page("sensemaking.keep_supports", find=finding.portfolio)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = SupportForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.create(portfolio=portfolio, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("“%s” is recorded.") % made)
            return go(request, made)
    return show(request, "supports/edit.html", {"portfolio": portfolio, "form": form})


def find(user: Viewer, slug: str, pk: int) -> SupportStructure:
    """A structure of the portfolio; raises DoesNotExist where it is deleted or the portfolio is not seen."""
    found: SupportStructure = queries.supports(finding.portfolio(user, slug)).get(pk=pk)
    return found


@page("sensemaking.keep_supports", find=find)
def support(request: OurRequest, support: SupportStructure) -> HttpResponseBase:
    """Edit it; an owner whom the person may not see stays unless they name another."""
    seen = Organisation.objects.visible_to(request.user).filter(pk=support.owner_id).first()
    form = SupportForm(request.POST or None, viewer=request.user, initial=SupportForm.initial_of(support, seen))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if values["owner"] is None and seen is None:
            del values["owner"]
        with refusals_in(form):
            row = actions.edit(support=support, values=values, by=request.user, at=timezone.now())
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, support)
    return show(request, "supports/edit.html", {"portfolio": support.portfolio, "form": form, "support": support})


@page("sensemaking.keep_supports", find=find, methods=["POST"])
def delete(request: OurRequest, support: SupportStructure) -> HttpResponseBase:
    """Delete at once; the toast takes it back."""
    row = actions.delete(support=support, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % support, undo=row)
    return go(request, "portfolio_supports", slug=support.portfolio.slug)
