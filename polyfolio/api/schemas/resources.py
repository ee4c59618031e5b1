"""What initiatives leave behind for others."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from polyfolio.api.frame.naming import refs
from polyfolio.api.frame.shapes import Given, GivenTexts, LanguageCode, Ref, Slug, Stamps, Texts, address, ref, stamps
from polyfolio.api.schemas.networks import body_ref
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import ResourceKind
from polyfolio.portfolios.models import Resource


class ResourceShape(Stamps):
    """A publication, tool, guideline, dataset, training, policy, medium or case study."""

    slug: str
    href: str
    network: Ref
    title: Texts
    label: str
    summary: Texts
    kind: ResourceKind
    url: str
    published_on: date | None
    languages: list[Any]
    countries: list[Any]
    sdg_targets: list[Any]
    visibility: Visibility
    organisations: list[Ref] = Field(description="Whose it is, as far as you see them.")
    programmes: list[Ref]
    initiatives: list[Ref] = Field(description="What it came from, as far as you see them.")
    themes: list[Ref]


class ResourceGiven(Given):
    """What can be said of a resource. Fields that are left out stay as they are; lists are given whole."""

    title: GivenTexts = {}
    summary: GivenTexts = {}
    kind: ResourceKind = ResourceKind.PUBLICATION
    url: str = Field("", max_length=2000, examples=["https://example.org/guide.pdf"])
    published_on: date | None = None
    languages: list[LanguageCode] = Field([], max_length=100)
    countries: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]] = Field([], max_length=250)
    sdg_targets: list[Annotated[str, StringConstraints(max_length=6)]] = Field([], max_length=169, examples=[["12.5"]])
    visibility: Visibility = Visibility.PUBLIC
    organisations: list[Slug] = Field([], max_length=200)
    programmes: list[Slug] = Field([], max_length=100)
    initiatives: list[Slug] = Field([], max_length=500)
    themes: list[Slug] = Field([], max_length=200)


class NewResourceGiven(ResourceGiven):
    """A resource to add."""

    title: GivenTexts
    kind: ResourceKind


def resource_shape(resource: Resource) -> ResourceShape:
    """Its organisations and initiatives are prefetched as far as the reader sees them."""
    return ResourceShape(
        **stamps(resource),
        slug=resource.slug,
        href=address("resources", resource.slug),
        network=ref("networks", resource.network),
        title=resource.title,
        label=resource.label,
        summary=resource.summary,
        kind=ResourceKind(resource.kind),
        url=resource.url,
        published_on=resource.published_on,
        languages=resource.languages,
        countries=resource.countries,
        sdg_targets=resource.sdg_targets,
        visibility=Visibility(resource.visibility),
        organisations=refs("organisations", resource.organisations.all()),
        programmes=[body_ref(each, resource.network) for each in resource.programmes.all()],
        initiatives=refs("initiatives", resource.initiatives.all()),
        themes=refs("themes", resource.themes.all()),
    )
