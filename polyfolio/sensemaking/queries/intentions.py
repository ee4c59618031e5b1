"""What stewards intend for a portfolio: the target mix and the wanted cells, with what is missing there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from polyfolio.network.models import Body
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.reporting.models import Indicator
from polyfolio.sensemaking.arithmetic.matrices import Cell, Hole, Want, holes
from polyfolio.sensemaking.choices import DecisionKind, DecisionState, Dimension
from polyfolio.sensemaking.models import Decision, TargetMix, WantedCell
from polyfolio.sensemaking.queries.dimensions import counts, indicator_key
from polyfolio.sensemaking.queries.holdings import Holding, Viewer

HOLE = "hole"
"""What a decision that was taken at a hole has as its origin."""


def target_mix(portfolio: Portfolio) -> TargetMix | None:
    """The mix that is intended now. One query."""
    return TargetMix.objects.filter(portfolio=portfolio).order_by("-set_at", "-pk").first()


def wanted(portfolio: Portfolio) -> list[WantedCell]:
    """Every cell that is wanted still, whatever its dimensions: without those it was decided to leave. One query."""
    leaving = _leaving().filter(origin_id=OuterRef("pk"), created_at__gte=OuterRef("wanted_at"))
    return list(_marked(portfolio).filter(~Exists(leaving)))


def marked(portfolio: Portfolio) -> list[WantedCell]:
    """Every wanted cell, those it was decided to leave among them. One query."""
    return list(_marked(portfolio))


def told(portfolio: Portfolio, user: Viewer) -> QuerySet[WantedCell, Any]:
    """Every wanted cell without those whose row or column names what the person does not see; stewards see them all."""
    rows = _marked(portfolio)
    if may(user, "sensemaking.mark_wanted", portfolio):
        return rows
    named = {
        Dimension.PROGRAMME: Body.objects.visible_to(user).values("slug"),
        Dimension.INDICATOR: Indicator.objects.filter(result__initiative__in=Initiative.objects.visible_to(user))
        .annotate(key=indicator_key())
        .values("key"),
    }
    for dimension, keys in named.items():
        for side in ("row", "column"):
            rows = rows.exclude(Q(**{f"{side}_dimension": dimension}) & ~Q(**{f"{side}__in": keys}))
    return rows


def left(portfolio: Portfolio, cells: Sequence[WantedCell]) -> dict[int, Decision]:
    """The decision to leave it, by wanted cell; one that was marked again since is wanted. One query."""
    by_id = {cell.pk: cell for cell in cells}
    rows = _leaving().filter(portfolio=portfolio, origin_id__in=list(by_id)).order_by("created_at", "pk")
    return {row.origin_id: row for row in rows if row.created_at >= by_id[row.origin_id].wanted_at}


def _marked(portfolio: Portfolio) -> QuerySet[WantedCell, Any]:
    rows: QuerySet[WantedCell, Any] = WantedCell.objects.filter(portfolio=portfolio)
    return rows.order_by("row_dimension", "column_dimension", "row", "column")


def _leaving() -> QuerySet[Decision, Any]:
    rows: QuerySet[Decision, Any] = Decision.objects.kept().exclude(state=DecisionState.DROPPED)
    return rows.filter(origin_type=HOLE, kind=DecisionKind.LEAVE)


def wants_in(cells: Sequence[WantedCell], row: str, column: str) -> Mapping[Cell, WantedCell]:
    """Those of one matrix by (row key, column key), whichever way round it is shown."""
    found = {}
    for cell in cells:
        if (cell.row_dimension, cell.column_dimension) == (row, column):
            found[cell.row, cell.column] = cell
        elif (cell.column_dimension, cell.row_dimension) == (row, column):
            found[cell.column, cell.row] = cell
    return found


def holes_of(holding: Holding, cells: Sequence[WantedCell]) -> list[tuple[WantedCell, Hole]]:
    """Wanted cells that hold less than they should, in every matrix that has one. One query a matrix."""
    found = []
    for row, column in dict.fromkeys((cell.row_dimension, cell.column_dimension) for cell in cells):
        wants = wants_in(cells, row, column)
        asked = {place: Want(cell.threshold, cell.reason) for place, cell in wants.items()}
        found += [(wants[hole.row, hole.column], hole) for hole in holes(counts(holding, row, column), asked)]
    return sorted(found, key=lambda pair: (-pair[1].missing, pair[0].pk))
