"""From what is asked for to a query of the index. Whoever asks, what they may see is part of the query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tantivy import Occur, Query

from polyfolio.search.asked import Asked, Term
from polyfolio.search.facets import check
from polyfolio.search.schema import (
    FACET_TERMS,
    LABEL,
    NAMES,
    VISIBLE_TO,
    WORDS,
    body_field,
    schema,
    title_field,
)
from polyfolio.search.storage.codes import facet_term
from polyfolio.search.storage.reader import Opened
from polyfolio.search.words import key_text, term

EVERYTHING = "everything"

# How much a word counts by where it stands. A title that is exactly what was typed comes first.
IN_TITLE = 2.5
IN_NAMES = 3.0
AS_TYPED = 0.3
AS_BEGINNING = 0.2
CORRECTED = 0.5
EXACT_TITLE = 60.0
TITLE_BEGINS = 10.0
TELLING_BEGINNING = 16

Sort = Literal["relevance", "title", "newest", "start"]
Clause = tuple[Occur, Query]


class NoTokensError(ValueError):
    """A search was made for nobody: pass the reader's visibility tokens, for a visitor {"public"}."""


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for, by whom. `visible_to` are the reader's tokens; `filters` are codes by facet, any of a
    facet's codes will do; `languages` are the reader's own, first the preferred one.
    """

    words: str
    visible_to: frozenset[str]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20

    def __post_init__(self) -> None:
        if not self.visible_to:
            raise NoTokensError("Search needs the reader's visibility tokens; a visitor's are {'public'}.")
        check(self.filters)


def any_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries]) if queries else Query.empty_query()


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


@dataclass(frozen=True)
class Builder:
    """Builds queries against one state of the index. `corrections` are words to take for those that were typed."""

    opened: Opened
    corrections: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def whole(self, asked: Asked, query: SearchQuery, *, but_facet: str = "", is_ranked: bool = True) -> Query:
        """Everything at once; without the filter on `but_facet`, whose own counts it must not narrow."""
        clauses: list[Clause] = [(Occur.Must, self.term(one)) for one in asked.terms]
        clauses += [(Occur.MustNot, self._exactly(one)) for one in asked.excluded]
        clauses += self.frame(query, but_facet=but_facet)
        if not any(occur == Occur.Must for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses + self._better(asked) if is_ranked else clauses)

    def _better(self, asked: Asked) -> list[Clause]:
        """What puts a row before others: its title is what was typed, or begins so."""
        if not asked.terms:
            return []
        typed = key_text(asked.text)
        better = [Query.const_score_query(self.opened.term(LABEL, typed, "basic"), EXACT_TITLE)]
        last = asked.terms[-1]
        if last.is_begun:
            if len(typed) >= TELLING_BEGINNING:  # thousands of titles may begin with less, each of them a term
                better.append(self._beginning(LABEL, typed, TITLE_BEGINS))
            better += [
                self._beginning(title_field(language), last.plain[-1], IN_TITLE)
                for language in self.opened.book.text_languages
            ]
        return [(Occur.Should, query) for query in better]

    def frame(self, query: SearchQuery, *, but_facet: str = "") -> list[Clause]:
        """What the reader may see, and the chosen filters."""
        clauses: list[Clause] = []
        if EVERYTHING not in query.visible_to:
            seen = [self.opened.term(VISIBLE_TO, token, "basic") for token in sorted(query.visible_to)]
            clauses.append((Occur.Must, unscored(any_of(seen))))
        for facet, codes in query.filters.items():
            if codes and facet != but_facet:
                chosen = [self.opened.term(FACET_TERMS, facet_term(facet, code), "basic") for code in codes]
                clauses.append((Occur.Must, unscored(any_of(chosen))))
        return clauses

    def term(self, asked: Term) -> Query:
        """Rows that meet one term, wherever it stands in them."""
        if asked.is_phrase:
            return self._phrase(asked)
        word = asked.words[0]
        found = self.word(word, is_begun=asked.is_begun)
        found += [Query.boost_query(any_of(self.word(other)), CORRECTED) for other in self.corrections.get(word, ())]
        if asked.is_begun:
            found += [self._beginning(name, asked.plain[0], AS_BEGINNING) for name in (WORDS, NAMES)]
        return any_of(found)

    def named(self, asked: Asked, query: SearchQuery) -> Query:
        """Rows with every word in a title or a name, the last word as a beginning: for search as one types."""
        clauses: list[Clause] = [(Occur.Must, any_of(self._in_name(one))) for one in asked.terms]
        return Query.boolean_query(clauses + self.frame(query) + self._better(asked))

    def _in_name(self, asked: Term) -> list[Query]:
        found: list[Query] = []
        for word, plain in zip(asked.words, asked.plain, strict=False):
            for language in self.opened.book.text_languages:
                found += self._in(title_field(language), term(word, language), IN_TITLE)
                if asked.is_begun:
                    found.append(self._beginning(title_field(language), plain, IN_TITLE))
            found += self._in(NAMES, plain, IN_NAMES)
            if asked.is_begun:
                found.append(self._beginning(NAMES, plain, IN_NAMES))
        return found

    def word(self, word: str, *, is_begun: bool = False) -> list[Query]:
        """Rows with any form of `word` in any language of the index; fields without it are left out."""
        languages = self.opened.book.text_languages
        found = []
        for language in languages:
            stem = term(word, language)
            found += self._in(body_field(language), stem, 1.0)
            found += self._in(title_field(language), stem, IN_TITLE)
        plain = term(word)
        # Typed without its accents a word may have another stem than in the text; English has none to leave out.
        # A beginning of words is looked for among the plain ones anyhow.
        if not is_begun and any(language != "en" for language in languages):
            found += self._in(WORDS, plain, AS_TYPED)
        return found + self._in(NAMES, plain, IN_NAMES)

    def _in(self, field_name: str, value: str, weight: float) -> list[Query]:
        if not value or not self.opened.searcher.doc_freq(field_name, value):
            return []
        query = self.opened.term(field_name, value)
        return [query if weight == 1.0 else Query.boost_query(query, weight)]

    def _beginning(self, field_name: str, plain: str, weight: float) -> Query:
        """Rows with a term that begins so. A fuzzy query of distance 0 is tantivy's quickest way to say that."""
        query = Query.fuzzy_term_query(schema(), field_name, plain, distance=0, prefix=True)
        return Query.const_score_query(query, weight)

    def _phrase(self, asked: Term) -> Query:
        words: list[str | tuple[int, str]] = list(asked.plain)
        if len(words) == 1:
            return any_of(self.word(asked.plain[0]))
        phrase = Query.phrase_prefix_query if asked.is_begun else Query.phrase_query
        return any_of([phrase(schema(), WORDS, words), Query.boost_query(phrase(schema(), NAMES, words), IN_NAMES)])

    def _exactly(self, asked: Term) -> Query:
        """Rows to be left out: those with this very word or phrase in any of its forms."""
        return self._phrase(asked) if asked.is_phrase else any_of(self.word(asked.words[0]))

    def visible(self, queries: Iterable[Query], query: SearchQuery) -> Query:
        """Those rows of `queries` that the reader may see."""
        clauses: list[Clause] = [(Occur.Must, unscored(any_of(list(queries)))), *self.frame(query)]
        return Query.boolean_query(clauses)
