"""The figures of a portfolio, and the list that each of them opens."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from polyfolio.api.frame.params import says
from polyfolio.api.frame.problems import ProblemError
from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import ref
from polyfolio.api.records.initiatives import SORTS, for_rows, initiative_row
from polyfolio.api.records.portfolios import find
from polyfolio.api.schemas.figures import (
    FILTER_OF,
    CellShape,
    Counter,
    CountriesFigure,
    CountryCount,
    CurrencySumShape,
    FacetShare,
    GoalCount,
    HeldFilters,
    HolesFigure,
    MixFigure,
    MoneyFigure,
    SdgsFigure,
    YearSumShape,
    ZoneCount,
    ZonesFigure,
)
from polyfolio.api.schemas.sensemaking import target_mix_shape
from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.queries import sums
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.arithmetic.matrices import Cell, Want
from polyfolio.sensemaking.arithmetic.mixes import Mix, Weight, distance, evenness, mix
from polyfolio.sensemaking.choices import Dimension, Facet, FrameKind
from polyfolio.sensemaking.models import TargetMix
from polyfolio.sensemaking.queries import dimensions, figures
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.queries.intentions import left, told, wants_in

routes = Routes(
    "Figures", "What a portfolio comes to: each figure of how many, on which day, and with the list that it opens."
)


def counted(request: ApiRequest, portfolio: Portfolio) -> tuple[Holding, Counter]:
    """What the portfolio holds for the caller, and what counts it. Three queries."""
    held = holding(portfolio, request.user)
    return held, Counter(portfolio, held.members().count(), timezone.localdate())


@routes.list("/portfolios/{slug:slug}/initiatives", find=find, shape=initiative_row, sorts=SORTS)
def initiatives(request: ApiRequest, portfolio: Portfolio, filters: Query[HeldFilters]) -> QuerySet[Initiative]:
    """What a portfolio holds, with those of the portfolios under it, each once; figures open this list."""
    rows: QuerySet[Initiative] = narrowed(holding(portfolio, request.user), filters.chosen(), at=timezone.now())
    return for_rows(rows)


@routes.get("/portfolios/{slug:slug}/mix", find=find)
def mix_of(
    request: ApiRequest,
    portfolio: Portfolio,
    weight: Annotated[Weight, says("What an initiative weighs.")] = Weight.COUNT,
    flow: Annotated[MoneyFlow, says("By budget: which money.")] = MoneyFlow.COMMITTED,
    currency: Annotated[str, says("By budget: in which currency.", pattern=r"^[A-Z]{3}$")] = "EUR",
) -> MixFigure:
    """How a portfolio spreads over the facets, by count, by budget (of one `flow` and `currency`) or by priority."""
    held, counter = counted(request, portfolio)
    groups, contested = figures.groups(held, weight=weight, flow=flow, currency=currency)
    found = mix(groups, unplaced=counter.total - sum(group.count for group in groups))
    target = portfolio.target_mixes.first()
    return MixFigure(
        portfolio=ref("portfolios", portfolio),
        weight=weight,
        facets=[_facet(counter, found, facet) for facet in Facet],
        weighed=found.known,
        evenness=evenness(found.shares) if found.shares else None,
        placed=counter.figure(found.placed + found.mixed, facet="placed"),
        mixed=counter.figure(found.mixed, facet="mixed"),
        not_placed=counter.figure(found.unplaced, facet="-"),
        contested=counter.figure(contested, facet="contested"),
        target=target_mix_shape(target) if target is not None else None,
        distance=_distance(found, target),
    )


@routes.get("/portfolios/{slug:slug}/zones", find=find)
def zones(request: ApiRequest, portfolio: Portfolio) -> ZonesFigure:
    """How many initiatives stand in each zone now."""
    held, counter = counted(request, portfolio)
    found = dimensions.count(held, Dimension.ZONE)
    return ZonesFigure(
        portfolio=ref("portfolios", portfolio),
        zones=[
            ZoneCount(
                zone=each.code,
                label=each.label,
                initiatives=counter.figure(found.get(each.code, 0), zone=each.code),
            )
            for each in regions_of(portfolio, FrameKind.ZONES)
        ],
        not_known=counter.figure(_without(held, "zone"), zone="-"),
    )


@routes.get("/portfolios/{slug:slug}/holes", find=find)
def holes(
    request: ApiRequest,
    portfolio: Portfolio,
    row: Annotated[Dimension, says("What the rows are.")] = Dimension.THEME,
    column: Annotated[Dimension, says("What the columns are.")] = Dimension.ZONE,
) -> HolesFigure:
    """Two dimensions against each other: what stands where, and which wanted cells hold too little."""
    if row == column:
        raise ProblemError(
            422, _("A matrix needs two different dimensions."), _("Choose another column."), loc=("query", "column")
        )
    held, counter = counted(request, portfolio)
    counts = dimensions.counts(held, row, column)
    wanted = _wanted(request, portfolio, row, column)
    cells = [
        _cell(counter, (row, column), cell, counts.get(cell, 0), wanted.get(cell))
        for cell in sorted({*counts, *wanted})
    ]
    return HolesFigure(
        portfolio=ref("portfolios", portfolio),
        row_dimension=row,
        column_dimension=column,
        total=counter.figure(counter.total),
        cells=cells,
        holes=sum(cell.is_hole for cell in cells),
    )


@routes.get("/portfolios/{slug:slug}/money", find=find)
def money(request: ApiRequest, portfolio: Portfolio) -> MoneyFigure:
    """Money by flow, year and currency, each sum with how many initiatives carry such an amount."""
    held, counter = counted(request, portfolio)
    members = held.members().order_by()
    return MoneyFigure(
        portfolio=ref("portfolios", portfolio),
        by_currency=[
            CurrencySumShape(
                flow=each.flow,
                currency=each.currency,
                amount=each.amount,
                initiatives=counter.figure(each.initiatives, flow=each.flow.value, currency=each.currency),
            )
            for each in sums.by_currency(members)
        ],
        by_year=[
            YearSumShape(
                flow=each.flow,
                year=each.year or None,
                currency=each.currency,
                amount=each.amount,
                initiatives=counter.figure(
                    each.initiatives, flow=each.flow.value, currency=each.currency, money_year=each.year
                ),
            )
            for each in sums.by_year(members)
        ],
    )


@routes.get("/portfolios/{slug:slug}/sdgs", find=find)
def sdgs(request: ApiRequest, portfolio: Portfolio) -> SdgsFigure:
    """How many initiatives serve each SDG goal."""
    held, counter = counted(request, portfolio)
    main, other = figures.goals(held)
    return SdgsFigure(
        portfolio=ref("portfolios", portfolio),
        goals=[
            GoalCount(
                goal=goal,
                main=counter.figure(main.get(goal, 0), main_goal=goal),
                named=counter.figure(main.get(goal, 0) + other.get(goal, 0), goal=goal),
            )
            for goal in sorted({*main, *other})
        ],
        not_known=counter.figure(_without(held, "goal"), goal="-"),
    )


@routes.get("/portfolios/{slug:slug}/countries", find=find)
def countries(request: ApiRequest, portfolio: Portfolio) -> CountriesFigure:
    """In how many initiatives each country benefits."""
    held, counter = counted(request, portfolio)
    found = figures.countries(held)
    return CountriesFigure(
        portfolio=ref("portfolios", portfolio),
        countries=[
            CountryCount(country=code, initiatives=counter.figure(number, country=code))
            for code, number in sorted(found.items(), key=lambda each: (-each[1], each[0]))
        ],
        not_known=counter.figure(_without(held, "country"), country="-"),
    )


def _facet(counter: Counter, found: Mix, facet: Facet) -> FacetShare:
    at_tip, on_edge = found.parts[facet]
    return FacetShare(
        facet=facet,
        share=found.shares[facet] if found.shares else None,
        at_tip=at_tip,
        on_edge=on_edge,
        initiatives=counter.figure(found.count(facet), facet=facet.value),
    )


def _distance(found: Mix, target: TargetMix | None) -> float | None:
    if target is None or found.shares is None:
        return None
    return distance(found.shares, {facet: float(target.shares.get(facet.value, 0)) for facet in Facet})


def _without(held: Holding, name: str) -> int:
    """How many have nothing there. One query."""
    return narrowed(held, {name: dimensions.NONE}, at=timezone.now()).count()


def _wanted(request: ApiRequest, portfolio: Portfolio, row: Dimension, column: Dimension) -> dict[Cell, Want]:
    """The cells of these two dimensions that are wanted still, whichever way round they were marked. Two queries."""
    cells = list(told(portfolio, request.user))
    gone = left(portfolio, cells)
    wants = wants_in([cell for cell in cells if cell.pk not in gone], row, column)
    return {place: Want(cell.threshold, cell.reason) for place, cell in wants.items()}


def _cell(
    counter: Counter, chosen: tuple[Dimension, Dimension], cell: Cell, count: int, want: Want | None
) -> CellShape:
    filters = {FILTER_OF[dimension]: key for dimension, key in zip(chosen, cell, strict=True)}
    return CellShape(
        row=cell[0],
        column=cell[1],
        initiatives=counter.figure(count, **filters),
        threshold=want.threshold if want is not None else None,
        reason=want.reason if want is not None else "",
        is_hole=want is not None and count < want.threshold,
    )
