"""The code book of an index: small numbers for facet codes, because columns of small numbers count fastest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson

from polyfolio.search.facets import FACETS
from polyfolio.search.storage.files import write_whole

CODE_BOOK = "codes.json"
TEXTS = "_texts"
KINDS = "_kinds"

Entry = tuple[int, str]


def facet_term(facet: str, code: str) -> str:
    """The term by which the index finds the rows that carry `code`; blanks would part it in two."""
    return f"{facet}:{code}".replace(" ", "\u00a0")


class CodeBook:
    """Numbers for the codes of each facet, and the languages and kinds that the index holds.

    Numbers begin at 1 and never change within an index; 0 stands for “no value”. The book is saved before the
    commit that uses it, so that a reader always finds the codes of the numbers it meets.
    """

    def __init__(self, content: Mapping[str, list[str]] | None = None) -> None:
        lists = content or {}
        self.codes: dict[str, list[str]] = {name: list(lists.get(name, ())) for name in (*FACETS, TEXTS, KINDS)}
        self.entries: dict[str, dict[str, Entry]] = {
            name: {code: (at, facet_term(name, code)) for at, code in enumerate(codes, 1)}
            for name, codes in self.codes.items()
        }
        self.is_changed = False

    def entry(self, facet: str, code: str) -> Entry:
        """The number and the term of `code`, a new number where it is new."""
        entries = self.entries[facet]
        found = entries.get(code)
        if found is None:
            self.codes[facet].append(code)
            found = entries[code] = (len(self.codes[facet]), facet_term(facet, code))
            self.is_changed = True
        return found

    def code(self, facet: str, number: int) -> str | None:
        """The code that has `number`; None where this book is older than the number."""
        codes = self.codes[facet]
        return codes[number - 1] if number <= len(codes) else None

    @property
    def text_languages(self) -> tuple[str, ...]:
        return tuple(self.codes[TEXTS])

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.codes[KINDS])

    def note_language(self, language: str) -> None:
        self.entry(TEXTS, language)

    def note_kind(self, kind: str) -> None:
        self.entry(KINDS, kind)

    @classmethod
    def load(cls, folder: Path) -> CodeBook:
        path = folder / CODE_BOOK
        return cls(orjson.loads(path.read_bytes()) if path.exists() else None)

    def save(self, folder: Path) -> None:
        """Write the book where something new stands in it."""
        if self.is_changed:
            write_whole(folder / CODE_BOOK, orjson.dumps(self.codes))
            self.is_changed = False
