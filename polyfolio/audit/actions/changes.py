"""Writing the log: one row with each action, many at once with a batch."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from polyfolio.audit import facts as audit_facts
from polyfolio.audit.listeners import tell
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.fields import shorten
from polyfolio.people.models import User

SYSTEM = "Polyfolio"


def subject_type(record: models.Model | type[models.Model]) -> str:
    """The record's word in the log and in search: its model's name, lower case."""
    return str(record._meta.model_name)


def facts(record: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of `record` as JSON values: what an audit row keeps before and after."""
    return audit_facts.of_fields(record, fields)


def prepare(
    *,
    record: models.Model,
    verb: str,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> AuditRecord:
    """An unsaved log row; only what differs between `before` and `after` is kept."""
    old, new = dict(before or {}), dict(after or {})
    same = {name for name in old if name in new and old[name] == new[name]}
    return AuditRecord(
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else SYSTEM,
        verb=verb,
        subject_type=subject_type(record),
        subject_id=record.pk,
        subject_label=shorten(str(record), 300),
        before={name: value for name, value in old.items() if name not in same},
        after={name: value for name, value in new.items() if name not in same},
        reason=reason,
        batch=batch,
    )


def write(**change: Any) -> AuditRecord:
    """Write one log row (arguments as for `prepare`) in the caller's transaction."""
    row = prepare(**change)
    row.save(force_insert=True)
    tell([row])
    return row


def write_many(rows: Iterable[AuditRecord]) -> None:
    """Write the rows of a batch action at once."""
    written = AuditRecord.objects.bulk_create(rows, batch_size=500)
    tell(written)
