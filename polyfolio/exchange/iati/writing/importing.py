"""A run over an IATI file: from where it stands to the end of the file, batch by batch."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.db import connection, transaction

from polyfolio.exchange import claims
from polyfolio.exchange.choices import Outcome, RunState
from polyfolio.exchange.iati.activities import FailedActivity, RawActivity
from polyfolio.exchange.iati.problems import Problem, problem
from polyfolio.exchange.iati.reader import IatiReader
from polyfolio.exchange.iati.writing import matching, writer
from polyfolio.exchange.iati.writing.codes import known_codes
from polyfolio.exchange.iati.writing.deciding import Parsing, decide
from polyfolio.exchange.iati.writing.mapping.crosswalk import crosswalk
from polyfolio.exchange.iati.writing.work import Batch, work_on
from polyfolio.exchange.models import ImportItem, ImportRun

Clock = Callable[[], datetime]
Watch = Callable[[ImportRun], None]
Found = RawActivity | FailedActivity

BATCH = 200
BATCH_BYTES = 4 << 20
BEAT_EVERY = 500
SELDOM = 50_000


class Counted(io.RawIOBase):
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self.count += len(piece)
        return piece


def read_on(run: ImportRun, *, clock: Clock, watch: Watch | None = None) -> None:
    """Import what is left of a run's file, and end the run. `watch` is called after every batch.

    Raises ClaimLostError where the run was stopped or taken over; what is written until then is whole.
    """
    try:
        stream = run.file.open("rb")
    except FileNotFoundError:
        end(run, [problem("file-gone")], total=run.position, at=clock())
        return
    with stream, collecting_seldom(), writing_much():
        counted = Counted(cast(BinaryIO, stream))
        reader = IatiReader(cast(BinaryIO, counted))
        problems = _import(run, reader, counted, clock=clock, watch=watch)
    end(run, problems, total=reader.seen, at=clock(), version=reader.header.version[:10], read_size=run.size)


def end(run: ImportRun, problems: list[Problem], *, total: int, at: datetime, **values: Any) -> None:
    """Close a run's report: the last problems, the organisations that a person should compare, the total."""
    with transaction.atomic():
        writer.insert_problems(run.pk, problems)
        matching.propose(run, at=at)
        claims.finish(run, at=at, state=RunState.DONE, total=total, **values)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Hardly any of the many small objects of a run refer to each other in rings: looking for rings as often as Python
    does by itself costs a fifth of the time.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def writing_much() -> Iterator[None]:
    """SQLite for a long run: pages of a mapped database would count as memory of this process, which reads little of
    it; and what is written is moved into the database every 64 MB, not every 4, since most runs touch the same pages.
    """
    _pragma("mmap_size = 0", "wal_autocheckpoint = 16384")
    try:
        yield
    finally:
        _pragma("wal_autocheckpoint = 1000")


def _pragma(*settings: str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for setting in settings:
                cursor.execute(f"PRAGMA {setting}")


def _import(
    run: ImportRun, reader: IatiReader, counted: Counted, *, clock: Clock, watch: Watch | None
) -> list[Problem]:
    """Write everything from the run's position on; returns the problems that show only at the end of the file."""
    work = work_on(run, crosswalk())
    parsing = Parsing(reader, known_codes(), work.today)
    trailing: list[Problem] = []
    items = _after(run, reader, parsing, clock)
    for activities, problems in _batches(items, trailing):
        entries = decide(activities, network=run.network_id, parsing=parsing)
        writer.write(work, Batch(reader.header, entries, problems, counted.count), clock)
        if watch is not None:
            watch(run)
    return [*trailing, *parsing.organisations.problems()]


def _after(run: ImportRun, reader: IatiReader, parsing: Parsing, clock: Clock) -> Iterator[Found | Problem]:
    """What the scan finds behind the run's position. What was imported before is read once more and not written, so
    that what is noticed about the file as a whole is the same as without a break.
    """
    position = run.position
    if not position:
        yield from reader.scan()
        return
    again = set(
        ImportItem.objects.filter(run=run, ordinal__lte=position)
        .exclude(outcome=Outcome.UNCHANGED)
        .values_list("ordinal", flat=True)
    )
    reached = 0
    for item in reader.scan():
        if reached >= position:
            yield item
        elif not isinstance(item, Problem):
            reached = item.ordinal
            if reached in again and isinstance(item, RawActivity):
                parsing.parse(item)
            if reached % BEAT_EVERY == 0:
                claims.beat(run, at=clock())


def _batches(items: Iterator[Found | Problem], trailing: list[Problem]) -> Iterator[tuple[list[Found], list[Problem]]]:
    """Activities in batches, each with the problems found before its last one; those behind the last are `trailing`."""
    activities: list[Found] = []
    problems: list[Problem] = []
    size = 0
    for item in items:
        if isinstance(item, Problem):
            trailing.append(item)
            continue
        problems += trailing
        trailing.clear()
        activities.append(item)
        size += len(item.xml)
        if len(activities) >= BATCH or size >= BATCH_BYTES:
            yield activities, problems
            activities, problems, size = [], [], 0
    if activities:
        yield activities, problems
