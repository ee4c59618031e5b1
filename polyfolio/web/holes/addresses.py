"""Where matrices, their cells and what is wanted stand."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.queries.filters import DIMENSIONS
from polyfolio.web.portfolios.pictures import list_of

FILTERS = {dimension: name for name, dimension in DIMENSIONS.items()} | {Dimension.FACET: "facet"}
"""The name that a dimension has as a filter of the portfolio's list."""

Place = tuple[str, str]
"""A dimension and a key in it."""


def address(portfolio: Portfolio, **query: Any) -> str:
    return f"{reverse('portfolio_holes', args=[portfolio.slug])}?{urlencode(query)}"


def want_address(portfolio: Portfolio, row: Place, column: Place) -> str:
    query = {"row": row[0], "row_key": row[1], "column": column[0], "column_key": column[1]}
    return f"{reverse('portfolio_want', args=[portfolio.slug])}?{urlencode(query)}"


def synergies_address(portfolio: Portfolio, row: str, column: str) -> str:
    return f"{reverse('portfolio_synergies', args=[portfolio.slug])}?{urlencode({'row': row, 'column': column})}"


def list_of_cell(portfolio: Portfolio, row: Place, column: Place) -> str:
    """The list of exactly those that stand in a cell."""
    return list_of(portfolio, **{FILTERS[Dimension(name)]: key for name, key in (row, column)})
