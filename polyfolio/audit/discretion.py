"""Rows of the log as one reader may read them: a change names other records, and not everybody sees those."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from polyfolio.audit.facts import Facts, part_relation
from polyfolio.audit.models import AuditRecord
from polyfolio.audit.subjects import Subject, all_subjects, subject_of
from polyfolio.audit.visibility import KeptQuerySet, Viewer
from polyfolio.people.access import access_of
from polyfolio.people.rules import may

Model = type[models.Model]
Unseen = Mapping[Model, frozenset[int]]


def readable(rows: Sequence[AuditRecord], *, user: Viewer, record: Any) -> list[AuditRecord]:
    """Copies of rows about `record` without its personal fields, where the reader may not change it, and without the
    names of other records that the reader does not see; of what happened inside one of those, only that it happened.

    One query for each kind of record that the rows name.
    """
    if not rows:
        return []
    subject = subject_of(rows[0].subject_type)
    hidden = _personal(user, subject, record)
    named: dict[Model, set[int]] = defaultdict(set)
    for row in rows:
        named_here = (*_surroundings(subject, row), *_references(subject, row.before), *_references(subject, row.after))
        for model, fact in named_here:
            named[model].add(fact["id"])
    unseen = {model: frozenset(ids - _seen(model, ids, user)) for model, ids in named.items()}
    return [_without(row, subject, hidden, unseen) for row in rows]


def _personal(user: Viewer, subject: Subject | None, record: Any) -> frozenset[str]:
    """The personal fields of a record, for whoever may not change it."""
    if subject is None or not subject.personal or may(user, subject.change, record):
        return frozenset()
    return subject.personal


def _without(row: AuditRecord, subject: Subject | None, hidden: frozenset[str], unseen: Unseen) -> AuditRecord:
    found = copy.copy(row)
    if any(fact["id"] in unseen.get(model, ()) for model, fact in _surroundings(subject, row)):
        found.before, found.after, found.reason = {}, {}, ""
        return found
    for side in ("before", "after"):
        kept = {name: value for name, value in getattr(row, side).items() if name not in hidden}
        if any(unseen.values()):
            kept = copy.deepcopy(kept)
            for model, fact in _references(subject, kept):
                if fact["id"] in unseen.get(model, ()):
                    fact["label"] = _("a record that you do not see")
        setattr(found, side, kept)
    return found


def _surroundings(subject: Subject | None, row: AuditRecord) -> Iterator[tuple[Model, dict[str, Any]]]:
    """Records in which the change took place and that are no field of its subject, as the portfolio of a placement."""
    fields = {field.name for field in subject.model._meta.get_fields()} if subject is not None else set()
    for name, fact in (*row.before.items(), *row.after.items()):
        where = subject_of(name)
        if where is not None and name not in fields and isinstance(fact, dict) and set(fact) == {"id", "label"}:
            yield where.model, fact


def _references(subject: Subject | None, facts: Facts) -> Iterator[tuple[Model, dict[str, Any]]]:
    """Every `{id, label}` among the facts, and the model it is of: foreign keys, many-to-many rows, those of parts."""
    if subject is None:
        return
    for name, value in facts.items():
        relation = part_relation(subject.model, name)
        for fact in value if isinstance(value, list) else [value]:
            if not isinstance(fact, dict):
                continue
            if relation is None:
                yield from _reference(subject.model, name, fact)
            else:
                for own, held in fact.items():
                    yield from _reference(relation.related_model, own, held)


def _reference(model: Model, name: str, fact: Any) -> Iterator[tuple[Model, dict[str, Any]]]:
    if not isinstance(fact, dict) or set(fact) != {"id", "label"}:
        return
    try:
        target = model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        return
    if isinstance(target, type):
        yield target, fact


def _seen(model: Model, ids: set[int], user: Viewer) -> set[int]:
    """Those of `ids` that the reader may see, the deleted ones among them; rows that nobody hides are all seen."""
    access = access_of(user)
    if access.is_admin:
        return ids
    rows: Any = model._default_manager.filter(pk__in=ids)
    if isinstance(rows, KeptQuerySet):
        rows = rows.filter(rows.seen_by(access))
    elif (subject := next((each for each in all_subjects().values() if each.model is model), None)) is not None:
        rows = subject.visible(user).filter(pk__in=ids)
    else:
        return ids
    return set(rows.order_by().values_list("pk", flat=True))
