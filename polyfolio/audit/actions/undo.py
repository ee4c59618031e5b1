"""Taking a change back: as a new change, by somebody who might have made it, with its own row in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models, transaction
from django.utils.translation import gettext as _

from polyfolio.audit import facts
from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord, Record
from polyfolio.audit.subjects import Subject, subject_of
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require


class NotUndoableError(RefusedError):
    """A change cannot be taken back; the message says why and what to do instead."""


def take_back(*, row: AuditRecord, by: User, at: datetime, is_strict: bool = True) -> AuditRecord:
    """Undo what `row` did: bring back what was deleted, delete what was made, or restore earlier values.

    Strict, it refuses where somebody changed the same fields since; else the earlier values win. Raises
    NotAllowedError and NotUndoableError.
    """
    subject = subject_of(row.subject_type)
    if subject is None or not issubclass(subject.model, Record):
        raise NotUndoableError(_("This kind of change cannot be taken back."))
    with transaction.atomic():
        record = _locked(subject, row)
        written = _step_back(subject, record, row, by=by, at=at, is_strict=is_strict)
        if subject.settle is not None:
            subject.settle(record, by, at)
    return written


def _locked(subject: Subject, row: AuditRecord) -> Any:
    try:
        return subject.model._default_manager.select_for_update(of=("self",)).get(pk=row.subject_id)
    except ObjectDoesNotExist:
        raise NotUndoableError(_("“%s” is gone for good and cannot come back.") % row.subject_label) from None


def _step_back(
    subject: Subject, record: Any, row: AuditRecord, *, by: User, at: datetime, is_strict: bool
) -> AuditRecord:
    step = row.verb.rpartition(".")[2]
    if step == "delete":
        require(by, subject.delete, record)
        if not record.is_deleted:
            raise NotUndoableError(_("“%s” is back already.") % record)
        return records.restore(record, by=by, at=at)
    if step in {"create", "restore"}:
        require(by, subject.delete, record)
        if record.is_deleted:
            raise NotUndoableError(_("“%s” is deleted already.") % record)
        return records.delete(record, by=by, at=at)
    require(by, subject.change, record)
    return _bring_back(record, row, by=by, at=at, is_strict=is_strict)


def _bring_back(record: Record, row: AuditRecord, *, by: User, at: datetime, is_strict: bool) -> AuditRecord:
    values, related, parts = _earlier(record, row.before)
    if not (values or related or parts):
        raise NotUndoableError(_("The log keeps no earlier values of this change."))
    if is_strict:
        _refuse_overtaken(record, row, {*values, *related, *parts})
    written = records.change(record, values, related=related, parts=parts, by=by, at=at)
    if written is None:
        raise NotUndoableError(_("The earlier values stand there already."))
    return written


def _refuse_overtaken(record: Record, row: AuditRecord, names: set[str]) -> None:
    now = facts.now(record, names)
    overtaken = sorted(name for name in names if now[name] != row.after.get(name))
    if overtaken:
        raise NotUndoableError(
            _("Somebody has changed this since: %s. Look at the history to choose what to bring back.")
            % ", ".join(overtaken).replace("_", " ")
        )


def _earlier(
    record: Record, before: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, list[models.Model]], dict[str, list[dict[str, Any]]]]:
    """What the log kept, as values, many-to-many rows and parts; what it kept only as words stays out."""
    values: dict[str, Any] = {}
    related: dict[str, list[models.Model]] = {}
    parts: dict[str, list[dict[str, Any]]] = {}
    for name, fact in before.items():
        if facts.part_relation(record, name) is not None:
            if all(isinstance(each, dict) for each in fact):
                parts[name] = _part_rows(record, name, fact)
            continue
        try:
            field: Any = record._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.many_to_many:
            if all(isinstance(each, dict) for each in fact):
                ids = [each["id"] for each in fact]
                related[name] = list(field.related_model._default_manager.filter(pk__in=ids))
        else:
            values[name] = _value(field, fact)
    return values, related, parts


def _part_rows(record: Record, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    fields = {field.name: field for field in facts.part_fields(facts.relation_named(record, name))}
    return [{key: _value(fields[key], fact) for key, fact in row.items() if key in fields} for row in rows]


def _value(field: Any, fact: Any) -> Any:
    """A field's value from the log; raises NotUndoableError where the record it names is gone."""
    if not field.is_relation or fact is None:
        return fact if isinstance(field, models.JSONField) or fact is None else field.to_python(fact)
    found = field.related_model._default_manager.filter(pk=fact["id"]).first()
    if found is None:
        raise NotUndoableError(_("“%s” is gone, so this cannot be brought back.") % fact["label"])
    return found
