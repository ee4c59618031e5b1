"""Cuts a stream of UTF-8 into its activities without parsing them, so that one that is broken breaks no other.

In well-formed XML a `<` is always mark-up except inside comments, CDATA sections and processing instructions, so the
places where an activity begins and ends can be found exactly by looking for its tags outside of those three. A document
type declaration is stepped over and never interpreted, which leaves no entity to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from polyfolio.exchange.iati.file.buffer import Buffer
from polyfolio.exchange.iati.file.header import NO_HEADER, FileHeader, read_header
from polyfolio.exchange.iati.file.markup import START_TAG
from polyfolio.exchange.iati.file.outside import Outside
from polyfolio.exchange.iati.problems import Problem

SKIPPED = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
HEAD_KEPT = 4096


class Cut(StrEnum):
    """How a segment came to its end."""

    WHOLE = "whole"
    UNCLOSED = "unclosed"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Segment:
    """The text of one activity, or what there is of it; of one too large only its beginning."""

    xml: bytes
    line: int
    cut: Cut


class Splitter:
    """`header` is known once `segments()` has given its first segment or ended; `problems` grows meanwhile."""

    def __init__(self, pieces: Iterator[bytes], *, max_activity: int) -> None:
        self._buffer = Buffer(pieces)
        self._max = max_activity
        self.header: FileHeader = NO_HEADER
        self.problems: list[Problem] = []
        self.outside = Outside(NO_HEADER, self.problems)
        self._name = b"iati-activity"
        self._tokens = re.compile(b"")
        self._never_closed: set[bytes] = set()

    @property
    def line(self) -> int:
        """The line that reading has come to."""
        return self._buffer.line

    def segments(self) -> Iterator[Segment]:
        header = read_header(self._buffer, self.problems)
        if header is None:
            return
        self.header = header
        self.outside = Outside(header, self.problems)
        prefix = f"{header.prefix}:".encode() if header.prefix else b""
        self._name = prefix + b"iati-activity"
        name = re.escape(self._name)
        self._tokens = re.compile(rb"<!--|<!\[CDATA\[|<\?|<" + name + rb"(?=[\s/>])|</" + name + rb"\s*>")
        while self._to_next_start():
            self.outside.activity_begins(self._buffer.line)
            yield self._segment()
        self.outside.end(self._buffer.line)

    def _to_next_start(self) -> bool:
        """Move to the next activity; what stands before it goes to `outside`. False at the end of the file."""
        searched = 0
        while True:
            found, searched = self._next_token(searched)
            if found is not None and found[0].startswith(b"<" + self._name):
                self._leave(found[1])
                return True
            if found is not None:
                searched = found[2]
            elif self._buffer.is_exhausted:
                self._leave(self._buffer.size)
                return False
            else:
                if self._buffer.size > self._max:
                    self.outside.overflows(self._buffer.line)
                    self._buffer.drop(self._buffer.size - len(self._name) - 2)
                    searched = 0
                self._buffer.more()

    def _leave(self, size: int) -> None:
        if size:
            line = self._buffer.line
            self.outside.take(self._buffer.take(size), line)

    def _segment(self) -> Segment:
        """The activity that the buffer stands at, taken out of it."""
        line = self._buffer.line
        tag = self._start_tag()
        if tag is not None and tag.endswith(b"/>"):
            return Segment(self._buffer.take(len(tag)), line, Cut.WHOLE)
        searched = len(tag) if tag is not None else len(self._name) + 1
        while True:
            end = self._plain_end(searched)
            if end:
                return Segment(self._buffer.take(end), line, Cut.WHOLE)
            found, searched = self._next_token(searched)
            if found is not None and found[0].startswith(b"</"):
                return Segment(self._buffer.take(found[2]), line, Cut.WHOLE)
            if found is not None:
                return Segment(self._buffer.take(found[1]), line, Cut.UNCLOSED)
            if self._buffer.is_exhausted:
                return self._broken_off(line)
            if self._buffer.size > self._max:
                return self._too_large(line)
            self._buffer.more()

    def _start_tag(self) -> bytes | None:
        """The whole start tag, or None where it is malformed."""
        while True:
            match = START_TAG.match(self._buffer.data, self._buffer.position)
            if match:
                return match[0]
            at = self._buffer.find(b"<", 1)
            if at >= 0 or self._buffer.is_exhausted or self._buffer.size > self._max:
                return None
            self._buffer.more()

    def _plain_end(self, start: int) -> int:
        """Where this activity ends when nothing before its end tag needs a closer look, else 0: the usual case,
        quickly.
        """
        buffer = self._buffer
        next_start = buffer.find(b"<" + self._name, start)
        end = buffer.find(b"</" + self._name + b">", start, next_start if next_start >= 0 else buffer.size)
        if end < 0:
            return 0
        # A sign by itself is found ten times as quickly as after a `<`, of which there are hundreds.
        for sign in (b"!", b"?"):
            if buffer.has(sign, start, end) and buffer.has(b"<" + sign, start, end):
                return 0
        return end + len(self._name) + 3

    def _next_token(self, start: int) -> tuple[tuple[bytes, int, int] | None, int]:
        """The next tag of an activity (token, where it begins and ends) from `start` on, outside of comments, CDATA and
        instructions; and from where to search on when there is none yet.
        """
        buffer = self._buffer
        while True:
            match = self._tokens.search(buffer.data, buffer.position + start)
            if match is None:
                # What begins with the last `<` may be a token that the next piece completes.
                last = buffer.data.rfind(b"<", buffer.position + start) - buffer.position
                return None, last if last >= start else buffer.size
            token, begin = match[0], match.start() - buffer.position
            if token not in SKIPPED:
                return (token, begin, match.end() - buffer.position), start
            closing = SKIPPED[token]
            start = match.end() - buffer.position
            end = -1 if closing in self._never_closed else buffer.find(closing, start)
            if end >= 0:
                start = end + len(closing)
            elif not buffer.is_exhausted:
                return None, begin
            else:
                # Never closed: better to lose the comment than all activities behind it.
                self._never_closed.add(closing)

    def _broken_off(self, line: int) -> Segment:
        """The file ends within an activity; or the activity is not closed, but the file is."""
        end = self._buffer.find(self.outside.end_tag, 0)
        if end >= 0:
            return Segment(self._buffer.take(end), line, Cut.UNCLOSED)
        return Segment(self._buffer.take(self._buffer.size), line, Cut.TRUNCATED)

    def _too_large(self, line: int) -> Segment:
        """Step over an activity that would not fit into memory, keeping only its head."""
        head = self._buffer.take(HEAD_KEPT)
        closing = b"</" + self._name
        while True:
            end = self._buffer.find(closing, 0)
            after = self._buffer.find(b">", end) if end >= 0 else -1
            if after >= 0:
                self._buffer.drop(after + 1)
                return Segment(head, line, Cut.TOO_LARGE)
            if self._buffer.is_exhausted:
                self._buffer.drop(self._buffer.size)
                return Segment(head, line, Cut.TOO_LARGE)
            if end < 0:
                self._buffer.drop(max(0, self._buffer.size - len(closing)))
            self._buffer.more()
