"""What a search finds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from polyfolio.api.frame.shapes import Shape

Code = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Codes = list[Code]


class SearchFilters(BaseModel):
    """The filters of the search page: any of one filter's values, all filters together."""

    kind: Codes = Field([], description="Kinds of records: initiative, organisation, portfolio, resource…")
    type: Codes = Field([], description="The record's own kind: pilot, ngo, publication…")
    status: Codes = Field([], description="Statuses.")
    programme: Codes = Field([], description="Programmes, by their slugs.")
    theme: Codes = Field([], description="Themes, by their slugs.")
    portfolio: Codes = Field([], description="Portfolios, by their slugs.")
    portfolio_class: Codes = Field([], description="core, affiliated, listed.")
    sdg_goal: Codes = Field([], description="SDG goals.")
    sdg_target: Codes = Field([], description="SDG targets.")
    country: Codes = Field([], description="Countries, as two letters.")
    sector: Codes = Field([], description="Sectors.")
    organisation: Codes = Field([], description="Organisations, by their slugs.")
    organisation_kind: Codes = Field([], description="Kinds of organisations.")
    year: Codes = Field([], description="Years.")
    facet: Codes = Field([], description="mis, enh, ada, ant, mixed.")
    zone: Codes = Field([], description="Zones.")
    language: Codes = Field([], description="Languages.")
    dormant: Codes = Field([], description="yes, no.")

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters that are on."""
        return {name: tuple(getattr(self, name)) for name in SearchFilters.model_fields if getattr(self, name)}


class SearchAsked(SearchFilters):
    """What is looked for. Words, the beginning of one, a "phrase in quotes", -without."""

    q: str = Field("", max_length=400, description="Words.")
    sort: Literal["relevance", "title", "newest", "start"] = Field("relevance", description="The order of the hits.")
    limit: int = Field(20, ge=1, le=200, description="How many hits to answer.")
    offset: int = Field(0, ge=0, le=10_000, description="How many hits to pass over.")


class FacetsAsked(SearchFilters):
    """The same search, and which filters to count."""

    q: str = Field("", max_length=400, description="Words.")
    names: list[
        Literal[
            "kind",
            "type",
            "status",
            "programme",
            "theme",
            "portfolio",
            "portfolio_class",
            "sdg_goal",
            "sdg_target",
            "country",
            "sector",
            "organisation",
            "organisation_kind",
            "year",
            "facet",
            "zone",
            "language",
            "dormant",
        ]
    ] = Field(["kind", "theme", "country", "sdg_goal", "status"], max_length=18, description="Filters to count.")


class SegmentShape(Shape):
    """A piece of text, and whether it was asked for."""

    text: str
    is_match: bool


class HitShape(Shape):
    """One found record."""

    kind: str = Field(examples=["initiative"])
    id: int
    title: str
    href: str = Field(description="Where the API has it; empty where it has not.")
    page: str = Field(description="The page about it.")
    title_segments: list[SegmentShape]
    excerpt: list[SegmentShape]
    score: float


class FoundShape(Shape):
    """One part of what was found."""

    total: int
    limit: int
    offset: int
    did_you_mean: str = Field(description="The words with their slips mended; empty where there is nothing to mend.")
    is_ready: bool = Field(description="False while the first index is being built.")
    items: list[HitShape]


class CountShape(Shape):
    """A value, and how many hits carry it."""

    code: str
    count: int


class FacetCountsShape(Shape):
    """One filter with its values, the most frequent first."""

    name: str
    values: list[CountShape]
