"""Initiatives: a row of a list, all of one, and what can be said of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from polyfolio.api.frame.naming import refs
from polyfolio.api.frame.shapes import Given, GivenTexts, LanguageCode, Ref, Slug, Stamps, Texts, address, ref, stamps
from polyfolio.api.schemas.around import (
    ContactGiven,
    ContactShape,
    DocumentGiven,
    DocumentShape,
    InitiativeIdentifierGiven,
    InitiativeIdentifierShape,
    InitiativePlaceGiven,
    InitiativePlaceShape,
    MembershipShape,
    ParticipationGiven,
    ParticipationShape,
    SdgGiven,
    SdgShape,
    SectorGiven,
    SectorShape,
    TerritoryGiven,
    TerritoryShape,
)
from polyfolio.api.schemas.networks import body_ref
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import InitiativeKind, InitiativeStatus, Priority
from polyfolio.portfolios.models import Initiative

Word = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class InitiativeRow(Stamps):
    """An initiative in a list."""

    slug: str
    href: str
    network: Ref
    title: Texts
    label: str
    summary: Texts
    kind: InitiativeKind
    status: InitiativeStatus
    priority: str = Field(description="`high`, `medium` or `low`; empty: not known.")
    starts_on: date | None = Field(description="The actual day where it is known, else the planned one.")
    ends_on: date | None
    visibility: Visibility
    themes: list[Ref]
    programmes: list[Ref]
    countries: list[str]
    sdg_goals: list[int]
    last_substantive_update_at: datetime
    is_dormant: bool = Field(description="Nobody has updated it in substance for so many months; worked out, not kept.")


class InitiativeShape(InitiativeRow):
    """All that is known of an initiative."""

    objectives: Texts
    daily_life: Texts = Field(description="What it changes in daily life, in plain words.")
    planned_start_on: date | None
    planned_end_on: date | None
    actual_start_on: date | None
    actual_end_on: date | None
    horizon_months: int | None
    budget_lines: list[Any]
    methods: list[Any]
    languages: list[Any]
    identifiers: list[InitiativeIdentifierShape]
    participations: list[ParticipationShape]
    territories: list[TerritoryShape]
    places: list[InitiativePlaceShape]
    sectors: list[SectorShape]
    sdgs: list[SdgShape]
    documents: list[DocumentShape]
    contacts: list[ContactShape]
    portfolios: list[MembershipShape] = Field(description="Portfolios that hold it, as far as you see them.")


class InitiativeGiven(Given):
    """What can be said of an initiative. Fields that are left out stay as they are; lists are given whole."""

    title: GivenTexts = {}
    summary: GivenTexts = {}
    objectives: GivenTexts = {}
    daily_life: GivenTexts = {}
    kind: InitiativeKind = InitiativeKind.PROJECT
    status: InitiativeStatus = InitiativeStatus.PIPELINE
    priority: Priority | Literal[""] = ""
    planned_start_on: date | None = None
    planned_end_on: date | None = None
    actual_start_on: date | None = None
    actual_end_on: date | None = None
    horizon_months: int | None = Field(None, ge=0, le=2400)
    budget_lines: list[Word] = Field([], max_length=200)
    methods: list[Word] = Field([], max_length=200)
    languages: list[LanguageCode] = Field([], max_length=100)
    visibility: Visibility = Visibility.NETWORK
    themes: list[Slug] = Field([], max_length=200)
    programmes: list[Slug] = Field([], max_length=100, description="Programmes of its network, by their slugs.")
    participations: list[ParticipationGiven] = Field([], max_length=500)
    territories: list[TerritoryGiven] = Field([], max_length=500)
    places: list[InitiativePlaceGiven] = Field([], max_length=500)
    sectors: list[SectorGiven] = Field([], max_length=200)
    sdgs: list[SdgGiven] = Field(
        [], max_length=200, description="One main goal or target, and at most five *other* goals."
    )
    identifiers: list[InitiativeIdentifierGiven] = Field([], max_length=100)
    documents: list[DocumentGiven] = Field([], max_length=500)
    contacts: list[ContactGiven] = Field([], max_length=100)


class NewInitiativeGiven(InitiativeGiven):
    """An initiative to add."""

    title: GivenTexts


class ChangedInitiativeGiven(InitiativeGiven):
    """What changes of an initiative, and why."""

    reason: str = Field("", max_length=2000)


def initiative_values(initiative: Initiative, *, is_dormant: bool) -> dict[str, Any]:
    network = initiative.network
    return stamps(initiative) | {
        "slug": initiative.slug,
        "href": address("initiatives", initiative.slug),
        "network": ref("networks", network),
        "title": initiative.title,
        "label": initiative.label,
        "summary": initiative.summary,
        "kind": initiative.kind,
        "status": initiative.status,
        "priority": initiative.priority,
        "starts_on": initiative.actual_start_on or initiative.planned_start_on,
        "ends_on": initiative.actual_end_on or initiative.planned_end_on,
        "visibility": initiative.visibility,
        "themes": refs("themes", initiative.themes.all()),
        "programmes": [body_ref(each, network) for each in initiative.programmes.all()],
        "countries": sorted({each.country for each in initiative.territories.all() if each.country}),
        "sdg_goals": sorted({each.goal for each in initiative.sdgs.all()}),
        "last_substantive_update_at": initiative.last_substantive_update_at,
        "is_dormant": is_dormant,
    }


OWN_FIELDS = (
    "objectives",
    "daily_life",
    "planned_start_on",
    "planned_end_on",
    "actual_start_on",
    "actual_end_on",
    "horizon_months",
    "budget_lines",
    "methods",
    "languages",
)


def own_values(initiative: Initiative) -> dict[str, Any]:
    """The fields that only the whole of an initiative shows."""
    return {name: getattr(initiative, name) for name in OWN_FIELDS}
