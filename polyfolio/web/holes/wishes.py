"""Wanted cells in words: what they hold, what was made of them, and which it was decided to leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.matrices import Cell
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.models import Decision, HoleFollowUp, WantedCell
from polyfolio.sensemaking.queries import dimensions
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.web.holes.addresses import list_of_cell, want_address
from polyfolio.web.holes.headings import headings


@dataclass(frozen=True)
class Wish:
    """A wanted cell in words, with what it holds and the list of that."""

    cell: WantedCell
    row: str
    column: str
    count: int
    href: str
    edit: str
    page: str
    follow_ups: Sequence[HoleFollowUp] = ()
    left: Decision | None = None
    has_row: bool = True
    has_column: bool = True

    @property
    def is_named(self) -> bool:
        """Whether the reader may see what its row and column are called; they may be gone, too."""
        return self.has_row and self.has_column

    @property
    def is_hole(self) -> bool:
        return self.left is None and self.count < self.cell.threshold

    @property
    def missing(self) -> int:
        return max(0, self.cell.threshold - self.count)

    @property
    def words(self) -> str:
        return f"{self.row}, {self.column}"

    @property
    def rank(self) -> tuple[Any, ...]:
        """Holes first, the emptiest before others; then what is filled, then what is left."""
        return (self.left is not None, -self.missing, self.row, self.column)


def wishes(
    user: Viewer,
    portfolio: Portfolio,
    held: Holding,
    cells: Sequence[WantedCell],
    gone: Mapping[int, Decision],
    *,
    may_mark: bool,
    counted: Mapping[tuple[str, str], Mapping[Cell, int]] | None = None,
) -> list[Wish]:
    """Every wanted cell with what it holds, open holes first; who marks them also sees those without a name.

    `counted` holds matrices that are counted already, by their dimensions. One query a matrix,
    one a dimension and one for what was made of them, however many cells.
    """
    pairs = dict.fromkeys((cell.row_dimension, cell.column_dimension) for cell in cells)
    counts = {pair: (counted or {}).get(pair) or dimensions.counts(held, *pair) for pair in pairs}
    named = dict.fromkeys(name for pair in pairs for name in pair)
    words = {name: _words(user, portfolio, name, cells) for name in named}
    made: dict[int, list[HoleFollowUp]] = defaultdict(list)
    for each in HoleFollowUp.objects.filter(wanted__in=[cell.pk for cell in cells]).order_by("followed_at", "pk"):
        made[each.wanted_id].append(each)
    found = []
    for cell in cells:
        row, column = words[cell.row_dimension], words[cell.column_dimension]
        places = (cell.row_dimension, cell.row), (cell.column_dimension, cell.column)
        found.append(
            Wish(
                cell=cell,
                row=row.get(cell.row, cell.row),
                column=column.get(cell.column, cell.column),
                count=counts[cell.row_dimension, cell.column_dimension].get((cell.row, cell.column), 0),
                href=list_of_cell(portfolio, *places),
                edit=want_address(portfolio, *places),
                page=reverse("portfolio_hole", args=[portfolio.slug, cell.pk]),
                follow_ups=made[cell.pk],
                left=gone.get(cell.pk),
                has_row=cell.row in row,
                has_column=cell.column in column,
            )
        )
    return sorted((each for each in found if each.is_named or may_mark), key=lambda each: each.rank)


def _words(user: Viewer, portfolio: Portfolio, dimension: str, cells: Sequence[WantedCell]) -> dict[str, str]:
    used = {cell.row for cell in cells if cell.row_dimension == dimension}
    used |= {cell.column for cell in cells if cell.column_dimension == dimension}
    return {each.key: each.label for each in headings(user, portfolio, Dimension(dimension), used)}
