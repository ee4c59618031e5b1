"""What is to be done with each activity of a batch, before anything is written: is it new, changed, or as last time?"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from polyfolio.exchange.choices import Outcome, RunState
from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.codelists import CodeLists
from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.organisations import Organisations
from polyfolio.exchange.iati.parse.context import Memory
from polyfolio.exchange.iati.problems import Problem, problem
from polyfolio.exchange.iati.reader import IatiReader
from polyfolio.exchange.iati.reading import read_activity
from polyfolio.exchange.models import ImportItem, SourceRecord
from polyfolio.portfolios.models import InitiativeIdentifier

STANDARD = "iati"
CONTROLS = dict.fromkeys([*range(32), 127], "\ufffd")


@dataclass(slots=True)
class Known:
    """A source record that is here, and its initiative."""

    pk: int
    content_hash: bytes
    initiative: int
    is_deleted: bool


@dataclass(slots=True)
class Entry:
    """One activity and what becomes of it. `read` is what it says where it is to be written, `initiative` the one that
    it changes (or that comes back from being undone), `base` what its source said last time.
    """

    ordinal: int
    line: int
    identifier: str
    outcome: Outcome
    read: ReadActivity | None = None
    initiative: int | None = None
    source: int | None = None
    base: ReadActivity | None = None
    problems: list[Problem] = field(default_factory=list)


class Parsing:
    """Parses the activities of one file, and remembers whom they name. The reader would do the same, but speaks of the
    organisations as soon as the file ends, when the last batch is not parsed yet.
    """

    def __init__(self, reader: IatiReader, codes: CodeLists, today: date) -> None:
        self._reader = reader
        self._memory = Memory(codes, today)
        self.organisations = Organisations()

    def parse(self, raw: RawActivity) -> ReadActivity | FailedActivity:
        read = read_activity(raw, self._reader.header, self._memory)
        if isinstance(read, ReadActivity):
            self.organisations.see(read.data)
        return read

    def again(self, entry: Entry, content: bytes, context: dict[str, Any]) -> ReadActivity | None:
        """What a kept source says, read as today's reader reads it."""
        header = FileHeader(version="2.03", language=str(context.get("language", "")))
        raw = RawActivity(entry.ordinal, entry.line, entry.identifier, b"", zlib.decompress(content))
        read = read_activity(raw, header, self._memory)
        return read if isinstance(read, ReadActivity) else None


def decide(found: Sequence[RawActivity | FailedActivity], *, network: int, parsing: Parsing) -> list[Entry]:
    """An entry for each activity, in their order. Parses those that are new or changed."""
    known = _known(network, (clean(item.identifier) for item in found if isinstance(item, RawActivity)))
    entries = [_entry(item, known, parsing) for item in found]
    _adopt(network, [each for each in entries if each.outcome == Outcome.ADDED])
    changed = [each for each in entries if each.source is not None and each.read is not None]
    contents = _contents([each.source for each in changed if each.source is not None])
    for entry in changed:
        entry.base = parsing.again(entry, *contents[entry.source or 0])
    return entries


def clean(identifier: str) -> str:
    """An identifier without characters that no database takes."""
    return identifier if identifier.isprintable() else identifier.translate(CONTROLS)


def _entry(item: RawActivity | FailedActivity, known: dict[str, Known], parsing: Parsing) -> Entry:
    entry = Entry(item.ordinal, item.line, clean(item.identifier), Outcome.FAILED)
    if isinstance(item, FailedActivity):
        entry.problems += item.problems
        return entry
    there = known.get(entry.identifier)
    if there is not None and (there.content_hash == item.content_hash or there.is_deleted):
        entry.outcome, entry.initiative = Outcome.UNCHANGED, there.initiative
        if there.content_hash != item.content_hash:
            entry.problems.append(
                problem("deleted-here", ordinal=entry.ordinal, line=entry.line, identifier=entry.identifier)
            )
        return entry
    read = parsing.parse(item)
    entry.problems += read.problems
    if isinstance(read, ReadActivity):
        entry.read = read
        entry.outcome = Outcome.ADDED if there is None else Outcome.CHANGED
        if there is not None:
            entry.initiative, entry.source = there.initiative, there.pk
    return entry


def _known(network: int, identifiers: Iterable[str]) -> dict[str, Known]:
    rows = SourceRecord.objects.filter(network=network, standard=STANDARD, identifier__in=list(identifiers))
    values = rows.values_list("identifier", "pk", "content_hash", "initiative_id", "initiative__deleted_at")
    return {
        identifier: Known(pk, bytes(content_hash), initiative, deleted_at is not None)
        for identifier, pk, content_hash, initiative, deleted_at in values
    }


def _adopt(network: int, entries: list[Entry]) -> None:
    """An initiative with this identifier may be here without a source: recorded by a person, or its import undone."""
    by_identifier = {entry.identifier: entry for entry in entries}
    rows = InitiativeIdentifier.objects.filter(network=network, scheme=STANDARD, value__in=by_identifier)
    for identifier, pk, deleted_at in rows.values_list("value", "initiative_id", "initiative__deleted_at"):
        entry = by_identifier[identifier]
        entry.initiative = pk
        if deleted_at is None:
            entry.outcome = Outcome.CHANGED
        elif not _was_undone(pk):
            entry.outcome, entry.read = Outcome.UNCHANGED, None
            entry.problems = [problem("deleted-here", ordinal=entry.ordinal, line=entry.line, identifier=identifier)]


def _was_undone(initiative: int) -> bool:
    """Whether it went because the import that brought it was taken back, and not because a person deleted it."""
    items = ImportItem.objects.filter(initiative=initiative, outcome=Outcome.ADDED)
    return items.filter(run__state__in=(RunState.UNDOING, RunState.UNDONE)).exists()


def _contents(sources: list[int]) -> dict[int, tuple[bytes, dict[str, Any]]]:
    rows = SourceRecord.objects.filter(pk__in=sources).values_list("pk", "content", "context")
    return {pk: (bytes(content), context) for pk, content, context in rows}
