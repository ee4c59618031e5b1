"""Initiatives that stand together although their partners are not linked; one click decides to connect them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.fields import shorten
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import decisions
from polyfolio.sensemaking.arithmetic.synergies import Candidate, pair_of
from polyfolio.sensemaking.choices import DecisionKind, Dimension
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.queries.synergies import known
from polyfolio.sensemaking.queries.synergies import synergies as found_in
from polyfolio.web.holes.addresses import address, list_of_cell, synergies_address
from polyfolio.web.holes.forms import asked, dimension_choices, mended
from polyfolio.web.holes.headings import headings
from polyfolio.web.holes.pages import Shape
from polyfolio.web.pages import OurRequest, PageRequest, go, page, paginate, public, say, show
from polyfolio.web.placements import finding

PER_PAGE = 20
CELLS_NAMED = 3


@dataclass(frozen=True)
class Meeting:
    """A pair in words: who they are, and in which cells both stand (the first few, with their lists)."""

    one: Initiative
    other: Initiative
    cells: list[tuple[str, str]]
    more: int


@public(find=finding.portfolio)
def synergies(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """The candidates of one matrix, those that meet most first."""
    shape = asked(request.GET)
    candidates = found_in(holding(portfolio, request.user), shape.row, shape.column)
    shown = paginate(request, candidates, per_page=PER_PAGE)
    context = {
        "portfolio": portfolio,
        "shape": shape,
        "dimensions": dimension_choices(),
        "mended": mended(request.GET, shape),
        "page": shown,
        "total": len(candidates),
        "meetings": _meetings(request.user, portfolio, shape, list(shown)),
        "matrix": address(portfolio, row=shape.row.value, column=shape.column.value),
        "may_connect": may(request.user, "sensemaking.decide", portfolio),
    }
    return show(request, "holes/synergies.html", context)


def _meetings(user: Viewer, portfolio: Portfolio, shape: Shape, found: list[Candidate]) -> list[Meeting]:
    """Three queries, however many pairs."""
    initiatives = Initiative.objects.in_bulk({pk for each in found for pk in each.pair})
    cells = {cell for each in found for cell in each.cells}
    rows = _names(user, portfolio, shape.row, {row for row, _column in cells})
    columns = _names(user, portfolio, shape.column, {column for _row, column in cells})
    meetings = []
    for each in found:
        named = [
            (f"{rows[row]}, {columns[column]}", list_of_cell(portfolio, (shape.row, row), (shape.column, column)))
            for row, column in each.cells
            if row in rows and column in columns
        ]
        one, other = (initiatives[pk] for pk in each.pair)
        meetings.append(Meeting(one, other, named[:CELLS_NAMED], max(0, len(named) - CELLS_NAMED)))
    return meetings


def _names(user: Viewer, portfolio: Portfolio, dimension: Dimension, used: set[str]) -> dict[str, str]:
    return {each.key: each.label for each in headings(user, portfolio, dimension, used)}


@page("sensemaking.decide", find=finding.portfolio, methods=["POST"])
def connect(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Decide to connect two initiatives of the portfolio, once."""
    shape = asked(request.POST)
    back = synergies_address(portfolio, shape.row.value, shape.column.value)
    try:
        one, other = _pair(request, holding(portfolio, request.user))
        decisions.take(
            portfolio=portfolio,
            kind=DecisionKind.CONNECT,
            title=shorten(_("Connect %(one)s and %(other)s") % {"one": one, "other": other}, 300),
            values={"reason": _("They stand together, and no partner takes part in both.")},
            initiatives=[one, other],
            by=request.user,
            at=timezone.now(),
        )
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("It is decided to connect “%(one)s” and “%(other)s”.") % {"one": one, "other": other})
    return go(request, back)


def _pair(request: OurRequest, held: Holding) -> tuple[Initiative, Initiative]:
    given = {request.POST.get(name, "") for name in ("one", "other")}
    members: Any = held.members().filter(pk__in=[int(pk) for pk in given if pk.isdecimal() and len(pk) < 19])
    found = list(members.order_by("pk"))
    if len(found) != 2:
        raise RefusedError(_("Choose two different initiatives of this portfolio."))
    if pair_of(found[0].pk, found[1].pk) in known(held, [each.pk for each in found]):
        raise RefusedError(_("These two are connected already, or it is decided that they will be."))
    return found[0], found[1]
