"""Reads an IATI activity file in two steps: a cheap pass over its activities, and parsing of those that are wanted.

    reader = IatiReader("activities.xml", codes=codes)
    for item in reader.scan():
        match item:
            case RawActivity() if hashes.get(item.identifier) == item.content_hash: ...  # unchanged
            case RawActivity(): read = reader.parse(item)  # ReadActivity or FailedActivity
            case FailedActivity(): ...  # no identifier, one that was there already, unclosed, too large
            case Problem(): ...  # of the file as a whole

Each activity in the file is one RawActivity or one FailedActivity of `scan`. Memory holds one activity at a time, and
of the others their identifiers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.codelists import CodeLists, LoadedCodeLists
from polyfolio.exchange.iati.file.header import NO_HEADER, FileHeader
from polyfolio.exchange.iati.file.identifier import find_identifier
from polyfolio.exchange.iati.file.source import Source
from polyfolio.exchange.iati.file.splitter import Cut, Segment, Splitter
from polyfolio.exchange.iati.organisations import Organisations
from polyfolio.exchange.iati.parse.context import Memory
from polyfolio.exchange.iati.problems import Problem, problem
from polyfolio.exchange.iati.reading import read_activity

MAX_ACTIVITY = 64 << 20
LONGEST_IDENTIFIER = 300
CUTS = {Cut.UNCLOSED: "activity-unclosed", Cut.TRUNCATED: "activity-truncated", Cut.TOO_LARGE: "activity-too-large"}
# Part of every hash: raise it when the parser learns something, and unchanged activities are read once more.
READER_GENERATION = "1"


class IatiReader:
    """Reads one file, once. `header` is known from the first activity on. After `scan`, `seen` is how many activities
    stand in the file; `outside` holds the comments and foreign elements between them.
    """

    def __init__(
        self,
        source: str | Path | BinaryIO,
        *,
        codes: CodeLists | None = None,
        today: date | None = None,
        max_activity: int = MAX_ACTIVITY,
    ) -> None:
        self._source = source
        self._memory = Memory(LoadedCodeLists() if codes is None else codes, today or datetime.now(UTC).date())
        self._max_activity = max_activity
        self._lines: dict[str, int] = {}
        self._organisations = Organisations()
        self.header: FileHeader = NO_HEADER
        self.seen = 0
        self.outside: list[bytes] = []

    def scan(self) -> Iterator[RawActivity | FailedActivity | Problem]:
        """Every activity in the file's order, and the problems of the file as a whole where they are found; at the
        end what was noticed about the organisations of those activities that were parsed meanwhile.
        """
        if isinstance(self._source, str | Path):
            with Path(self._source).open("rb") as stream:
                yield from self._scan(stream)
        else:
            yield from self._scan(self._source)

    def parse(self, raw: RawActivity) -> ReadActivity | FailedActivity:
        """What a raw activity of this file says. Raises nothing."""
        read = read_activity(raw, self.header, self._memory)
        if isinstance(read, ReadActivity):
            self._organisations.see(read.data)
        return read

    def _scan(self, stream: BinaryIO) -> Iterator[RawActivity | FailedActivity | Problem]:
        source = Source(stream)
        splitter = Splitter(source.pieces(), max_activity=self._max_activity)
        salt = b""
        for segment in splitter.segments():
            if self.seen == 0:
                self.header = splitter.header
                salt = _salt(self.header)
            yield from _drained(source.problems)
            yield from _drained(splitter.problems)
            self.seen += 1
            yield self._weighed(segment, salt)
        self.header = splitter.header
        self.outside = splitter.outside.kept
        yield from _drained(source.problems)
        yield from _drained(splitter.problems)
        if self.seen == 0 and self.header is not NO_HEADER:
            yield problem("no-activities", line=splitter.line)
        yield from self._organisations.problems()

    def _weighed(self, segment: Segment, salt: bytes) -> RawActivity | FailedActivity:
        """The raw activity, unless it can be seen without parsing that it cannot be taken."""
        identifier = find_identifier(segment.xml, self.header)
        if segment.cut in CUTS:
            return self._refused(segment, identifier, CUTS[segment.cut])
        if not identifier:
            return self._refused(segment, "", "identifier-missing")
        if len(identifier) > LONGEST_IDENTIFIER:
            return self._refused(segment, identifier, "identifier-too-long")
        if identifier in self._lines:
            return self._refused(segment, identifier, "identifier-twice", first=self._lines[identifier])
        self._lines[identifier] = segment.line
        content_hash = blake2b(segment.xml, digest_size=16, key=salt).digest()
        return RawActivity(self.seen, segment.line, identifier, content_hash, segment.xml)

    def _refused(self, segment: Segment, identifier: str, code: str, first: int = 0) -> FailedActivity:
        identifier = identifier[:LONGEST_IDENTIFIER]
        why = problem(code, ordinal=self.seen, line=segment.line, identifier=identifier, value=identifier, first=first)
        return FailedActivity(self.seen, segment.line, identifier, segment.xml, (why,))


def read(
    source: str | Path | BinaryIO, *, codes: CodeLists | None = None
) -> Iterator[ReadActivity | FailedActivity | Problem]:
    """Both steps in one: everything in the file, parsed."""
    reader = IatiReader(source, codes=codes)
    for item in reader.scan():
        yield reader.parse(item) if isinstance(item, RawActivity) else item


def _salt(header: FileHeader) -> bytes:
    """What of the file's own part says how its activities are to be read."""
    parts = (READER_GENERATION, header.version, header.linked_data_default, header.language)
    return blake2b("\0".join(parts).encode(), digest_size=32).digest()


def _drained(problems: list[Problem]) -> Iterator[Problem]:
    yield from problems
    problems.clear()
