"""Whether the first bytes of a file can be an activity file at all."""

from __future__ import annotations

import io

from polyfolio.exchange.iati.file.buffer import Buffer
from polyfolio.exchange.iati.file.header import read_header
from polyfolio.exchange.iati.file.source import Source
from polyfolio.exchange.iati.problems import Explanation, Problem


def what_it_is(head: bytes) -> Explanation | None:
    """What the file is instead, and what to do; None where it may be an activity file."""
    source = Source(io.BytesIO(head))
    found: list[Problem] = []
    read_header(Buffer(source.pieces()), found)
    for problem in (*source.problems, *found):
        if problem.code.startswith(("file-is-", "file-empty")):
            return problem.explain()
        # A beginning that is longer than what is looked at here is for the reader to judge.
        if problem.code == "file-not-xml" and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return problem.explain()
    return None
