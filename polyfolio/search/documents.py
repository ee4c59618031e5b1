"""What upper rooms give to the index: documents, and for each kind of record a source that makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from polyfolio.lib.texts import Texts, best_language, best_text


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One record as the index sees it.

    `names` are other names, identifiers and acronyms; `body` begins with the summary; `visible_to` holds the tokens
    of which a reader must carry one ("public", "network:3", …); `facets` holds codes, their labels are the door's
    business; `extra` is kept with the record for the list of hits and is not searched.
    """

    kind: str
    object_id: int
    address: str
    title: Texts
    visible_to: tuple[str, ...]
    updated_at: datetime
    names: tuple[str, ...] = ()
    body: Texts = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    label: str = ""
    starts_on: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def sort_label(self) -> str:
        """What the list is sorted by when it is sorted by title."""
        return self.label or best_text(self.title) or next(iter(self.names), "")

    def main_language(self) -> str:
        return best_language(self.title) or best_language(self.body) or ""


class Source(Protocol):
    """Makes the documents of one kind. Both calls may be made from a worker, long after the change."""

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        """The documents of those of `ids` that are to be found; an id that yields none leaves the index."""
        ...

    def all_ids(self) -> Iterable[int]:
        """Every id of the kind, for a rebuild; read as a stream."""
        ...


_sources: dict[str, Source] = {}


class KindCollisionError(ValueError):
    """Two kinds share a number in the index: rename one of them."""


def register(kind: str, source: Source) -> None:
    """Let the index hold records of `kind`; upper rooms call this in `ready()`."""
    for other in _sources:
        if other != kind and kind_number(other) == kind_number(kind):
            raise KindCollisionError(f"“{kind}” and “{other}” would share a number in the index; rename one of them.")
    _sources[kind] = source


def unregister(kind: str) -> None:
    _sources.pop(kind, None)


def sources() -> dict[str, Source]:
    """The registered sources by kind, in order of registration."""
    return dict(_sources)


KIND_BITS = 15
ID_BITS = 48


def kind_number(kind: str) -> int:
    """A number for a kind that is the same in every process and needs no table."""
    number = 0
    for letter in kind.encode():
        number = (number * 131 + letter) % (1 << KIND_BITS)
    return number


def key_of(kind: str, object_id: int) -> int:
    """The number that stands for one record in the index: its kind and its id in one."""
    return kind_number(kind) << ID_BITS | object_id


def kind_and_id(key: int, kinds: Mapping[int, str]) -> tuple[str, int]:
    """The record that `key` stands for; `kinds` gives the kind of each number."""
    return kinds.get(key >> ID_BITS, ""), key & ((1 << ID_BITS) - 1)
