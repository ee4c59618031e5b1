"""Why a record was found: the piece of its text where the words stand, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from polyfolio.lib.texts import Texts, best_language
from polyfolio.search.asked import Asked
from polyfolio.search.words import plain_letters, term, text_language

Segments = tuple[tuple[str, bool], ...]
Place = tuple[int, int]

LETTERS_SHOWN = 240
LETTERS_BEFORE = 60
MOST_HITS_READ = 300
CUT = "…"
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Marks:
    """Tells which words of a text were asked for."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> frozenset[str]:
        return frozenset(term(word) for word in self.words)

    def is_hit(self, word: str, language: str) -> bool:
        plain = term(word)
        if plain in self.plain or (self.beginnings and plain.startswith(self.beginnings)):
            return True
        return term(word, language) in _stems(self.words, language)

    def places(self, text: str, language: str) -> list[Place]:
        """Start and end of the asked-for words in `text`, the first few hundred."""
        short = text_language(language)
        pattern = _candidates(self.words, self.beginnings, short)
        found: list[Place] = []
        if pattern is not None:
            for match in pattern.finditer(plain_letters(text)):
                start, end = match.span()
                if self.is_hit(text[start:end].lower(), short):
                    found.append((start, end))
                    if len(found) >= MOST_HITS_READ:
                        break
        return found


@lru_cache(256)
def _stems(words: frozenset[str], language: str) -> frozenset[str]:
    return frozenset(term(word, language) for word in words)


@lru_cache(256)
def _candidates(words: frozenset[str], beginnings: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    """A quick look for words that begin as a form of an asked-for word would; each is then looked at closely."""
    starts = set(beginnings)
    for word in words:
        stem = term(word, language)
        starts.add(stem[: max(SHORTEST_STEM, len(stem) - 1)])
    starts.discard("")
    if not starts:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(starts)))})[^\W_]*|[{_unspaced(starts)}]")


def _unspaced(starts: Iterable[str]) -> str:
    """Letters that are words by themselves, for a character class; it must not be empty."""
    return "".join(sorted({start for start in starts if len(start) == 1 and not start.isascii()})) or "\0"


def marks(asked: Asked, corrections: Mapping[str, Sequence[str]]) -> Marks:
    """What to mark for a question and the words taken for mistyped ones."""
    words = {word for one in asked.terms for word in one.words}
    words.update(other for word in list(words) for other in corrections.get(word, ()))
    return Marks(frozenset(words), tuple(one.plain[-1] for one in asked.terms if one.is_begun))


def marked(text: str, language: str, wanted: Marks) -> Segments:
    """The whole of `text` as pieces, each with whether it was asked for."""
    return _segments(text, 0, len(text), wanted.places(text, language))


def excerpt(texts: Texts, wanted: Marks, languages: Sequence[str]) -> Segments:
    """The piece of a text that shows best why it was found; its beginning where no word stands in it.

    A language in which words were found goes before the reader's own.
    """
    first = best_language(texts, languages)
    if first is None:
        return ()
    for language in dict.fromkeys((first, *texts)):
        if found := wanted.places(texts[language], language):
            return _window(texts[language], found)
    return _window(texts[first], [])


def _window(text: str, found: Sequence[Place]) -> Segments:
    start = _best_start(text, found)
    end = _cut_before(text, start + LETTERS_SHOWN)
    inside = [(low, high) for low, high in found if start <= low and high <= end]
    before = ((CUT, False),) if start else ()
    after = ((CUT, False),) if end < len(text.rstrip()) else ()
    return (*before, *_segments(text, start, end, inside), *after)


def _best_start(text: str, found: Sequence[Place]) -> int:
    """Where to begin so that most different asked-for words are shown; the earliest such place."""
    if not found or found[-1][1] <= LETTERS_SHOWN:
        return 0
    words = [text[low:high].lower() for low, high in found]
    best, most = found[0][0], 0
    for at, (low, _) in enumerate(found):
        reach = low - LETTERS_BEFORE + LETTERS_SHOWN
        count = len({word for word, (_, high) in zip(words[at:], found[at:], strict=True) if high <= reach})
        if count > most:
            best, most = low, count
    return _cut_after(text, best - LETTERS_BEFORE) if best > LETTERS_BEFORE * 2 else 0


def _cut_after(text: str, at: int) -> int:
    """The beginning of the first word at or after `at`."""
    blank = text.find(" ", at, at + LETTERS_BEFORE - 1)
    return blank + 1 if blank >= 0 else at


def _cut_before(text: str, at: int) -> int:
    """The end of the last word that ends before `at`."""
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", at - LETTERS_BEFORE, at + 1)
    return blank if blank >= 0 else at


def _segments(text: str, start: int, end: int, hits: Sequence[Place]) -> Segments:
    pieces: list[tuple[str, bool]] = []
    at = start
    for low, high in hits:
        if low > at:
            pieces.append((text[at:low], False))
        pieces.append((text[low:high], True))
        at = high
    if at < end:
        pieces.append((text[at:end], False))
    return tuple(pieces)
