"""Search over everything that the caller may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from ninja import Query

from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import ROOT
from polyfolio.api.schemas.search import (
    CountShape,
    FacetCountsShape,
    FacetsAsked,
    FoundShape,
    HitShape,
    SearchAsked,
    SearchFilters,
    SegmentShape,
)
from polyfolio.network.models import Body, Organisation
from polyfolio.people.access import access_of
from polyfolio.portfolios.models import Portfolio
from polyfolio.search import queries
from polyfolio.search.building import SearchQuery
from polyfolio.search.excerpts import Segments
from polyfolio.search.queries import Hit

routes = Routes("Search", "Every kind of record in one search, with filters and their counts.")

SHOWN_HERE = frozenset({"initiative", "portfolio", "organisation", "network", "resource", "person", "body"})
"""Kinds whose pages and API addresses differ only in where they begin."""
RECORDS: dict[str, Any] = {"organisation": Organisation, "portfolio": Portfolio, "programme": Body}
"""Filters whose codes name records: a code of one that the caller does not see tells nothing."""
NOBODY = "-"


@routes.get("/search")
def find(request: ApiRequest, asked: Query[SearchAsked]) -> FoundShape:
    """Find records by words and filters, with the exact total."""
    found = queries.search(_query(request, asked.q, asked, sort=asked.sort, offset=asked.offset, limit=asked.limit))
    return FoundShape(
        total=found.total,
        limit=asked.limit,
        offset=asked.offset,
        did_you_mean=found.did_you_mean,
        is_ready=found.is_ready,
        items=[_hit(each) for each in found.hits],
    )


@routes.get("/search/facets")
def facets(request: ApiRequest, asked: Query[FacetsAsked]) -> list[FacetCountsShape]:
    """How many hits carry each value of a filter; what is chosen in one does not narrow its own counts."""
    counted = queries.facet_counts(_query(request, asked.q, asked), asked.names)
    names = dict.fromkeys(asked.names)
    return [FacetCountsShape(name=name, values=_counts(name, counted[name], request)) for name in names]


def _query(request: ApiRequest, words: str, filters: SearchFilters, **how: Any) -> SearchQuery:
    return SearchQuery(
        words=" ".join(words.split()),
        filters=_seen_filters(filters.chosen(), request),
        visible_to=access_of(request.user).tokens(),
        languages=((get_language() or "en").split("-")[0],),
        **how,
    )


def _seen_filters(chosen: Mapping[str, tuple[str, ...]], request: ApiRequest) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(_seen(name, codes, request)) or (NOBODY,) if name in RECORDS else codes
        for name, codes in chosen.items()
    }


def _seen(name: str, codes: Collection[str], request: ApiRequest) -> list[str]:
    """Those of `codes` that name records which the caller sees. One query."""
    rows: QuerySet[Any] = RECORDS[name].objects.visible_to(request.user)
    known = set(rows.filter(slug__in=list(codes)).order_by().values_list("slug", flat=True))
    return [code for code in codes if code in known]


def _counts(name: str, counts: Mapping[str, int], request: ApiRequest) -> list[CountShape]:
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:200]
    seen = set(_seen(name, [code for code, _count in most], request)) if name in RECORDS else None
    return [CountShape(code=code, count=count) for code, count in most if seen is None or code in seen]


def _hit(hit: Hit) -> HitShape:
    return HitShape(
        kind=hit.kind,
        id=hit.object_id,
        title=hit.title_text,
        href=f"{ROOT}{hit.address.rstrip('/')}" if hit.kind in SHOWN_HERE else "",
        page=hit.address,
        title_segments=_segments(hit.title),
        excerpt=_segments(hit.excerpt),
        score=round(hit.score, 4),
    )


def _segments(segments: Segments) -> list[SegmentShape]:
    return [SegmentShape(text=text, is_match=is_match) for text, is_match in segments]
