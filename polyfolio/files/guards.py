"""Who may see and add the files of a record: whoever may see and change the record itself.

Records that the log knows need nothing; a room whose records it does not know registers a guard.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from polyfolio.audit.subjects import subject_of
from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may


@dataclass(frozen=True)
class Guard:
    """`find(user, id)` gives the record that the person may see, or None; `verb` is asked for to add and remove."""

    find: Callable[[Any, int], Any]
    verb: str


_guards: dict[str, Guard] = {}


def register(subject_type: str, guard: Guard) -> None:
    _guards[subject_type] = guard


def guard_of(subject_type: str) -> Guard | None:
    """The guard of that kind of record; None where files cannot belong to it."""
    subject = subject_of(subject_type)
    if subject_type in _guards or subject is None:
        return _guards.get(subject_type)
    return Guard(find=lambda user, pk: subject.visible(user).filter(pk=pk).first(), verb=subject.change)


def visible_record(user: Viewer, subject_type: str, subject_id: int) -> Any:
    """The record whose files the person may see; None where there is none or they may not."""
    guard = guard_of(subject_type)
    return guard.find(user, subject_id) if guard is not None else None


def may_change(user: Viewer, subject_type: str, record: Any) -> bool:
    guard = guard_of(subject_type)
    return guard is not None and may(user, guard.verb, record)
