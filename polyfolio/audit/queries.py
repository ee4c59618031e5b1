"""Reading the log: the history of one record, and what happened since somebody last looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from polyfolio.audit.models import AuditRecord
from polyfolio.audit.subjects import Subject, subject_of
from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may

LOOK_BACK = 400


@dataclass(frozen=True)
class History:
    """A record that the person may see, and its log rows, newest first."""

    subject: Subject
    record: Any
    rows: QuerySet[AuditRecord]


@dataclass(frozen=True)
class Happening:
    """What happened to one record or in one batch: its newest row, the record where it is one, and how many rows."""

    row: AuditRecord
    record: Any
    count: int


def history(user: Viewer, subject_type: str, subject_id: int) -> History:
    """The history of a record that `user` may see; a deleted one shows it to those who may bring it back.

    Raises AuditRecord.DoesNotExist.
    """
    subject = subject_of(subject_type)
    if subject is None:
        raise AuditRecord.DoesNotExist(subject_type)
    record = subject.visible(user).filter(pk=subject_id).first() or _deleted(user, subject, subject_id)
    if record is None:
        raise AuditRecord.DoesNotExist(f"{subject_type} {subject_id}")
    return History(subject=subject, record=record, rows=rows_of(subject_type, subject_id))


def rows_of(subject_type: str, subject_id: int) -> QuerySet[AuditRecord]:
    """Every row of one record, newest first, whoever asks."""
    return AuditRecord.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-pk")


def row(user: Viewer, pk: int) -> AuditRecord:
    """One log row of a record that `user` may see; raises AuditRecord.DoesNotExist."""
    found: AuditRecord = AuditRecord.objects.get(pk=pk)
    history(user, found.subject_type, found.subject_id)
    return found


def _deleted(user: Viewer, subject: Subject, subject_id: int) -> Any:
    found = subject.model._default_manager.filter(pk=subject_id).first()
    if found is None or getattr(found, "deleted_at", None) is None:
        return None
    return found if may(user, subject.delete, found) else None


def since(user: Viewer, instant: datetime, *, types: Iterable[str], limit: int = 20) -> list[Happening]:
    """What others did since `instant` to records that `user` may see, one line a record or batch, newest first.

    Looks at the newest rows only; costs one query, and one more for each type of record.
    """
    rows = AuditRecord.objects.filter(at__gt=instant, subject_type__in=list(types)).order_by("-pk")
    actor = getattr(user, "pk", None)
    rows = rows.exclude(actor_id=actor) if actor is not None else rows
    newest = list(rows[:LOOK_BACK])
    seen = _visible(user, newest)
    groups: dict[tuple[Any, ...], list[AuditRecord]] = defaultdict(list)
    for each in newest:
        if (each.subject_type, each.subject_id) in seen:
            key = (each.batch,) if each.batch else (each.subject_type, each.subject_id)
            groups[key].append(each)
    return [
        Happening(group[0], None if group[0].batch else seen[group[0].subject_type, group[0].subject_id], len(group))
        for group in list(groups.values())[:limit]
    ]


def _visible(user: Viewer, rows: Sequence[AuditRecord]) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for each in rows:
        wanted[each.subject_type].add(each.subject_id)
    found: dict[tuple[str, int], Any] = {}
    for subject_type, ids in wanted.items():
        subject = subject_of(subject_type)
        if subject is not None:
            found |= {(subject_type, record.pk): record for record in subject.visible(user).filter(pk__in=ids)}
    return found
