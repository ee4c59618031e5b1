"""What an initiative's own words suggest it is for: pure counting of a short open list, never applied by itself.

Threshold (ours): at least `ENOUGH` different words of one facet, and at least twice as many as of any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.texts.facet_words import WORDS

ENOUGH = 2
TIMES = 2
LONGEST_READ = 20_000
AROUND = 48
EXCERPTS = 4
GAP = r"[\W_]+"


@dataclass(frozen=True)
class Hit:
    """A word of the list in the text, from where to where."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Suggestion:
    """A facet, and the words of the text in one language that speak for it, in the order in which they stand."""

    facet: Facet
    language: str
    text: str
    hits: Sequence[Hit]

    @property
    def words(self) -> list[str]:
        """Each word once, as it is written."""
        found: dict[str, str] = {}
        for hit in self.hits:
            found.setdefault(hit.stem, self.text[hit.start : hit.end])
        return list(found.values())

    @property
    def score(self) -> int:
        return len({hit.stem for hit in self.hits})

    def excerpts(self) -> list[tuple[str, str, str]]:
        """Some of the places where they stand: what is before, the word, what is after. One for each word."""
        first: dict[str, Hit] = {}
        for hit in self.hits:
            first.setdefault(hit.stem, hit)
        return [self._excerpt(hit) for hit in list(first.values())[:EXCERPTS]]

    def _excerpt(self, hit: Hit) -> tuple[str, str, str]:
        before = self.text[max(0, hit.start - AROUND) : hit.start]
        after = self.text[hit.end : hit.end + AROUND]
        if hit.start > AROUND:
            before = "… " + before.partition(" ")[2]
        if hit.end + AROUND < len(self.text):
            after = after.rpartition(" ")[0] + " …"
        return before, self.text[hit.start : hit.end], after


def folded(text: str) -> str:
    """Lower case without accents, letter by letter, so that places stay the same."""
    return "".join(_base(letter) for letter in text)


def _base(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[:1].lower()
    return plain if len(plain) == 1 else letter


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Every word of a language as one pattern; the longest that fits is found."""
    stems = {stem for words in WORDS[language].values() for stem in words}
    ordered = sorted(stems, key=lambda stem: (-len(stem), stem))
    forms = "|".join(stem.replace("_", GAP) for stem in ordered)
    return re.compile(rf"\b({forms})\w*")


@cache
def _facets(language: str) -> Mapping[str, Facet]:
    return {stem: facet for facet, words in WORDS[language].items() for stem in words}


def hits(text: str, language: str) -> dict[Facet, list[Hit]]:
    """Every word of the list in a text, by facet."""
    known = _facets(language)
    found: dict[Facet, list[Hit]] = {facet: [] for facet in Facet}
    for match in _pattern(language).finditer(folded(text)):
        stem = re.sub(GAP, "_", match[1])
        found[known[stem]].append(Hit(stem, *match.span()))
    return found


def suggest(texts: Mapping[str, str]) -> Suggestion | None:
    """At most one facet for texts by language; None where too little or too much speaks for one."""
    found = [_suggest(text[:LONGEST_READ], language) for language, text in texts.items() if language in WORDS]
    clear = [each for each in found if each is not None]
    return max(clear, key=lambda each: each.score, default=None)


def _suggest(text: str, language: str) -> Suggestion | None:
    by_facet = hits(text, language)
    scores = {facet: len({hit.stem for hit in each}) for facet, each in by_facet.items()}
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best < ENOUGH or best < TIMES * second:
        return None
    facet = max(scores, key=lambda each: scores[each])
    return Suggestion(facet, language, text, by_facet[facet])
