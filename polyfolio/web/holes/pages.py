"""What the page of a portfolio's holes shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.holes import Heading, HoleMatrix, hole_matrix
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.matrices import Cell
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.models import WantedCell
from polyfolio.sensemaking.queries import dimensions
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.queries.intentions import left, marked, wants_in
from polyfolio.web.holes.addresses import FILTERS, address, list_of_cell, synergies_address, want_address
from polyfolio.web.holes.headings import ENDLESS, WHOLE, headings
from polyfolio.web.holes.wishes import wishes
from polyfolio.web.portfolios.pictures import list_of

ROWS_FIRST, MOST_ROWS, MOST_COLUMNS = 30, 300, 30
"""Rows that stand open, rows that a page shows on demand, columns."""


@dataclass(frozen=True)
class Shape:
    """Which matrix is asked for: its two dimensions, whether values that nothing has are shown as well, all rows."""

    row: Dimension
    column: Dimension
    has_empty: bool = False
    has_all_rows: bool = False

    def address(self, portfolio: Portfolio, **more: Any) -> str:
        return address(portfolio, row=self.row.value, column=self.column.value, **more)


@dataclass(frozen=True)
class Table:
    """A matrix as it is counted: what names its rows and columns, what stands in each cell, what is wanted there."""

    rows: Sequence[Heading]
    columns: Sequence[Heading]
    counts: Mapping[Cell, int]
    wants: Mapping[Cell, WantedCell]
    known: tuple[int, int]


def table(user: Viewer, portfolio: Portfolio, held: Holding, shape: Shape, cells: Sequence[WantedCell]) -> Table:
    """The whole matrix. At most three queries."""
    crossing = dimensions.crossed(held, shape.row, shape.column)
    counts = crossing.cells
    wants = wants_in(cells, shape.row, shape.column)
    places = {*counts, *wants}
    return Table(
        rows=_named(user, portfolio, shape.row, {row for row, _column in places}, shape),
        columns=_named(user, portfolio, shape.column, {column for _row, column in places}, shape),
        counts=counts,
        wants=wants,
        known=crossing.known,
    )


def _named(
    user: Viewer, portfolio: Portfolio, dimension: Dimension, used: Collection[str], shape: Shape
) -> list[Heading]:
    every = headings(user, portfolio, dimension, used)
    if dimension in WHOLE or (shape.has_empty and dimension not in ENDLESS):
        return every
    return [each for each in every if each.key in used]


def holes(user: Viewer, portfolio: Portfolio, shape: Shape, *, is_marking: bool, at: datetime) -> dict[str, Any]:
    """The matrix of two dimensions, and everything that is wanted in any."""
    held, cells = holding(portfolio, user), marked(portfolio)
    gone = left(portfolio, cells)
    found = table(user, portfolio, held, shape, [cell for cell in cells if cell.pk not in gone])
    may_mark = may(user, "sensemaking.mark_wanted", portfolio)
    drawn = _fitting(found, ROWS_FIRST if not shape.has_all_rows else MOST_ROWS)
    counted = {(shape.row.value, shape.column.value): found.counts}
    every = wishes(user, portfolio, held, cells, gone, may_mark=may_mark, counted=counted)
    total = held.members().count()
    is_marking = is_marking and may_mark
    return {
        "portfolio": portfolio,
        "shape": shape,
        "matrix": _matrix(portfolio, shape, drawn, is_marking=is_marking),
        "folded": len(found.rows) - len(drawn.rows),
        "left_out": len(found.columns) - len(drawn.columns),
        "total": total,
        "everything": list_of(portfolio),
        "without": [
            _without(portfolio, held, dimension, total - known, at)
            for dimension, known in zip((shape.row, shape.column), found.known, strict=True)
        ],
        "mixed": list_of(portfolio, facet="mixed") if Dimension.FACET in (shape.row, shape.column) else "",
        "wishes": every,
        "missing": sum(1 for each in every if each.is_hole),
        "today": at.date(),
        "may_mark": may_mark,
        "may_follow": may(user, "sensemaking.follow_hole", portfolio),
        "is_marking": is_marking,
        "addresses": _addresses(portfolio, shape),
    }


def _addresses(portfolio: Portfolio, shape: Shape) -> dict[str, str]:
    return {
        "here": shape.address(portfolio),
        "turned": address(portfolio, row=shape.column.value, column=shape.row.value),
        "mark": shape.address(portfolio, mark=1),
        "all_rows": shape.address(portfolio, rows="all", **({"empty": "with"} if shape.has_empty else {})),
        "xlsx": shape.address(portfolio, export="xlsx"),
        "csv": shape.address(portfolio, export="csv"),
        "synergies": synergies_address(portfolio, shape.row.value, shape.column.value),
    }


def _fitting(found: Table, most_rows: int) -> Table:
    """What stands open: the rows and columns that hold or want most, in their own order."""
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    for (row, column), count in found.counts.items():
        by_row[row] += count
        by_column[column] += count
    for row, column in found.wants:
        by_row[row] += 1_000_000
        by_column[column] += 1_000_000
    rows, columns = _most(found.rows, by_row, most_rows), _most(found.columns, by_column, MOST_COLUMNS)
    return Table(rows, columns, found.counts, found.wants, found.known)


def _most(every: Sequence[Heading], weights: Mapping[str, int], limit: int) -> list[Heading]:
    kept = sorted(every, key=lambda each: -weights.get(each.key, 0))[:limit]
    names = {each.key for each in kept}
    return [each for each in every if each.key in names]


def _matrix(portfolio: Portfolio, shape: Shape, found: Table, *, is_marking: bool) -> HoleMatrix:
    def href(row: str, column: str) -> str:
        if is_marking:
            return want_address(portfolio, (shape.row.value, row), (shape.column.value, column))
        return list_of_cell(portfolio, (shape.row, row), (shape.column, column))

    return hole_matrix(
        rows=found.rows,
        columns=found.columns,
        counts=found.counts,
        wanted={place: cell.reason for place, cell in found.wants.items()},
        thresholds={place: cell.threshold for place, cell in found.wants.items()},
        href=href,
    )


def _without(portfolio: Portfolio, held: Holding, dimension: Dimension, unknown: int, at: datetime) -> dict[str, Any]:
    """Initiatives that have nothing in a dimension, and their list. Of facets it asks: mixed ones are placed."""
    nothing = {FILTERS[dimension]: dimensions.NONE}
    return {
        "dimension": dimension,
        "count": narrowed(held, nothing, at=at).count() if dimension == Dimension.FACET else unknown,
        "href": list_of(portfolio, **nothing),
    }
