"""A portfolio's own words: levers, fields and themes, and which initiatives bear them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.sensemaking.actions import terms as actions
from polyfolio.sensemaking.choices import TermKind
from polyfolio.sensemaking.models import PortfolioTerm, TermUse
from polyfolio.sensemaking.queries.dimensions import count
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.web.holes.addresses import FILTERS, address
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.placements import finding
from polyfolio.web.portfolios.pictures import list_of
from polyfolio.web.terms.forms import PLURALS, RewordForm, TagForm, TermForm


@dataclass(frozen=True)
class Group:
    """The terms of one kind, each with how many initiatives bear it and their list; and a matrix of them."""

    kind: TermKind
    title: Any
    rows: list[tuple[PortfolioTerm, int, str]]
    matrix: str


@public(find=finding.portfolio)
def terms(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Every term of the portfolio, kind by kind. The number of queries does not grow with them."""
    held = holding(portfolio, request.user)
    every = list(portfolio.terms.order_by("position", "pk"))
    groups = []
    for kind in TermKind:
        counts = count(held, kind.value)
        rows = [
            (term, counts.get(term.code, 0), list_of(portfolio, **{FILTERS[kind.value]: term.code}))
            for term in every
            if term.kind == kind
        ]
        groups.append(Group(kind, PLURALS[kind], rows, address(portfolio, row=kind.value, column="zone")))
    context = {
        "portfolio": portfolio,
        "groups": groups,
        "total": len(every),
        "may_keep": may(request.user, "sensemaking.keep_terms", portfolio),
    }
    return show(request, "terms/terms.html", context)


@page("sensemaking.keep_terms", find=finding.portfolio)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = TermForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.add(portfolio=portfolio, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("“%s” is there; initiatives can be tagged with it.") % made)
            return go(request, "portfolio_terms", slug=portfolio.slug)
    return show(request, "terms/edit.html", {"portfolio": portfolio, "form": form})


def find_term(user: Viewer, slug: str, pk: int) -> PortfolioTerm:
    return PortfolioTerm.objects.select_related("portfolio").get(pk=pk, portfolio=finding.portfolio(user, slug))


@page("sensemaking.keep_terms", find=find_term)
def term(request: OurRequest, term: PortfolioTerm) -> HttpResponseBase:
    """Reword a term, or take it away with its tags."""
    portfolio = term.portfolio
    if request.method == "POST" and "remove" in request.POST:
        used = actions.remove(term=term, by=request.user, at=timezone.now())
        gone = ngettext("It is gone; %s initiative bore it.", "It is gone; %s initiatives bore it.", used) % used
        say(request, gone)
        return go(request, "portfolio_terms", slug=portfolio.slug)
    form = RewordForm(request.POST or None, initial={"title": term.title, "position": term.position})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.reword(term=term, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("Saved."))
            return go(request, "portfolio_terms", slug=portfolio.slug)
    return show(request, "terms/edit.html", {"portfolio": portfolio, "form": form, "term": term})


@page("sensemaking.tag", find=finding.entry)
def tag(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """Which of the portfolio's terms an initiative bears."""
    portfolio, initiative = entry.portfolio, entry.initiative
    every = list(portfolio.terms.order_by("position", "pk"))
    used = set(
        TermUse.objects.filter(term__portfolio=portfolio, initiative=initiative).values_list("term_id", flat=True)
    )
    initial = {
        kind.value: [str(each.pk) for each in every if each.kind == kind and each.pk in used] for kind in TermKind
    }
    form = TagForm(request.POST or None, terms=every, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            changed = actions.tag(
                portfolio=portfolio,
                initiative=initiative,
                term_ids=form.term_ids(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if changed else _("Nothing was changed."))
            return go(request, initiative)
    return show(request, "terms/tag.html", {"portfolio": portfolio, "initiative": initiative, "form": form})
