"""What the page of a portfolio's holes shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.holes import Heading, HoleMatrix, hole_matrix
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.matrices import Cell
from polyfolio.sensemaking.models import WantedCell
from polyfolio.sensemaking.queries import dimensions
from polyfolio.sensemaking.queries.filters import DIMENSIONS, narrowed
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.queries.intentions import wanted, wants_in
from polyfolio.web.holes.headings import WHOLE, headings
from polyfolio.web.portfolios.pictures import list_of

MOST_ROWS, MOST_COLUMNS = 80, 30
FILTERS = {dimension: name for name, dimension in DIMENSIONS.items()} | {Dimension.FACET: "facet"}
"""The name that a dimension has as a filter of the portfolio's list."""


@dataclass(frozen=True)
class Shape:
    """Which matrix is asked for: its two dimensions, and whether values that nothing has are shown as well."""

    row: Dimension
    column: Dimension
    has_empty: bool = False

    def address(self, portfolio: Portfolio, **more: Any) -> str:
        return address(portfolio, row=self.row.value, column=self.column.value, **more)


@dataclass(frozen=True)
class Table:
    """A matrix as it is counted: what names its rows and columns, what stands in each cell, what is wanted there."""

    rows: Sequence[Heading]
    columns: Sequence[Heading]
    counts: Mapping[Cell, int]
    wants: Mapping[Cell, WantedCell]


@dataclass(frozen=True)
class Wish:
    """A wanted cell in words, with what it holds and the list of that."""

    cell: WantedCell
    row: str
    column: str
    count: int
    href: str
    edit: str
    is_named: bool = True
    """Whether the reader may see what its row and column are called."""

    @property
    def is_hole(self) -> bool:
        return self.count < self.cell.threshold

    @property
    def missing(self) -> int:
        return max(0, self.cell.threshold - self.count)


def address(portfolio: Portfolio, **query: Any) -> str:
    return f"{reverse('portfolio_holes', args=[portfolio.slug])}?{urlencode(query)}"


def want_address(portfolio: Portfolio, row: tuple[str, str], column: tuple[str, str]) -> str:
    query = {"row": row[0], "row_key": row[1], "column": column[0], "column_key": column[1]}
    return f"{reverse('portfolio_want', args=[portfolio.slug])}?{urlencode(query)}"


def table(user: Viewer, portfolio: Portfolio, held: Holding, shape: Shape, cells: Sequence[WantedCell]) -> Table:
    """The whole matrix. At most three queries."""
    counts = dimensions.counts(held, shape.row, shape.column)
    wants = wants_in(cells, shape.row, shape.column)
    places = {*counts, *wants}
    return Table(
        rows=_named(user, portfolio, shape.row, {row for row, _column in places}, shape),
        columns=_named(user, portfolio, shape.column, {column for _row, column in places}, shape),
        counts=counts,
        wants=wants,
    )


def _named(
    user: Viewer, portfolio: Portfolio, dimension: Dimension, used: Collection[str], shape: Shape
) -> list[Heading]:
    every = headings(user, portfolio, dimension, used)
    if dimension in WHOLE or (shape.has_empty and dimension != Dimension.COUNTRY):
        return every
    return [each for each in every if each.key in used]


def holes(user: Viewer, portfolio: Portfolio, shape: Shape, *, is_marking: bool, at: datetime) -> dict[str, Any]:
    """The matrix of two dimensions, and everything that is wanted in any."""
    held, cells = holding(portfolio, user), wanted(portfolio)
    found = table(user, portfolio, held, shape, cells)
    may_mark = may(user, "sensemaking.mark_wanted", portfolio)
    drawn = _fitting(found)
    wishes = [each for each in _wishes(user, portfolio, held, cells) if each.is_named or may_mark]
    total = held.members().count()
    return {
        "portfolio": portfolio,
        "shape": shape,
        "matrix": _matrix(portfolio, shape, drawn, is_marking=is_marking and may_mark),
        "left_out": (len(found.rows) - len(drawn.rows), len(found.columns) - len(drawn.columns)),
        "total": total,
        "everything": list_of(portfolio),
        "without": [_without(portfolio, held, dimension, at) for dimension in (shape.row, shape.column)],
        "mixed": list_of(portfolio, facet="mixed") if Dimension.FACET in (shape.row, shape.column) else "",
        "wishes": sorted(wishes, key=lambda each: (-each.missing, each.row, each.column)),
        "missing": sum(1 for each in wishes if each.is_hole),
        "today": at.date(),
        "may_mark": may_mark,
        "is_marking": is_marking and may_mark,
        "addresses": {
            "here": shape.address(portfolio),
            "turned": address(portfolio, row=shape.column.value, column=shape.row.value),
            "mark": shape.address(portfolio, mark=1),
            "whole": shape.address(portfolio, empty="with"),
            "xlsx": shape.address(portfolio, export="xlsx"),
            "csv": shape.address(portfolio, export="csv"),
        },
    }


def _fitting(found: Table) -> Table:
    """What fits on a page: the rows and columns that hold or want most, in their own order."""
    by_row: Counter[str] = Counter()
    by_column: Counter[str] = Counter()
    for (row, column), count in found.counts.items():
        by_row[row] += count
        by_column[column] += count
    for row, column in found.wants:
        by_row[row] += 1_000_000
        by_column[column] += 1_000_000
    rows, columns = _most(found.rows, by_row, MOST_ROWS), _most(found.columns, by_column, MOST_COLUMNS)
    return Table(rows, columns, found.counts, found.wants)


def _most(every: Sequence[Heading], weights: Mapping[str, int], limit: int) -> list[Heading]:
    kept = sorted(every, key=lambda each: -weights.get(each.key, 0))[:limit]
    return [each for each in every if each in kept]


def _matrix(portfolio: Portfolio, shape: Shape, found: Table, *, is_marking: bool) -> HoleMatrix:
    def href(row: str, column: str) -> str:
        if is_marking:
            return want_address(portfolio, (shape.row.value, row), (shape.column.value, column))
        return _list(portfolio, (shape.row, row), (shape.column, column))

    return hole_matrix(
        rows=found.rows,
        columns=found.columns,
        counts=found.counts,
        wanted={place: cell.reason for place, cell in found.wants.items()},
        thresholds={place: cell.threshold for place, cell in found.wants.items()},
        href=href,
    )


def _list(portfolio: Portfolio, row: tuple[str, str], column: tuple[str, str]) -> str:
    """The list of exactly those that stand in a cell."""
    return list_of(portfolio, **{FILTERS[Dimension(name)]: key for name, key in (row, column)})


def _without(portfolio: Portfolio, held: Holding, dimension: Dimension, at: datetime) -> dict[str, Any]:
    """Initiatives that have nothing in a dimension, and their list. One query."""
    nothing = {FILTERS[dimension]: dimensions.NONE}
    return {
        "dimension": dimension,
        "count": narrowed(held, nothing, at=at).count(),
        "href": list_of(portfolio, **nothing),
    }


def _wishes(user: Viewer, portfolio: Portfolio, held: Holding, cells: Sequence[WantedCell]) -> list[Wish]:
    """Every wanted cell with what it holds. One query a matrix and one a dimension, however many cells."""
    pairs = dict.fromkeys((cell.row_dimension, cell.column_dimension) for cell in cells)
    counts = {pair: dimensions.counts(held, *pair) for pair in pairs}
    named = dict.fromkeys(name for pair in pairs for name in pair)
    words = {name: _words(user, portfolio, name, cells) for name in named}
    return [
        Wish(
            cell=cell,
            row=words[cell.row_dimension].get(cell.row, cell.row),
            column=words[cell.column_dimension].get(cell.column, cell.column),
            count=counts[cell.row_dimension, cell.column_dimension].get((cell.row, cell.column), 0),
            href=_list(portfolio, (cell.row_dimension, cell.row), (cell.column_dimension, cell.column)),
            edit=want_address(portfolio, (cell.row_dimension, cell.row), (cell.column_dimension, cell.column)),
            is_named=cell.row in words[cell.row_dimension] and cell.column in words[cell.column_dimension],
        )
        for cell in cells
    ]


def _words(user: Viewer, portfolio: Portfolio, dimension: str, cells: Sequence[WantedCell]) -> dict[str, str]:
    used = {cell.row for cell in cells if cell.row_dimension == dimension}
    used |= {cell.column for cell in cells if cell.column_dimension == dimension}
    return {each.key: each.label for each in headings(user, portfolio, Dimension(dimension), used)}
