"""One slip of the finger: words of the index that differ from a typed one by a single letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from heapq import nlargest

from polyfolio.search.asked import Term
from polyfolio.search.building import Builder, SearchQuery
from polyfolio.search.schema import WORDS
from polyfolio.search.words import term

SHORTEST = 4
LONGEST = 24
MOST_TRIED = 8
MOST_TAKEN = 4
RARE = 1000  # a word of more records is not looked into
SLIP_SHARE = 1 / 20_000  # a word that is in more records than that is meant as it is written
SLIP_RECORDS = 20
SAME_BEGINNING = 4  # slips of the first letter are rare, so a word that begins alike counts that many times

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
)


def slips(word: str) -> Iterator[str]:
    """Every word that becomes `word` by one letter more, less, other, or by two neighbours exchanged."""
    letters = next((alphabet for alphabet in _ALPHABETS if any(letter in alphabet for letter in word)), "0123456789")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            if after and letter != after[0]:
                yield before + letter + after[1:]
            yield before + letter + after


def can_slip(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and not word.isdigit()


def near(builder: Builder, word: str, query: SearchQuery) -> list[tuple[str, int]]:
    """Words near `word` that stand in records this reader may see, with the number of those records, best first."""
    plain = term(word)
    if not can_slip(plain):
        return []
    frequency = builder.opened.searcher.doc_freq
    counted = ((frequency(WORDS, slip), slip) for slip in set(slips(plain)))
    frequent = nlargest(MOST_TRIED, (found for found in counted if found[0]), key=partial(_rank, plain))
    seen = ((visible_count(builder, slip, query), slip) for _, slip in frequent)
    best = sorted((found for found in seen if found[0]), key=partial(_rank, plain), reverse=True)
    return [(slip, count) for count, slip in best[:MOST_TAKEN]]


def _rank(word: str, found: tuple[int, str]) -> tuple[int, str]:
    count, other = found
    return count * (SAME_BEGINNING if word[:1] == other[:1] else 1), other


def visible_count(builder: Builder, plain: str, query: SearchQuery) -> int:
    """In how many records that this reader may see `plain` stands."""
    opened = builder.opened
    return opened.count(builder.visible([opened.term(WORDS, plain)], query))


def is_rare(builder: Builder, word: str) -> bool:
    """Whether `word` stands in so few records that it is worth looking whether the reader may see one of them."""
    return can_slip(word) and builder.opened.searcher.doc_freq(WORDS, term(word)) <= RARE


def may_be_slip(builder: Builder, word: str) -> bool:
    """Whether `word` stands in so few records that those who wrote it there may have slipped too."""
    searcher = builder.opened.searcher
    most = max(SLIP_RECORDS, searcher.num_docs * SLIP_SHARE)
    return can_slip(word) and searcher.doc_freq(WORDS, term(word)) <= most


def is_known(builder: Builder, asked: Term, query: SearchQuery) -> bool:
    """Whether a record that this reader may see meets `asked`: words that only others may read stay unknown.

    Words of many records are not looked into; whoever sees none of those finds nothing, and is offered others then.
    """
    word = asked.words[0]
    if not is_rare(builder, word):
        return True
    return builder.opened.count(builder.visible([builder.term(asked)], query)) > 0


def better_spelling(text: str, corrections: Iterable[tuple[str, str]]) -> str:
    """`text` with every correction made, whatever its capitals; empty where that changes nothing."""
    result = text
    for word, better in corrections:
        at = result.lower().find(word)
        if at >= 0:
            result = result[:at] + better + result[at + len(word) :]
    return "" if result == text else result
