"""Searching: the only ways into the index, each of which asks what the reader may see."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tantivy import DocAddress, Order, Query

from polyfolio.lib.texts import best_language
from polyfolio.search import spelling
from polyfolio.search.asked import Asked, parse
from polyfolio.search.building import Builder, SearchQuery
from polyfolio.search.documents import kind_and_id
from polyfolio.search.excerpts import Marks, Segments, excerpt, marked, marks
from polyfolio.search.facets import check
from polyfolio.search.schema import KEY, LABEL, STARTS, STORED, UPDATED, columns, from_stored
from polyfolio.search.storage.reader import Found, Opened, opened_or_none
from polyfolio.search.words import key_text, term

FEW = 3  # so few hits make a better spelling worth offering
BETTER_BY = 10  # if it is found that many times as often
IDS_AT_ONCE = 5000
MOST_BUCKETS = 60_000
SUGGESTED = 8
LOOKED_AT = 3  # times as many as are suggested, to put titles that begin so first

SORT_FIELDS: dict[str, tuple[str, Order]] = {
    "title": (LABEL, Order.Asc),
    "newest": (UPDATED, Order.Desc),
    "start": (STARTS, Order.Desc),
}


@dataclass(frozen=True)
class Hit:
    """One found record. `title` and `excerpt` are pieces of text, each with whether it was asked for."""

    kind: str
    object_id: int
    address: str
    title: Segments
    excerpt: Segments
    score: float
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def title_text(self) -> str:
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True)
class SearchResults:
    """One page of hits and how many there are in all. `is_ready` is False while the first index is being built."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str = ""
    took_ms: float = 0.0
    is_ready: bool = True


@dataclass(frozen=True)
class _Prepared:
    """A question turned into a query against one state of the index."""

    opened: Opened
    asked: Asked
    query: Query
    builder: Builder


def search(query: SearchQuery) -> SearchResults:
    """The asked-for page of hits with the exact total, and a better spelling where little is found."""
    started = time.perf_counter()
    prepared = _prepare(query)
    if prepared is None:
        return SearchResults(is_ready=False)
    result = _run(prepared, query, offset=query.offset, limit=query.limit)
    if not result.count and (mended := _mended(prepared, query)) is not None:
        prepared = mended
        result = _run(prepared, query, offset=query.offset, limit=query.limit)
    total = result.count or 0
    hits = tuple(_hits(prepared, result, query))
    did_you_mean = _did_you_mean(prepared, query) if total <= FEW or prepared.builder.corrections else ""
    return SearchResults(hits, total, did_you_mean, (time.perf_counter() - started) * 1000)


def facet_counts(query: SearchQuery, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each facet in `names`, how many of the hits carry each code: exact, following every other filter.

    What is chosen in a facet does not narrow that facet's own counts.
    """
    check(dict.fromkeys(names))
    prepared = _prepare(query)
    if prepared is None:
        return {name: {} for name in names}
    free = [name for name in names if not query.filters.get(name)]
    counts = _count(prepared, query, [*free, "kind"])
    if not counts["kind"] and (mended := _mended(prepared, query)) is not None:
        prepared = mended
        counts = _count(prepared, query, free)
    for name in names:
        if name not in free:
            counts |= _count(prepared, query, [name], but_facet=name)
    return {name: counts[name] for name in names}


def matching_ids(query: SearchQuery) -> Iterator[tuple[str, int]]:
    """Kind and id of every hit in the query's order, from one state of the index: what an export writes."""
    prepared = _prepare(query)
    if prepared is None:
        return
    everything = max(prepared.opened.searcher.num_docs, 1)
    hits = _run(prepared, query, offset=0, limit=everything).hits
    if not hits and (mended := _mended(prepared, query)) is not None:
        hits = _run(mended, query, offset=0, limit=everything).hits
    addresses = [address for _, address in hits]
    kinds = prepared.opened.kinds
    for start in range(0, len(addresses), IDS_AT_ONCE):
        for key in prepared.opened.searcher.fast_field_values(KEY, addresses[start : start + IDS_AT_ONCE]):
            yield kind_and_id(int(key or 0), kinds)


def suggest(
    beginning: str, visible_to: frozenset[str], *, languages: tuple[str, ...] = ("en",), limit: int = SUGGESTED
) -> dict[str, tuple[Hit, ...]]:
    """The best few records for what has been typed so far, by kind, the kind of the best one first.

    Titles and names come first; texts are looked into only where those give too few.
    """
    state, asked = opened_or_none(), parse(beginning, languages)
    if state is None or not asked.terms:
        return {}
    query = SearchQuery(beginning, visible_to, languages=languages, limit=limit)
    builder = Builder(state)
    prepared = _Prepared(state, asked, builder.named(asked, query), builder)
    hits = list(_hits(prepared, _run(prepared, query, offset=0, limit=limit * LOOKED_AT), query))
    typed = key_text(beginning)
    hits.sort(key=lambda hit: not key_text(hit.title_text).startswith(typed))
    if len(hits) < limit:
        known = {(hit.kind, hit.object_id) for hit in hits}
        hits += [hit for hit in search(query).hits if (hit.kind, hit.object_id) not in known]
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits[:limit]:
        by_kind.setdefault(hit.kind, []).append(hit)
    return {kind: tuple(hits) for kind, hits in by_kind.items()}


def _prepare(query: SearchQuery) -> _Prepared | None:
    """The query to run, with the words as they were typed."""
    state = opened_or_none()
    if state is None:
        return None
    asked, builder = parse(query.words, query.languages), Builder(state)
    return _Prepared(state, asked, builder.whole(asked, query), builder)


def _mended(prepared: _Prepared, query: SearchQuery) -> _Prepared | None:
    """What to ask where nothing is found: words that no record of this reader has are taken for slips of the finger;
    where each word stands somewhere but not all in one record, those that are rare are.
    """
    bare = replace(query, filters={})
    single = [one for one in prepared.asked.terms if not one.is_phrase]
    unknown = [one.words[0] for one in single if not spelling.is_known(prepared.builder, one, bare)]
    builder = _corrected(prepared.builder, unknown, query)
    if unknown and not builder.corrections:
        return None
    if not unknown:
        builder = _corrected(prepared.builder, _likely_slips(prepared), query)
    second = replace(prepared, builder=builder, query=builder.whole(prepared.asked, query))
    return second if unknown or second.opened.count(second.query) else None


def _corrected(builder: Builder, words: Sequence[str], query: SearchQuery) -> Builder:
    bare = replace(query, filters={})
    near = {word: [better for better, _ in spelling.near(builder, word, bare)] for word in words}
    return Builder(builder.opened, {word: found for word, found in near.items() if found})


def _did_you_mean(prepared: _Prepared, query: SearchQuery) -> str:
    """The question with its slips mended: those that were mended already, or else a far more frequent word."""
    text, corrections = prepared.asked.text, prepared.builder.corrections
    if corrections:
        return spelling.better_spelling(text, [(word, found[0]) for word, found in corrections.items()])
    bare = replace(query, filters={})
    for word in _likely_slips(prepared):
        found = spelling.near(prepared.builder, word, bare)
        if found and found[0][1] >= BETTER_BY * max(spelling.visible_count(prepared.builder, term(word), bare), 1):
            return spelling.better_spelling(text, [(word, found[0][0])])
    return ""


def _likely_slips(prepared: _Prepared) -> list[str]:
    words = [one.words[0] for one in prepared.asked.terms if not one.is_phrase and not one.is_begun]
    return [word for word in words if spelling.may_be_slip(prepared.builder, word)]


def _run(prepared: _Prepared, query: SearchQuery, *, offset: int, limit: int) -> Found:
    sort = query.sort
    if sort == "relevance" and prepared.asked.is_empty:
        sort = "newest"
    column, order = SORT_FIELDS.get(sort, ("", Order.Desc))
    return prepared.opened.find(prepared.query, offset=offset, limit=limit, by=column, order=order)


def _hits(prepared: _Prepared, result: Found, query: SearchQuery) -> Iterator[Hit]:
    wanted = marks(prepared.asked, prepared.builder.corrections)
    addresses = [address for _, address in result.hits]
    keys = prepared.opened.searcher.fast_field_values(KEY, addresses)
    kinds = prepared.opened.kinds
    for (score, address), key in zip(result.hits, keys, strict=True):
        kind, object_id = kind_and_id(int(key or 0), kinds)
        weight = score if isinstance(score, float) else 0.0
        yield _hit(prepared.opened, address, wanted, query, Hit(kind, object_id, "", (), (), weight))


def _hit(state: Opened, address: DocAddress, wanted: Marks, query: SearchQuery, bare: Hit) -> Hit:
    stored = state.searcher.doc(address).get_first(STORED)
    link, title, body, names, extra = from_stored(bytes(stored or b""))
    language = best_language(title, query.languages)
    words = title[language] if language is not None else next(iter(names), "")
    return replace(
        bare,
        address=link,
        title=marked(words, language or "", wanted),
        excerpt=excerpt(body, wanted, query.languages),
        extra=extra,
    )


def _count(
    prepared: _Prepared, query: SearchQuery, facets: Sequence[str], *, but_facet: str = ""
) -> dict[str, dict[str, int]]:
    """Counts by code for each facet, from its columns of numbers."""
    state = prepared.opened
    asked = prepared.builder.whole(prepared.asked, query, but_facet=but_facet, is_ranked=False)
    wanted = [column for facet in facets for column in columns(facet)]
    buckets = _buckets(state, asked, wanted) if wanted else {}
    counts: dict[str, dict[str, int]] = {}
    for facet in facets:
        found: Counter[int] = Counter()
        for column in columns(facet):
            for bucket in buckets[column]:
                found[int(bucket["key"])] += bucket["doc_count"]
        named = ((state.book.code(facet, number), count) for number, count in found.most_common() if number)
        counts[facet] = {code: count for code, count in named if code is not None}
    return counts


def _buckets(state: Opened, query: Query, wanted: Sequence[str]) -> dict[str, list[dict[str, int]]]:
    request = {column: {"terms": {"field": column, "size": MOST_BUCKETS}} for column in wanted}
    try:
        found = state.searcher.aggregate(query, request)
    except ValueError:  # more different codes together than tantivy gives back at once
        found = {}
        for column, one in request.items():
            found |= state.searcher.aggregate(query, {column: one})
    return {column: found[column]["buckets"] for column in wanted}
