"""What stewards intend for a portfolio: the target mix and the wanted cells, with what is missing there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.matrices import Cell, Hole, Want, holes
from polyfolio.sensemaking.models import TargetMix, WantedCell
from polyfolio.sensemaking.queries.dimensions import counts
from polyfolio.sensemaking.queries.holdings import Holding


def target_mix(portfolio: Portfolio) -> TargetMix | None:
    """The mix that is intended now. One query."""
    return TargetMix.objects.filter(portfolio=portfolio).order_by("-set_at", "-pk").first()


def wanted(portfolio: Portfolio) -> list[WantedCell]:
    """Every wanted cell, whatever its dimensions. One query."""
    return list(WantedCell.objects.filter(portfolio=portfolio).order_by("row_dimension", "column_dimension", "row"))


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
