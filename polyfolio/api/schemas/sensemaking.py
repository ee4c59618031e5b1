"""Where initiatives stand in a portfolio's frames, and what its stewards want."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from polyfolio.api.frame.shapes import Given, Ref, Shape, Slug, Texts, Words, address, ref
from polyfolio.sensemaking.choices import Dimension, Driver, Facet, FacetAnswer
from polyfolio.sensemaking.models import Placement, Region, Standing, TargetMix, WantedCell, ZoneStay

Share = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Part = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class RegionShape(Shape):
    """A zone or facet of a frame."""

    code: str = Field(examples=["yellow"])
    title: Texts
    label: str
    description: Texts
    token: str


class FramesShape(Shape):
    """How a portfolio is looked at: its own frames where it has any, else the built-in ones."""

    facets: list[RegionShape]
    zones: list[RegionShape]


class PlacementShape(Shape):
    """One assessor's view, at a time, of what an initiative is for in a portfolio; never overwritten."""

    id: int
    portfolio: Ref
    initiative: Ref
    assessor: str
    placed_at: datetime
    purpose: str
    driver: str
    shares: dict[str, float] | None
    x: float
    y: float
    is_agreed: bool
    rationale: str


class PlacementGiven(Given):
    """What an initiative is for and what drives it: two answers, or shares from 0 to 100 by facet, or both."""

    initiative: Slug
    purpose: FacetAnswer | None = None
    driver: FacetAnswer | None = None
    shares: dict[Facet, Share] | None = Field(None, examples=[{"mis": 60, "ant": 40}])
    rationale: Words = ""
    is_agreed: bool = Field(False, description="What people settled on, which its stewards record.")


class StandingShape(Shape):
    """Where an initiative stands now, worked out from its placements. The shares add to 1; all 0 where it is mixed."""

    initiative: Ref
    x: float
    y: float
    shares: dict[str, float]
    is_mixed: bool
    is_contested: bool
    is_agreed: bool
    assessors: int


class StayShape(Shape):
    """An initiative is in a zone, from a day to a day."""

    id: int
    portfolio: Ref
    initiative: Ref
    zone: str
    since_on: date
    until_on: date | None
    driver: str
    evidence: str


class StayGiven(Given):
    """The zone into which an initiative comes, and what drove it there."""

    initiative: Slug
    zone: Annotated[str, StringConstraints(max_length=40)]
    since_on: date
    driver: Driver | None = Field(None, description="Asked for where it comes from another zone.")
    evidence: Words = ""


class TargetMixShape(Shape):
    """The mix that a steward intends, with the reason. The shares add to 1."""

    id: int
    shares: dict[str, float]
    reason: str
    set_at: datetime


class TargetMixGiven(Given):
    shares: dict[Facet, Part] = Field(examples=[{"mis": 0.4, "enh": 0.3, "ada": 0.2, "ant": 0.1}])
    reason: Words


class WantedCellShape(Shape):
    """A cell of a matrix that a steward wants filled; below the threshold it is a hole."""

    id: int
    href: str
    row_dimension: Dimension
    row: str
    column_dimension: Dimension
    column: str
    threshold: int
    reason: str
    wanted_at: datetime


class WantedCellGiven(Given):
    """A cell to want; wanting it again changes the threshold and the reason."""

    row_dimension: Dimension
    row: Key = Field(examples=["circular-economy"])
    column_dimension: Dimension
    column: Key = Field(examples=["green"])
    threshold: int = Field(1, ge=1, le=10_000)
    reason: Words


def region_shape(region: Region) -> RegionShape:
    return RegionShape(
        code=region.code,
        title=region.title,
        label=region.label,
        description=region.description,
        token=region.token,
    )


def placement_shape(placement: Placement) -> PlacementShape:
    return PlacementShape(
        id=placement.pk,
        portfolio=ref("portfolios", placement.portfolio),
        initiative=ref("initiatives", placement.initiative),
        assessor=placement.assessor_label,
        placed_at=placement.placed_at,
        purpose=placement.purpose,
        driver=placement.driver,
        shares=placement.shares,
        x=placement.x,
        y=placement.y,
        is_agreed=placement.is_agreed,
        rationale=placement.rationale,
    )


def standing_shape(standing: Standing) -> StandingShape:
    return StandingShape(
        initiative=ref("initiatives", standing.initiative),
        x=standing.x,
        y=standing.y,
        shares={facet.value: getattr(standing, facet.value) for facet in Facet},
        is_mixed=standing.is_mixed,
        is_contested=standing.is_contested,
        is_agreed=standing.is_agreed,
        assessors=standing.assessors,
    )


def stay_shape(stay: ZoneStay) -> StayShape:
    return StayShape(
        id=stay.pk,
        portfolio=ref("portfolios", stay.portfolio),
        initiative=ref("initiatives", stay.initiative),
        zone=stay.zone.code,
        since_on=stay.since_on,
        until_on=stay.until_on,
        driver=stay.driver,
        evidence=stay.evidence,
    )


def target_mix_shape(mix: TargetMix) -> TargetMixShape:
    return TargetMixShape(id=mix.pk, shares=mix.shares, reason=mix.reason, set_at=mix.set_at)


def wanted_shape(cell: WantedCell) -> WantedCellShape:
    return WantedCellShape(
        id=cell.pk,
        href=address("wanted-cells", cell.pk),
        row_dimension=Dimension(cell.row_dimension),
        row=cell.row,
        column_dimension=Dimension(cell.column_dimension),
        column=cell.column,
        threshold=cell.threshold,
        reason=cell.reason,
        wanted_at=cell.wanted_at,
    )
