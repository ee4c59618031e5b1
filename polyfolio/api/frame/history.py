"""What was changed about a record, as people read it; every kept record has such a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import models
from django.db.models import QuerySet
from pydantic import Field

from polyfolio.api.frame.gates import PUBLIC, Find
from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Shape, Undo, address, undo_of
from polyfolio.audit.actions.changes import subject_type
from polyfolio.audit.difference import differences
from polyfolio.audit.discretion import readable
from polyfolio.audit.models import AuditRecord
from polyfolio.audit.queries import rows_of
from polyfolio.audit.subjects import subject_of

NEWEST = {"-at": ("-pk",)}


class DifferenceShape(Shape):
    """One field that was changed, before and after, as a person reads it."""

    field: str = Field(examples=["title"])
    label: str = Field(examples=["Title"])
    language: str = Field(description="The language, where a text exists in several.", examples=["en"])
    old: str
    new: str


class ChangeShape(Shape):
    """One change: when, by whom, what, why."""

    id: int
    href: str
    at: datetime
    by: str = Field(description="Who made it; empty for whoever is not signed in.")
    verb: str = Field(examples=["initiative.change"])
    subject_type: str = Field(examples=["initiative"])
    subject_label: str
    reason: str
    differences: list[DifferenceShape]
    undo: Undo | None = Field(description="Where to take it back; null where this kind of change has no way back.")


def change_shape(row: AuditRecord, *, names_actor: bool = True) -> ChangeShape:
    """A log row as the API answers it; pass one that is `readable` to the caller."""
    subject = subject_of(row.subject_type)
    return ChangeShape(
        id=row.pk,
        href=address("changes", row.pk),
        at=row.at,
        by=row.actor_label if names_actor else "",
        verb=row.verb,
        subject_type=row.subject_type,
        subject_label=row.subject_label,
        reason=row.reason,
        differences=list(_differences(row)),
        undo=undo_of(row.pk) if subject is not None and not row.verb.endswith(".erase") else None,
    )


def _differences(row: AuditRecord) -> Iterator[DifferenceShape]:
    for each in differences(row):
        yield DifferenceShape(
            field=each.name, label=str(each.label), language=each.language, old=each.old, new=each.new
        )


def change_of_record(row: AuditRecord, request: ApiRequest) -> ChangeShape:
    """A log row of the record that the address names."""
    return change_shape(row, names_actor=request.user.is_authenticated)


def _readable(rows: Sequence[AuditRecord], request: ApiRequest) -> Sequence[AuditRecord]:
    return readable(rows, user=request.user, record=request.found)


def add_history(routes: Routes, path: str, find: Find) -> None:
    """Give the record at `path` its list of changes."""

    def history(_request: ApiRequest, record: models.Model) -> QuerySet[AuditRecord]:
        """What was changed about it, field by field."""
        return rows_of(subject_type(record), record.pk)

    parts = [part for part in path.split("/") if part and "{" not in part]
    history.__name__ = f"history_of_{parts[-1]}"
    decorate = routes.list(
        f"{path}/history", PUBLIC, find=find, shape=change_of_record, sorts=NEWEST, prepare=_readable
    )
    decorate(history)
