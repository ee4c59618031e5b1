"""Stocktakes: all of a portfolio, and one beside the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.arithmetic.comparisons import Comparison, Place, compare
from polyfolio.sensemaking.choices import Dimension, FrameKind, Layer
from polyfolio.sensemaking.models import Stocktake
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.looking_back import stocktakes as queries
from polyfolio.web.holes.headings import headings
from polyfolio.web.pages import PageRequest, paginate, public, show
from polyfolio.web.portfolios.pictures import in_language
from polyfolio.web.stocktakes.words import COUNT_WORDS


@public(find=portfolios.find)
def stocktakes(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """All of the portfolio, the newest first."""
    context = {
        "portfolio": portfolio,
        "page": paginate(request, queries.listed(request.user, portfolio)),
        "may_take_stock": may(request.user, "sensemaking.take_stock", portfolio),
    }
    return show(request, "stocktakes/stocktakes.html", context)


@public(find=queries.find)
def stocktake(request: PageRequest, stocktake: Stocktake) -> HttpResponseBase:
    """What was found, the figures beside those of the one before, and what was decided then and now."""
    user, today = request.user, timezone.localdate()
    before = queries.previous(user, stocktake)
    found = compare(
        queries.figures(user, before, today) if before is not None else {}, queries.figures(user, stocktake, today)
    )
    earlier = list(queries.decisions_of(user, before)) if before is not None else []
    context = {
        "portfolio": stocktake.portfolio,
        "stocktake": stocktake,
        "before": before,
        "found": found,
        "largest": found.largest,
        "holes": _named_holes(user, stocktake.portfolio, found),
        "counts": [(COUNT_WORDS[shift.key], shift) for shift in found.counts],
        "zones": _zones(stocktake.portfolio, found),
        "layers": [(layer.label, stocktake.notes[layer.value]) for layer in Layer if layer.value in stocktake.notes],
        "decisions": queries.decisions_of(user, stocktake),
        "earlier": earlier,
        "became": Counter(each.state for each in earlier),
        "may_take_stock": may(user, "sensemaking.take_stock", stocktake.portfolio),
        "may_decide": may(user, "sensemaking.decide", stocktake.portfolio),
    }
    return show(request, "stocktakes/stocktake.html", context)


def _zones(portfolio: Portfolio, found: Comparison) -> list[tuple[str, str, Any]]:
    names = {zone.code: in_language(zone.title) for zone in regions_of(portfolio, FrameKind.ZONES)}
    shifts = {shift.key: shift for shift in found.zones}
    return [(code, name, shifts[code]) for code, name in [*names.items(), ("", "")] if code in shifts]


def _named_holes(user: Viewer, portfolio: Portfolio, found: Comparison) -> dict[str, list[str]]:
    """Wanted places in words; one whose row or column the reader may not see is left out. A query a dimension."""
    holes = found.holes
    every = [*holes.filled, *holes.opened, *holes.stayed, *holes.given_up]
    words = {
        dimension: {each.key: each.label for each in headings(user, portfolio, Dimension(dimension), used)}
        for dimension, used in _used(every).items()
    }

    def named(places: Iterable[Place]) -> list[str]:
        return [
            f"{words[row_dimension][row]} × {words[column_dimension][column]}"
            for row_dimension, row, column_dimension, column in places
            if row in words[row_dimension] and column in words[column_dimension]
        ]

    return {name: named(getattr(holes, name)) for name in ("filled", "opened", "stayed", "given_up")}


def _used(places: Sequence[Place]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for row_dimension, row, column_dimension, column in places:
        used.setdefault(row_dimension, set()).add(row)
        used.setdefault(column_dimension, set()).add(column)
    return used
