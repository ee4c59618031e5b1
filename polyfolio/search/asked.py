"""What a person typed, understood as well as can be; there is no wrong way to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polyfolio.search.words import is_small, split, term

LONGEST_QUESTION = 400
MOST_TERMS = 12
SHORTEST_BEGINNING = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("\u2018\u2019", "'"))
_CHUNK = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Term:
    """A word, or several that must stand together. `is_begun`: it may be the beginning of a longer word."""

    words: tuple[str, ...]
    is_begun: bool = False

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def plain(self) -> tuple[str, ...]:
        """The words in plain letters, as the index has them."""
        return tuple(filter(None, (term(word) for word in self.words)))


@dataclass(frozen=True)
class Asked:
    """Every one of `terms` must be met, none of `excluded`. `text` is what was typed."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.excluded


def parse(text: str, languages: Sequence[str] = ()) -> Asked:
    """Understand `text`: words, "phrases in quotes", -excluded ones. Small words of `languages` are not insisted on."""
    text = text[:LONGEST_QUESTION].strip()
    terms: list[Term] = []
    excluded: list[Term] = []
    for sign, quoted, chunk in _CHUNK.findall(text.translate(_QUOTES)):
        if chunk:
            is_out, found = chunk.startswith("-") and len(chunk) > 1, _from_chunk(chunk)
        else:
            is_out, found = bool(sign), [Term(tuple(split(quoted)))]
        (excluded if is_out else terms).extend(one for one in found if one.plain)
    terms = _without_small_words(terms, languages)[:MOST_TERMS]
    if terms and text[-1].isalnum():
        terms[-1] = _begun(terms[-1])
    return Asked(text, tuple(terms), tuple(excluded[:MOST_TERMS]))


def _from_chunk(chunk: str) -> list[Term]:
    """The terms of what stands between two blanks: `l'eau` is a word, `COVID-19` a phrase."""
    parts = chunk.split("'")
    found = [tuple(split(part)) for part in parts]
    if len(parts) > 1:
        found = [words for words in found if words and words != (words[0][:1],)] or found
    return [Term(words) for words in found if words]


def _without_small_words(terms: list[Term], languages: Sequence[str]) -> list[Term]:
    kept = [one for one in terms if one.is_phrase or not is_small(one.words[0], languages or ("en",))]
    return kept or terms


def _begun(last: Term) -> Term:
    return Term(last.words, is_begun=len(last.plain[-1]) >= SHORTEST_BEGINNING)
