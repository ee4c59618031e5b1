"""The three forms in which an activity comes out of a file."""

from __future__ import annotations

from dataclasses import dataclass

from polyfolio.exchange.iati.data import ActivityData
from polyfolio.exchange.iati.problems import Problem


@dataclass(frozen=True, slots=True)
class RawActivity:
    """An activity as it stands in the file, not yet parsed. `ordinal` counts from 1; `content_hash` (16 bytes)
    changes with the activity, the file's version and its defaults, not with encoding, line ends or the file's date.
    """

    ordinal: int
    line: int
    identifier: str
    content_hash: bytes
    xml: bytes


@dataclass(frozen=True, slots=True)
class ReadActivity:
    """`xml` is the activity as one element of 2.03, self-contained, with everything in it that stood in the file; to
    write it out, put it below an `iati-activities` of version 2.03. `is_upgraded` says that it was of version 1.
    """

    ordinal: int
    line: int
    identifier: str
    content_hash: bytes
    data: ActivityData
    xml: bytes
    is_upgraded: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FailedActivity:
    """An activity that cannot be taken; `xml` is its text as it stands in the file, its `problems` say why not."""

    ordinal: int
    line: int
    identifier: str
    xml: bytes
    problems: tuple[Problem, ...]
