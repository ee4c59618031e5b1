"""A record's fields, related rows and own parts as JSON values, and back again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from polyfolio.lib.fields import LabelField

Facts = dict[str, Any]
Parts = Mapping[str, Sequence[Mapping[str, Any]]]
Related = Mapping[str, Sequence[models.Model]]


def plain(value: Any) -> Any:
    """`value` as JSON can hold it; a record becomes its id and label."""
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": str(value)}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def of_fields(record: models.Model, names: Iterable[str]) -> Facts:
    """The named fields of `record`: what an audit row keeps before and after."""
    return {name: plain(getattr(record, name)) for name in names}


def of_related(rows: Iterable[models.Model]) -> list[Any]:
    """Many-to-many rows in one order, whoever asks."""
    return sorted((plain(row) for row in rows), key=lambda fact: (fact["label"], fact["id"]))


def of_related_now(record: models.Model, names: Iterable[str]) -> Facts:
    return {name: of_related(getattr(record, name).all()) for name in names}


def part_relation(record: models.Model | type[models.Model], name: str) -> models.ManyToOneRel | None:
    """The reverse foreign key called `name`, where `record` has one: rows that are part of it alone."""
    for relation in record._meta.related_objects:
        if isinstance(relation, models.ManyToOneRel) and relation.get_accessor_name() == name:
            return relation
    return None


def part_fields(relation: models.ManyToOneRel) -> list[models.Field[Any, Any]]:
    """The fields that a part carries itself: not its key, not the record it belongs to, nothing computed."""
    model: type[models.Model] = relation.related_model
    left_out = {relation.field.name}
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.name in left_out or getattr(field, "generated", False))
        and not isinstance(field, LabelField)
    ]


def of_part(part: models.Model, fields: Sequence[models.Field[Any, Any]]) -> Facts:
    return {field.name: plain(getattr(part, field.name)) for field in fields}


def of_parts_now(record: models.Model, names: Iterable[str]) -> Facts:
    """The rows that are part of `record`, by the name of the relation; one query a relation."""
    return {name: in_order(fact for fact, _row in rows_of_part(record, name)) for name in names}


def in_order(rows: Iterable[Facts]) -> list[Facts]:
    """Parts in one order, whoever lists them; where order means something they carry a position."""
    return sorted(rows, key=lambda fact: json.dumps(fact, sort_keys=True))


def rows_of_part(record: models.Model, name: str) -> list[tuple[Facts, models.Model]]:
    relation = relation_named(record, name)
    fields = part_fields(relation)
    to_one = [field.name for field in fields if field.is_relation]
    rows = getattr(record, name).all()
    rows = rows.select_related(*to_one) if to_one else rows
    return [(of_part(row, fields), row) for row in rows]


def relation_named(record: models.Model, name: str) -> models.ManyToOneRel:
    relation = part_relation(record, name)
    if relation is None:
        raise LookupError(f"{record._meta.label} has no parts called “{name}”.")
    return relation


def now(record: models.Model, names: Iterable[str]) -> Facts:
    """The named fields, many-to-many rows and parts as they stand."""
    parts = [name for name in names if part_relation(record, name) is not None]
    many = {field.name for field in record._meta.many_to_many}
    related = [name for name in names if name in many]
    plain_ones = [name for name in names if name not in {*parts, *related}]
    return of_fields(record, plain_ones) | of_related_now(record, related) | of_parts_now(record, parts)
