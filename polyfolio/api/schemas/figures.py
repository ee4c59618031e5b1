"""The figures of a portfolio. Each says what it counts, of how many, on which day, and where those rows are."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field, StringConstraints

from polyfolio.api.frame.shapes import MoneyAmount, Ref, Shape, address
from polyfolio.api.schemas.sensemaking import TargetMixShape
from polyfolio.funding.choices import MoneyFlow
from polyfolio.portfolios.choices import InitiativeKind, InitiativeStatus, PortfolioClass
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.mixes import Weight
from polyfolio.sensemaking.choices import Dimension, Facet

FILTER_OF = {dimension: dimension.value for dimension in Dimension} | {
    Dimension.SDG_GOAL: "goal",
    Dimension.SDG_TARGET: "target",
}
"""The filter of the list that each dimension of a matrix is narrowed by."""

Key = Annotated[str, StringConstraints(max_length=100)]
Year = Annotated[str, StringConstraints(pattern=r"^([12][0-9]{3})?$")]


class HeldFilters(BaseModel):
    """Which of a portfolio's initiatives; `-` asks for those that have nothing there. Filters together narrow."""

    words: str = Field("", max_length=200, description="Letters of a title.")
    theme: Key = Field("", description="A theme, by its slug.")
    zone: Key = Field("", description="A zone, by its code.")
    facet: Key = Field(
        "", description="A facet, or `placed`, `mixed`, `contested`, `agreed`; `-`: those that nobody placed."
    )
    sector: Key = Field("", description="A sector: a DAC group of three digits, or vocabulary-code.")
    goal: Annotated[str, StringConstraints(pattern=r"^([0-9]{1,2}|-)?$")] = Field("", description="An SDG goal.")
    main_goal: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,2}$")] = Field("", description="The main SDG goal.")
    target: Annotated[str, StringConstraints(max_length=6)] = Field("", description="An SDG target.")
    country: Annotated[str, StringConstraints(max_length=2)] = Field("", description="A country, as two letters.")
    programme: Key = Field("", description="A programme, by its slug.")
    organisation_kind: Key = Field("", description="A kind of organisation that takes part.")
    lever: Key = Field("", description="A lever of the portfolio's own terms, by its code.")
    field: Key = Field("", description="A field of the portfolio's own terms, by its code.")
    own_theme: Key = Field("", description="An own theme of the portfolio, by its code.")
    indicator: Key = Field("", description="An indicator, by its reference or name.")
    organisation: Key = Field("", description="An organisation that takes part.")
    part: Key = Field("", description="One of the portfolios under this one, by its slug.")
    position: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,18}$")] = Field("", description="A position.")
    portfolio_class: PortfolioClass | None = Field(None, alias="class", description="Core or affiliated.")
    status: InitiativeStatus | None = Field(None, description="A status.")
    kind: InitiativeKind | None = Field(None, description="A kind.")
    priority: Literal["high", "medium", "low", "-", ""] = Field("", description="A priority.")
    year: Year = Field("", description="Under way in that year.")
    flow: MoneyFlow | None = Field(None, description="With money of this flow in the portfolio's sums.")
    currency: Annotated[str, StringConstraints(max_length=3)] = Field("", description="…in this currency.")
    money_year: Annotated[str, StringConstraints(pattern=r"^(0|[0-9]{4})?$")] = Field(
        "", description="…in this year; 0: where the year is not known."
    )
    dormant: Literal["with", "without", "only"] = Field("with", description="Whether dormant ones are among them.")

    def chosen(self) -> dict[str, str]:
        """The filters as the portfolio's own list takes them."""
        given = self.model_dump(by_alias=True)
        return {name: str(value) for name, value in given.items() if value}


class Figure(Shape):
    """How many of how many, on which day; `list` opens exactly those rows."""

    numerator: int
    denominator: int
    as_of: date
    list: str = Field(examples=["/api/v1/portfolios/circular-city/initiatives?facet=mis"])


class FacetShare(Shape):
    """One facet of the mix. An initiative on an edge counts by half for each side, and stands in both lists."""

    facet: Facet
    share: float | None = Field(description="Of what is weighed, from 0 to 1; null where nothing weighs anything.")
    at_tip: int
    on_edge: int
    initiatives: Figure


class MixFigure(Shape):
    """How a portfolio spreads over the four facets. An even mix is not a good one in itself."""

    portfolio: Ref
    weight: Weight
    facets: list[FacetShare]
    weighed: int = Field(description="How many of the placed ones carry a weight.")
    evenness: float | None = Field(description="0: all in one facet; 1: a quarter in each (Pielou, 1966).")
    placed: Figure
    mixed: Figure
    not_placed: Figure
    contested: Figure
    target: TargetMixShape | None
    distance: float | None = Field(description="The share that stands elsewhere than intended, from 0 to 1.")


class ZoneCount(Shape):
    zone: str
    label: str
    initiatives: Figure


class ZonesFigure(Shape):
    """How many initiatives stand in each zone now."""

    portfolio: Ref
    zones: list[ZoneCount]
    not_known: Figure


class CellShape(Shape):
    """A cell of the matrix that holds something, or that is wanted."""

    row: str
    column: str
    initiatives: Figure
    threshold: int | None = Field(description="How many are wanted there; null: nobody said that it is wanted.")
    reason: str
    is_hole: bool


class HolesFigure(Shape):
    """Two dimensions against each other. An empty cell that nobody wants filled is no hole and is left out."""

    portfolio: Ref
    row_dimension: Dimension
    column_dimension: Dimension
    total: Figure
    cells: list[CellShape]
    holes: int


class YearSumShape(Shape):
    """What one flow comes to in a year and currency, with the initiatives that carry such an amount."""

    flow: MoneyFlow
    year: int | None = Field(description="Null: not known.")
    currency: str
    amount: MoneyAmount
    initiatives: Figure


class CurrencySumShape(Shape):
    """What one flow comes to in a currency over all years."""

    flow: MoneyFlow
    currency: str
    amount: MoneyAmount
    initiatives: Figure


class MoneyFigure(Shape):
    """Money by flow, year and currency: neither flows nor currencies are added together, nor a part to its whole."""

    portfolio: Ref
    by_currency: list[CurrencySumShape]
    by_year: list[YearSumShape]


class GoalCount(Shape):
    goal: int
    main: Figure = Field(description="Whose main goal it is.")
    named: Figure = Field(description="That name it, as main goal or another.")


class SdgsFigure(Shape):
    """How many initiatives serve each SDG goal."""

    portfolio: Ref
    goals: list[GoalCount]
    not_known: Figure


class CountryCount(Shape):
    country: str
    initiatives: Figure


class CountriesFigure(Shape):
    """In how many initiatives each country benefits."""

    portfolio: Ref
    countries: list[CountryCount]
    not_known: Figure


class Counter:
    """Makes the figures of one portfolio on one day: every one of the same `total`, each with its list."""

    def __init__(self, portfolio: Portfolio, total: int, on: date) -> None:
        self.portfolio = portfolio
        self.total = total
        self.on = on

    def figure(self, count: int, **filters: Any) -> Figure:
        """`count` of the total; the filters narrow the portfolio's list to exactly those."""
        query = urlencode({name: str(value) for name, value in filters.items()})
        where = address("portfolios", self.portfolio.slug, "initiatives")
        return Figure(
            numerator=count, denominator=self.total, as_of=self.on, list=f"{where}?{query}" if query else where
        )
