"""What stands in a file between and after its activities: kept if it is allowed there, reported if it is not."""

from __future__ import annotations

import re

from lxml import etree

from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.file.markup import WHOLE_PARSER, line_in, parse_fragment
from polyfolio.exchange.iati.problems import Problem, problem

# What is kept of a file outside of its activities.
KEPT_BYTES = 1 << 20
MOST_REPORTS = 50


class Outside:
    """Takes each piece between two activities. `kept` are comments and elements of other standards, in their order."""

    def __init__(self, header: FileHeader, problems: list[Problem]) -> None:
        self._header = header
        self._problems = problems
        self._is_closed = header.is_closed
        self._has_more = False
        self._is_full = False
        self._reported = 0
        self._kept_bytes = 0
        self.kept: list[bytes] = []
        prefix = f"{header.prefix}:" if header.prefix else ""
        self.end_tag = f"</{prefix}iati-activities".encode()
        self._end = re.compile(re.escape(self.end_tag) + rb"\s*>")

    def take(self, text: bytes, line: int) -> None:
        """Look through the text before the next activity, which begins at `line`."""
        if not text.strip():
            return
        text, closings = self._end.subn(b"", text)
        self._is_closed = self._is_closed or closings > 0
        if text.strip():
            self._look_through(text, line)

    def activity_begins(self, line: int) -> None:
        """Note that an activity begins; it should not after the end of the list."""
        if self._is_closed and not self._has_more:
            self._has_more = True
            self._report("after-end", line)

    def overflows(self, line: int) -> None:
        """Note, once, that more stands here than can be kept."""
        if not self._is_full:
            self._is_full = True
            self._report("outside-too-large", line)

    def end(self, line: int) -> None:
        """Note that the file ends."""
        if not self._is_closed and not self._header.is_single:
            self._report("file-truncated", line)

    def _look_through(self, text: bytes, line: int) -> None:
        try:
            root = parse_fragment(text, self._header.declarations, WHOLE_PARSER)
        except etree.XMLSyntaxError:
            shown = text.strip().decode("utf-8", "replace")
            self._report("outside-broken", line, shown)
            return
        self._loose(root.text, line)
        for node in root:
            at = line + max(line_in(node), 1) - 1
            if isinstance(node.tag, str) and not node.tag.startswith("{"):
                self._report("outside-element", at, node.tag)
            else:
                self._keep(etree.tostring(node, with_tail=False), at)
            self._loose(node.tail, at)

    def _loose(self, text: str | None, line: int) -> None:
        if text and text.strip():
            self._report("outside-text", line, text.strip())

    def _keep(self, xml: bytes, line: int) -> None:
        if self._kept_bytes + len(xml) > KEPT_BYTES:
            self.overflows(line)
            return
        self._kept_bytes += len(xml)
        self.kept.append(xml)

    def _report(self, code: str, line: int, value: str = "") -> None:
        self._reported += 1
        if self._reported <= MOST_REPORTS or code == "file-truncated":
            self._problems.append(problem(code, line=line, value=value))
