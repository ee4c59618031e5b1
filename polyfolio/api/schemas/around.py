"""What stands around an initiative: who, where, sectors, goals, documents, contacts, portfolios."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from polyfolio.api.frame.naming import maybe_ref
from polyfolio.api.frame.shapes import Amount, Country, Given, GivenTexts, Ref, Shape, Slug, Texts, ref
from polyfolio.api.schemas.organisations import Latitude, Longitude
from polyfolio.portfolios.choices import AdmissionState, ParticipationRole, PortfolioClass, SdgStanding
from polyfolio.portfolios.models import Entry, Initiative, Participation

Text300 = Annotated[str, StringConstraints(max_length=300)]
Percentage = Annotated[Decimal, Field(ge=0, le=100, max_digits=12, decimal_places=6)]


class ParticipationShape(Shape):
    """An organisation takes part in a role. `organisation` is null where you may not see its record."""

    organisation: Ref | None
    role: ParticipationRole
    name_given: str = Field(description="Its name as the source wrote it.")
    ref_given: str


class ParticipationGiven(Given):
    organisation: Slug
    role: ParticipationRole
    name_given: str = Field("", max_length=500)
    ref_given: str = Field("", max_length=200)


class TerritoryShape(Shape):
    """A country or region that it benefits, with its share in percent where one is stated."""

    country: str
    region: str
    region_vocabulary: str
    name: str
    percentage: Amount | None


class TerritoryGiven(Given):
    """Name a country, a region, or both."""

    country: Country = ""
    region: str = Field("", max_length=40)
    region_vocabulary: str = Field("", max_length=20)
    name: str = Field("", max_length=200)
    percentage: Percentage | None = None


class InitiativePlaceShape(Shape):
    name: str
    country: str
    latitude: float | None
    longitude: float | None


class InitiativePlaceGiven(Given):
    name: Text300 = ""
    country: Country = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class SectorShape(Shape):
    """A sector by somebody's classification; vocabulary `1` is the DAC's five-digit one."""

    vocabulary: str
    code: str
    name: str
    percentage: Amount | None


class SectorGiven(Given):
    vocabulary: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "1"
    code: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name: Text300 = ""
    percentage: Percentage | None = None


class SdgShape(Shape):
    """A goal, or one of its targets, and how the initiative stands to it."""

    goal: int
    target: str
    standing: SdgStanding


class SdgGiven(Given):
    goal: int = Field(ge=1, le=17)
    target: str = Field("", pattern=r"^(1?\d\.[0-9a-z]{1,2})?$", examples=["12.5"])
    standing: SdgStanding = SdgStanding.OTHER


class InitiativeIdentifierShape(Shape):
    """An identifier under which it is known elsewhere; IATI's own has the scheme `iati`."""

    scheme: str
    value: str
    owner_name: str
    owner_ref: str


class InitiativeIdentifierGiven(Given):
    scheme: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    owner_name: Text300 = ""
    owner_ref: str = Field("", max_length=200)


class DocumentShape(Shape):
    """A document elsewhere."""

    url: str
    title: Texts
    format: str
    languages: list[Any]
    categories: list[Any]
    published_on: date | None


class DocumentGiven(Given):
    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(
        examples=["https://example.org/report.pdf"]
    )
    title: GivenTexts = {}
    format: str = Field("", max_length=100)
    languages: list[Annotated[str, StringConstraints(max_length=20)]] = Field([], max_length=50)
    categories: list[Annotated[str, StringConstraints(max_length=40)]] = Field([], max_length=50)
    published_on: date | None = None


class ContactShape(Shape):
    """Whom to ask, as its owner published it."""

    organisation: str
    department: str
    person: str
    job_title: str
    telephone: str
    email: str
    website: str
    address: str


class ContactGiven(Given):
    organisation: Text300 = ""
    department: Text300 = ""
    person: str = Field("", max_length=200)
    job_title: str = Field("", max_length=200)
    telephone: str = Field("", max_length=80)
    email: str = Field("", max_length=254)
    website: str = Field("", max_length=500)
    address: str = Field("", max_length=2000)


class MembershipShape(Shape):
    """A portfolio that holds an initiative, and how."""

    portfolio: Ref
    portfolio_class: PortfolioClass
    state: AdmissionState
    entered_on: date | None


def around(initiative: Initiative, *, seen: Collection[int], entries: Collection[Entry]) -> dict[str, Any]:
    """The lists around an initiative; `seen` are the organisations, `entries` the places that the reader sees."""
    return {
        "participations": [participation_shape(each, seen) for each in initiative.participations.all()],
        "territories": _plain(initiative.territories.all(), TerritoryShape),
        "places": _plain(initiative.places.all(), InitiativePlaceShape),
        "sectors": _plain(initiative.sectors.all(), SectorShape),
        "sdgs": _plain(sorted(initiative.sdgs.all(), key=lambda each: (each.goal, each.target)), SdgShape),
        "identifiers": _plain(initiative.identifiers.all(), InitiativeIdentifierShape),
        "documents": _plain(initiative.documents.all(), DocumentShape),
        "contacts": _plain(initiative.contacts.all(), ContactShape),
        "portfolios": [
            MembershipShape(
                portfolio=ref("portfolios", each.portfolio),
                portfolio_class=PortfolioClass(each.portfolio_class),
                state=AdmissionState(each.state),
                entered_on=each.entered_on,
            )
            for each in entries
        ],
    }


def participation_shape(participation: Participation, seen: Collection[int]) -> ParticipationShape:
    is_seen = participation.organisation_id in seen
    return ParticipationShape(
        organisation=maybe_ref("organisations", participation.organisation, is_seen=is_seen),
        role=ParticipationRole(participation.role),
        name_given=participation.name_given,
        ref_given=participation.ref_given,
    )


def _plain(rows: Any, shape: type[Shape]) -> list[Shape]:
    """Rows whose fields have the shape's names."""
    return [shape.model_validate({name: getattr(row, name) for name in shape.model_fields}) for row in rows]
