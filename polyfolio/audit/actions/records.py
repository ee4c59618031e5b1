"""What creating, changing, deleting and restoring have in common for every kept record.

The rooms' actions call these inside their own transaction, after their own rule and state checks.

`related` are many-to-many rows by the field's name. `parts` are the rows that belong to the record alone,
by the name of the relation, each a mapping of its fields: the record has exactly these afterwards, and rows
that stay the same keep their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from polyfolio.audit import facts
from polyfolio.audit.actions import changes
from polyfolio.audit.facts import Parts, Related
from polyfolio.audit.models import AuditRecord, Record
from polyfolio.people.models import User

Kept = TypeVar("Kept", bound=Record)
Wanted = dict[str, list[tuple[dict[str, Any], models.Model]]]


def create(
    record: Kept,
    *,
    fields: Sequence[str],
    by: User | None,
    at: datetime,
    related: Related | None = None,
    parts: Parts | None = None,
    reason: str = "",
) -> Kept:
    """Save a new record with its `related` rows and `parts`, and write the log row."""
    record.created_at = record.updated_at = at
    record.created_by = by
    _check(record)
    wanted = _wanted(record, parts or {})
    record.save(force_insert=True)
    _set_related(record, related or {})
    _set_parts(record, wanted)
    after = facts.of_fields(record, fields) | _related_facts(related or {}) | _parts_facts(wanted)
    changes.write(record=record, verb=_verb(record, "create"), by=by, at=at, after=after, reason=reason)
    return record


def change(
    record: Kept,
    values: Mapping[str, Any],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    related: Related | None = None,
    parts: Parts | None = None,
) -> AuditRecord | None:
    """Set `values`, `related` and `parts` on a locked record; None and no log row where nothing differs."""
    related, parts = related or {}, parts or {}
    before = facts.of_fields(record, values) | facts.of_related_now(record, related) | facts.of_parts_now(record, parts)
    for name, value in values.items():
        setattr(record, name, value)
    _check(record)
    wanted = _wanted(record, parts)
    after = facts.of_fields(record, values) | _related_facts(related) | _parts_facts(wanted)
    if before == after:
        return None
    record.updated_at = at
    record.save()
    _set_related(record, related)
    _set_parts(record, wanted)
    return changes.write(
        record=record, verb=_verb(record, "change"), by=by, at=at, before=before, after=after, reason=reason
    )


def delete(record: Record, *, by: User | None, at: datetime, reason: str = "") -> AuditRecord:
    """Take a record out of every list; `restore` brings it back until the sweep after the undo days."""
    return _keep_or_not(record, deleted_at=at, verb="delete", by=by, at=at, reason=reason)


def restore(record: Record, *, by: User | None, at: datetime, reason: str = "") -> AuditRecord:
    """Bring a deleted record back as it was."""
    return _keep_or_not(record, deleted_at=None, verb="restore", by=by, at=at, reason=reason)


def lock(record: Kept) -> Kept:
    """The row as it stands now, held until the transaction ends."""
    manager: models.Manager[Kept] = type(record)._default_manager
    return manager.select_for_update(of=("self",)).get(pk=record.pk)


def _keep_or_not(
    record: Record, *, deleted_at: datetime | None, verb: str, by: User | None, at: datetime, reason: str
) -> AuditRecord:
    record.deleted_at = deleted_at
    record.updated_at = at
    record.save(update_fields=["deleted_at", "updated_at"])
    return changes.write(record=record, verb=_verb(record, verb), by=by, at=at, reason=reason)


def _verb(record: Record, verb: str) -> str:
    return f"{changes.subject_type(record)}.{verb}"


def _check(record: Record) -> None:
    """Shape only: uniqueness and constraints are the database's, which asks nobody twice."""
    record.full_clean(exclude=["uid", "created_by"], validate_unique=False, validate_constraints=False)


def _set_related(record: Record, related: Related) -> None:
    for name, rows in related.items():
        getattr(record, name).set(rows)


def _related_facts(related: Related) -> dict[str, Any]:
    return {name: facts.of_related(rows) for name, rows in related.items()}


def _wanted(record: Record, parts: Parts) -> Wanted:
    """Each given part as an unsaved row that has passed its model's checks, with its facts."""
    wanted: Wanted = {}
    for name, rows in parts.items():
        relation = facts.relation_named(record, name)
        fields = facts.part_fields(relation)
        owner = relation.field.name
        unsaved = [relation.related_model(**{owner: record}, **row) for row in rows]
        for part in unsaved:
            part.clean_fields(exclude=[owner])
        wanted[name] = [(facts.of_part(part, fields), part) for part in unsaved]
    return wanted


def _parts_facts(wanted: Wanted) -> dict[str, Any]:
    return {name: facts.in_order(fact for fact, _part in rows) for name, rows in wanted.items()}


def _set_parts(record: Record, wanted: Wanted) -> None:
    """Rows that are wanted no longer go, rows that are there stay, the others come."""
    for name, rows in wanted.items():
        missing = list(rows)
        gone = []
        for fact, row in facts.rows_of_part(record, name):
            same = next((place for place, (wish, _part) in enumerate(missing) if wish == fact), None)
            if same is None:
                gone.append(row.pk)
            else:
                missing.pop(same)
        if gone:
            facts.relation_named(record, name).related_model._default_manager.filter(pk__in=gone).delete()
        for _wish, part in missing:
            part.save(force_insert=True)
