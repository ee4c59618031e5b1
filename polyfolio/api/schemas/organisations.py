"""Organisations: what is known of one, and what can be said of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from polyfolio.api.frame.naming import refs
from polyfolio.api.frame.shapes import (
    Country,
    Given,
    GivenTexts,
    LanguageCode,
    Ref,
    Shape,
    Slug,
    Stamps,
    Texts,
    address,
    ref,
    stamps,
)
from polyfolio.api.schemas.networks import Website
from polyfolio.network.choices import Level, OrganisationKind, OrganisationSector
from polyfolio.network.models import Organisation
from polyfolio.network.queries.look_alikes import LookAlike
from polyfolio.people.choices import Visibility

Latitude = Annotated[float, Field(ge=-90, le=90, description="Degrees north (WGS 84).")]
Longitude = Annotated[float, Field(ge=-180, le=180, description="Degrees east (WGS 84).")]


class OrganisationRow(Stamps):
    """An organisation in a list."""

    slug: str
    href: str
    title: Texts
    label: str
    acronym: str
    kind: str = Field(description="See the choices `organisation_kind`; empty: not known.")
    sector: str
    level: str
    country: str
    website: str
    visibility: Visibility
    themes: list[Ref]


class IdentifierShape(Shape):
    """A name of it that others use: a scheme (org-id.guide list, ROR, LEI, Wikidata…) and a value."""

    scheme: str = Field(examples=["XI-ROR"])
    value: str = Field(examples=["https://ror.org/012a77v79"])


class PlaceShape(Shape):
    """Where it is at home or at work. Degrees are WGS 84; null: not known."""

    name: str
    country: str
    region: str
    latitude: float | None
    longitude: float | None


class OrganisationShape(OrganisationRow):
    """All that is known of an organisation."""

    other_names: list[str]
    languages: list[str]
    description: Texts
    drivers: Texts = Field(description="What it is judged by, in its own words.")
    identifiers: list[IdentifierShape]
    places: list[PlaceShape]
    parent: Ref | None
    successor: Ref | None
    networks: list[Ref] = Field(description="Networks of which it is a partner, as far as you see them.")


class IdentifierGiven(Given):
    scheme: Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class PlaceGiven(Given):
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    country: Country = ""
    region: str = Field("", max_length=200)
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class OrganisationGiven(Given):
    """What can be said of an organisation. Fields that are left out stay as they are; lists are given whole."""

    title: GivenTexts = {}
    acronym: str = Field("", max_length=40)
    other_names: list[Annotated[str, StringConstraints(max_length=500)]] = Field([], max_length=100)
    kind: OrganisationKind | Literal[""] = ""
    sector: OrganisationSector | Literal[""] = ""
    level: Level | Literal[""] = ""
    country: Country = ""
    website: Website = ""
    languages: list[LanguageCode] = Field([], max_length=100)
    description: GivenTexts = {}
    drivers: GivenTexts = {}
    parent: Slug | None = None
    successor: Slug | None = None
    visibility: Visibility = Visibility.PUBLIC
    themes: list[Slug] = Field([], max_length=200)
    identifiers: list[IdentifierGiven] = Field([], max_length=100)
    places: list[PlaceGiven] = Field([], max_length=500)


class NewOrganisationGiven(OrganisationGiven):
    """An organisation to record."""

    title: GivenTexts
    member_of: Slug | None = Field(None, description="A network that you steward, of which it becomes a partner.")


class LookAlikeShape(Shape):
    """An organisation that may be the one you are about to record."""

    organisation: Ref
    reason: str = Field(examples=["has the same name"])
    score: float = Field(description="How sure that makes us; 1 is the same identifier.")


class MergeGiven(Given):
    """Which organisation becomes part of this one."""

    merged: Slug
    reason: str = Field("", max_length=2000)


def organisation_row(organisation: Organisation) -> OrganisationRow:
    return OrganisationRow.model_validate(row_values(organisation))


def row_values(organisation: Organisation) -> dict[str, object]:
    return stamps(organisation) | {
        "slug": organisation.slug,
        "href": address("organisations", organisation.slug),
        "title": organisation.title,
        "label": organisation.label,
        "acronym": organisation.acronym,
        "kind": organisation.kind,
        "sector": organisation.sector,
        "level": organisation.level,
        "country": organisation.country,
        "website": organisation.website,
        "visibility": Visibility(organisation.visibility),
        "themes": refs("themes", organisation.themes.all()),
    }


def organisation_shape(
    organisation: Organisation, *, parent: Ref | None, successor: Ref | None, networks: list[Ref]
) -> OrganisationShape:
    """`parent`, `successor` and `networks` as far as the reader sees them."""
    return OrganisationShape.model_validate(
        row_values(organisation)
        | {
            "other_names": [str(name) for name in organisation.other_names],
            "languages": [str(language) for language in organisation.languages],
            "description": organisation.description,
            "drivers": organisation.drivers,
            "identifiers": [
                IdentifierShape(scheme=each.scheme, value=each.value) for each in organisation.identifiers.all()
            ],
            "places": [
                PlaceShape(
                    name=each.name,
                    country=each.country,
                    region=each.region,
                    latitude=each.latitude,
                    longitude=each.longitude,
                )
                for each in organisation.places.all()
            ],
            "parent": parent,
            "successor": successor,
            "networks": networks,
        }
    )


def look_alike_shape(alike: LookAlike) -> LookAlikeShape:
    return LookAlikeShape(
        organisation=ref("organisations", alike.organisation), reason=str(alike.reason), score=alike.score
    )
