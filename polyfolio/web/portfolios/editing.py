"""Beginning a portfolio (also from a search) and editing one."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.people.access import access_of
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import entries, portfolios
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.portfolios.queries import portfolios as queries
from polyfolio.search.building import SearchQuery
from polyfolio.search.queries import matching_ids
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show, signed_in
from polyfolio.web.portfolios.forms import NewPortfolioForm, PortfolioForm
from polyfolio.web.portfolios.network import asked_network, stewarded
from polyfolio.web.search.addresses import asked
from polyfolio.web.search.labels import seen_filters


@signed_in()
def new(request: OurRequest) -> HttpResponseBase:
    """Begin a portfolio in a network that the person stewards; `search` holds the query string of a search.

    Every initiative that the search finds is added: as core where the person may, else as a proposal.
    """
    networks = stewarded(request.user)
    if not networks.exists():
        raise NotAllowedError("portfolios.create_portfolio")
    search = request.POST.get("search", request.GET.get("search", ""))
    form = NewPortfolioForm(_given(request), networks=networks, initial={"network": asked_network(request)})
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            made = _create(request, form, search)
            say(request, _("“%s” is there.") % made if not search else _said_of_new(made))
            return go(request, made)
    return show(request, "portfolios/new.html", {"form": form, "search": search, **_coming(request, search)})


def _coming(request: OurRequest, search: str) -> dict[str, int | None]:
    """How many initiatives a search brings, as what."""
    if not search:
        return {"found": None}
    ids = found_initiatives(request, search)
    core = entries.core_among(ids, request.user)
    return {"found": len(ids), "core": core, "proposed": len(ids) - core}


def _said_of_new(portfolio: Portfolio) -> str:
    core = portfolio.entries.filter(state=AdmissionState.ADMITTED).count()
    proposed = portfolio.entries.count() - core
    said = _("“%(portfolio)s” is there: %(what)s.") % {"portfolio": portfolio, "what": said_of(core, proposed, 0)}
    return f"{said} {_('Submit the proposals under Admissions.')}" if proposed else said


def _given(request: OurRequest) -> QueryDict | None:
    """What was filled in; the button on the search page posts the search alone."""
    return request.POST if request.method == "POST" and "visibility" in request.POST else None


def _create(request: OurRequest, form: NewPortfolioForm, search: str) -> Portfolio:
    given: dict[str, Any] = form.cleaned_data
    return portfolios.create(
        network=given["network"],
        title=given["title"],
        by=request.user,
        at=timezone.now(),
        values={"intent": given["intent"], "visibility": given["visibility"]},
        related={"themes": list(given["themes"])},
        initiative_ids=found_initiatives(request, search) if search else (),
    )


def found_initiatives(request: OurRequest, search: str) -> list[int]:
    """Ids of the initiatives that a search's query string finds for this person."""
    wanted = asked(QueryDict(search))
    query = SearchQuery(
        words=wanted.words,
        filters=seen_filters(wanted.filters, request.user) | {"kind": ("initiative",)},
        visible_to=access_of(request.user).tokens(),
    )
    return [pk for kind, pk in matching_ids(query) if kind == Initiative._meta.model_name]


@page("portfolios.edit_portfolio", find=queries.find)
def edit(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = PortfolioForm(
        request.POST or None,
        viewer=request.user,
        portfolio=portfolio,
        initial=PortfolioForm.initial_of(portfolio),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = portfolios.edit(
                portfolio=portfolio,
                values=form.values(),
                related=form.related(portfolio),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, "portfolio", slug=portfolio.slug)
    return show(request, "portfolios/edit.html", {"form": form, "portfolio": portfolio})


def said_of(core: int, proposed: int, already: int) -> str:
    """What adding many came to, in one sentence."""
    parts = []
    if core:
        parts.append(ngettext("%s initiative added as core", "%s initiatives added as core", core) % core)
    if proposed:
        parts.append(ngettext("%s proposed for admission", "%s proposed for admission", proposed) % proposed)
    if already:
        parts.append(ngettext("%s was there already", "%s were there already", already) % already)
    return "; ".join(parts) or _("Nothing was added")
