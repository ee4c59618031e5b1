"""A shelf of records that stands for an upper room, and an index of its own for every test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from polyfolio.search import documents
from polyfolio.search.actions import changes, index
from polyfolio.search.building import SearchQuery
from polyfolio.search.documents import SearchDocument
from polyfolio.search.queries import SearchResults, search
from polyfolio.search.storage import reader

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
VISITOR = frozenset({"public"})


def document(object_id: int, title: str | dict[str, str] = "", **values: Any) -> SearchDocument:
    """A public initiative with that title, in English where no language is given."""
    given: dict[str, Any] = {
        "kind": "initiative",
        "address": f"/initiatives/{object_id}/",
        "visible_to": ("public",),
        "updated_at": NOON,
    }
    return SearchDocument(
        object_id=object_id, title={"en": title} if isinstance(title, str) else title, **(given | values)
    )


@dataclass
class Shelf:
    """An upper room in memory: records by id, and a source over them."""

    kind: str = "initiative"
    records: dict[int, SearchDocument] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        if self.broken & set(ids):
            raise RuntimeError("this record cannot be read")
        return [self.records[object_id] for object_id in ids if object_id in self.records]

    def all_ids(self) -> Iterable[int]:
        return sorted(self.records)

    def put(self, *records: SearchDocument) -> None:
        """Save records as an action would, and let the index catch up."""
        self.records |= {record.object_id: record for record in records}
        changes.note(self.kind, [record.object_id for record in records])
        index.catch_up()

    def take(self, *ids: int) -> None:
        for object_id in ids:
            self.records.pop(object_id, None)
        changes.note(self.kind, ids)
        index.catch_up()


@pytest.fixture
def index_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    settings.POLYFOLIO_INDEX = tmp_path / "index"
    monkeypatch.setattr(documents, "_sources", {})
    yield settings.POLYFOLIO_INDEX
    reader.forget()


@pytest.fixture
def shelf(index_folder: Path, db: None) -> Shelf:
    made = Shelf()
    documents.register(made.kind, made)
    return made


def ask(words: str, visible_to: Iterable[str] = VISITOR, **values: Any) -> SearchResults:
    return search(SearchQuery(words, frozenset(visible_to), **values))


def found(words: str, visible_to: Iterable[str] = VISITOR, **values: Any) -> list[int]:
    """The ids of the hits in order."""
    return [hit.object_id for hit in ask(words, visible_to, **values).hits]


def on(year: int, month: int = 1, day: int = 1) -> date:
    return date(year, month, day)
