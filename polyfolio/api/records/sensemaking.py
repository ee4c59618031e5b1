"""Where initiatives stand in a portfolio's frames, said by people, and what its stewards want."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from polyfolio.api.frame.gates import SIGNED_IN, as_action_says, whoever_may
from polyfolio.api.frame.naming import asked, named
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.records.portfolios import find as find_portfolio
from polyfolio.api.schemas.sensemaking import (
    FramesShape,
    PlacementGiven,
    PlacementShape,
    StayGiven,
    StayShape,
    TargetMixGiven,
    TargetMixShape,
    WantedCellGiven,
    WantedCellShape,
    placement_shape,
    region_shape,
    standing_shape,
    stay_shape,
    target_mix_shape,
    wanted_shape,
)
from polyfolio.network.models import Body
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import intentions, placements, zones
from polyfolio.sensemaking.choices import Dimension, FrameKind
from polyfolio.sensemaking.models import Placement, Standing, TargetMix, WantedCell, ZoneStay
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import holding

routes = Routes(
    "Sensemaking", "What initiatives are for in a portfolio, in which zone they stand, and what its stewards want."
)

PLACE = ("sensemaking.place", "sensemaking.agree")


def find_wanted(user: Any, pk: int) -> WantedCell:
    rows = WantedCell.objects.filter(portfolio__in=Portfolio.objects.visible_to(user))
    return rows.select_related("portfolio").get(pk=pk)


@routes.get("/portfolios/{slug:slug}/frames", find=find_portfolio)
def frames(_request: ApiRequest, portfolio: Portfolio) -> FramesShape:
    """The facets and zones through which a portfolio is looked at."""
    return FramesShape(
        facets=[region_shape(each) for each in regions_of(portfolio, FrameKind.FACETS)],
        zones=[region_shape(each) for each in regions_of(portfolio, FrameKind.ZONES)],
    )


@routes.list(
    "/portfolios/{slug:slug}/placements",
    SIGNED_IN,
    find=find_portfolio,
    shape=placement_shape,
    sorts={"-placed_at": ("-placed_at",)},
)
def every_placement(
    request: OurRequest,
    portfolio: Portfolio,
    initiative: Annotated[Slug | None, says("Only of this initiative.")] = None,
) -> QuerySet[Placement]:
    """Every placement in a portfolio itself, by whom and when; earlier ones stay."""
    rows = Placement.objects.filter(portfolio=portfolio, initiative__in=_seen(request, initiative))
    return rows.select_related("portfolio", "initiative")


@routes.post("/portfolios/{slug:slug}/placements", as_action_says(*PLACE), find=find_portfolio)
def place(request: OurRequest, portfolio: Portfolio, given: PlacementGiven) -> PlacementShape:
    """Say what an initiative is for in a portfolio. Your earlier view stays, and is followed by this one."""
    answers = placements.Answers(
        purpose=given.purpose or "",
        driver=given.driver or "",
        shares={facet.value: share for facet, share in given.shares.items()} if given.shares else None,
        rationale=given.rationale,
    )
    placement = placements.place(
        initiative=named(Initiative.objects.visible_to(request.user), given.initiative, "initiative"),
        portfolio=portfolio,
        answers=answers,
        is_agreed=given.is_agreed,
        by=request.user,
        at=timezone.now(),
    )
    return placement_shape(placement)


@routes.list(
    "/portfolios/{slug:slug}/standings",
    find=find_portfolio,
    shape=standing_shape,
    sorts={"label": ("initiative__label",)},
)
def standings(request: ApiRequest, portfolio: Portfolio) -> QuerySet[Standing]:
    """Where each placed initiative stands now, those of portfolios under this one included."""
    held = holding(portfolio, request.user)
    members = held.members().order_by().values("pk")
    return held.standings().filter(initiative__in=members).select_related("initiative")


@routes.list(
    "/portfolios/{slug:slug}/zone-stays",
    find=find_portfolio,
    shape=stay_shape,
    sorts={"-since_on": ("-since_on",), "label": ("initiative__label", "since_on")},
)
def every_stay(
    request: ApiRequest,
    portfolio: Portfolio,
    initiative: Annotated[Slug | None, says("Only of this initiative.")] = None,
    is_current: Annotated[bool | None, says("Only where they are now, or were before.")] = None,
) -> QuerySet[ZoneStay]:
    """In which zone initiatives of a portfolio itself are and were."""
    rows = ZoneStay.objects.filter(portfolio=portfolio, initiative__in=_seen(request, initiative))
    rows = rows if is_current is None else rows.filter(until_on__isnull=is_current)
    return rows.select_related("portfolio", "initiative", "zone")


@routes.post("/portfolios/{slug:slug}/zone-stays", whoever_may("sensemaking.change_zone"), find=find_portfolio)
def change_zone(request: OurRequest, portfolio: Portfolio, given: StayGiven) -> StayShape:
    """Say into which zone an initiative comes; its earlier stay ends that day."""
    stay = zones.change(
        initiative=named(Initiative.objects.visible_to(request.user), given.initiative, "initiative"),
        portfolio=portfolio,
        change=zones.Change(given.zone, given.since_on, given.driver or "", given.evidence),
        by=request.user,
        at=timezone.now(),
    )
    return stay_shape(stay)


@routes.list(
    "/portfolios/{slug:slug}/target-mixes",
    find=find_portfolio,
    shape=target_mix_shape,
    sorts={"-set_at": ("-set_at",)},
)
def every_target(_request: ApiRequest, portfolio: Portfolio) -> QuerySet[TargetMix]:
    """The intended mix, and the ones before it, each with its reason."""
    return portfolio.target_mixes.all()


@routes.post("/portfolios/{slug:slug}/target-mixes", whoever_may("sensemaking.set_target_mix"), find=find_portfolio)
def set_target(request: OurRequest, portfolio: Portfolio, given: TargetMixGiven) -> TargetMixShape:
    """Set the intended mix."""
    target = intentions.set_target_mix(
        portfolio=portfolio,
        shares={facet.value: share for facet, share in given.shares.items()},
        reason=given.reason,
        by=request.user,
        at=timezone.now(),
    )
    return target_mix_shape(target)


@routes.list(
    "/portfolios/{slug:slug}/wanted-cells",
    find=find_portfolio,
    shape=wanted_shape,
    sorts={"row": ("row_dimension", "row", "column"), "-wanted_at": ("-wanted_at",)},
)
def every_wanted(request: ApiRequest, portfolio: Portfolio) -> QuerySet[WantedCell]:
    """The cells that a portfolio's stewards want filled, without those of a programme that the caller does not see."""
    seen = Body.objects.visible_to(request.user).values("slug")

    def is_seen(side: str) -> Q:
        return ~Q(**{f"{side}_dimension": Dimension.PROGRAMME}) | Q(**{f"{side}__in": seen})

    cells: QuerySet[WantedCell] = portfolio.wanted_cells.filter(is_seen("row"), is_seen("column"))
    return cells


@routes.put("/portfolios/{slug:slug}/wanted-cells", whoever_may("sensemaking.mark_wanted"), find=find_portfolio)
def want(request: OurRequest, portfolio: Portfolio, given: WantedCellGiven) -> WantedCellShape:
    """Mark a cell as wanted, or change how many are wanted there and why."""
    cell = intentions.mark_wanted(
        portfolio=portfolio,
        row=(given.row_dimension, given.row),
        column=(given.column_dimension, given.column),
        threshold=given.threshold,
        reason=given.reason,
        by=request.user,
        at=timezone.now(),
    )
    return wanted_shape(cell)


@routes.delete("/wanted-cells/{int:pk}", whoever_may("sensemaking.mark_wanted", of="portfolio"), find=find_wanted)
def no_longer_want(
    request: OurRequest, cell: WantedCell, reason: Annotated[str, says("Why it is not.", max_length=2000)] = ""
) -> Removed:
    """Say that a cell is not wanted any more."""
    label = str(cell)
    intentions.no_longer_wanted(cell=cell, by=request.user, at=timezone.now(), reason=reason)
    return removed(label)


def _seen(request: ApiRequest, slug: str | None) -> QuerySet[Initiative]:
    """The initiatives that the caller sees, or the one asked for."""
    rows: QuerySet[Initiative] = Initiative.objects.visible_to(request.user)
    return rows.filter(pk=asked(rows, slug, "initiative").pk) if slug else rows
