"""What wanted cells are called."""

from __future__ import annotations

from collections.abc import Sequence

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.models import WantedCell
from polyfolio.web.holes.headings import headings


def cell_names(user: Viewer, portfolio: Portfolio, cells: Sequence[WantedCell]) -> dict[int, str]:
    """“Row, column” of each cell by its id; cells that the reader may not name are left out. One query a dimension."""
    used: dict[str, set[str]] = {}
    for cell in cells:
        used.setdefault(cell.row_dimension, set()).add(cell.row)
        used.setdefault(cell.column_dimension, set()).add(cell.column)
    words = {
        name: {each.key: each.label for each in headings(user, portfolio, Dimension(name), keys)}
        for name, keys in used.items()
    }
    return {
        cell.pk: f"{words[cell.row_dimension][cell.row]}, {words[cell.column_dimension][cell.column]}"
        for cell in cells
        if cell.row in words[cell.row_dimension] and cell.column in words[cell.column_dimension]
    }
