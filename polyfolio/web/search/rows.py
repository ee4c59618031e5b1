"""What was found as a table: the same rows and columns on the page and in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.tables import Column
from polyfolio.lib.texts import best_text
from polyfolio.people.access import EVERYTHING, access_of
from polyfolio.search import documents
from polyfolio.search.documents import SearchDocument
from polyfolio.search.facets import FACETS
from polyfolio.web.search.labels import FACET_LABELS, KIND_LABELS, Labels, labels

CHUNK = 500
USUAL = frozenset({"title", "kind", "status", "country", "theme", "starts_on"})

Record = tuple[str, int]


@dataclass(frozen=True)
class Row:
    """A found record as its source has it now, with the labels that its codes have for the reader."""

    document: SearchDocument
    labels: Mapping[str, Labels]

    def named(self, facet: str) -> list[str]:
        known = self.labels.get(facet, {})
        return [known[code] for code in self.document.facets.get(facet, ()) if code in known]


def _facet_column(facet: str) -> Column[Row]:
    return Column(facet, FACET_LABELS[facet], lambda row: row.named(facet), is_default=facet in USUAL)


def _reading() -> tuple[str, ...]:
    return (get_language() or "en",)


COLUMNS: tuple[Column[Row], ...] = (
    Column("title", _("Title"), lambda row: _title(row.document), href=lambda row: row.document.address),
    Column("kind", FACET_LABELS["kind"], lambda row: str(KIND_LABELS.get(row.document.kind, row.document.kind))),
    *(_facet_column(facet) for facet in FACET_LABELS if facet != "kind"),
    Column("starts_on", _("Start"), lambda row: row.document.starts_on),
    Column("updated_at", _("Newest change"), lambda row: row.document.updated_at, is_default=False),
    Column("summary", _("Summary"), lambda row: best_text(row.document.body, _reading()), is_default=False),
    Column("address", _("Address"), lambda row: row.document.address, is_default=False),
)


def _title(document: SearchDocument) -> str:
    return best_text(document.title, _reading()) or document.sort_label()


def columns(names: Iterable[str]) -> list[Column[Row]]:
    """The columns of these names in the table's own order; the usual ones where none is known."""
    wanted = set(names)
    return [column for column in COLUMNS if column.name in wanted] or [
        column for column in COLUMNS if column.is_default
    ]


def rows(records: Iterable[Record], shown: Sequence[Column[Row]], user: Viewer) -> Iterator[Row]:
    """The records in their order, read from the database in chunks: the queries of their sources and at most one for
    each shown facet that names records. Those that are gone, or that this reader no longer sees, are left out.
    """
    facets = [column.name for column in shown if column.name in FACETS and column.name != "kind"]
    waiting = iter(records)
    while chunk := list(islice(waiting, CHUNK)):
        found = _documents(chunk, user)
        named = {facet: labels(facet, _codes(found.values(), facet), user) for facet in facets}
        yield from (Row(found[record], named) for record in chunk if record in found)


def _documents(records: Sequence[Record], user: Viewer) -> dict[Record, SearchDocument]:
    tokens = access_of(user).tokens()
    found: dict[Record, SearchDocument] = {}
    for kind, source in documents.sources().items():
        ids = [object_id for of, object_id in records if of == kind]
        made: Iterable[Any] = source.documents(ids) if ids else ()
        for document in made:
            if EVERYTHING in tokens or not tokens.isdisjoint(document.visible_to):
                found[kind, document.object_id] = document
    return found


def _codes(found: Iterable[SearchDocument], facet: str) -> list[str]:
    return list(dict.fromkeys(code for document in found for code in document.facets.get(facet, ())))
