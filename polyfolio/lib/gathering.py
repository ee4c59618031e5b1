"""Several small lists around one record, read with one query instead of one each."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject

# What JSON does not carry the same way in every database; a row that is gathered reads it when asked for it.
LEFT_OUT = (models.DateTimeField, models.BinaryField, models.UUIDField)


def gather(record: models.Model, names: Iterable[str]) -> dict[str, list[Any]]:
    """The rows of `record.<name>.all()` by name, for reverse foreign keys and many-to-many fields: one query for all.

    For parts that are few and small: numbers pass through JSON, so amounts of money do not belong here.
    """
    managers = {name: getattr(record, name) for name in names}
    first, *others = [_question(name, manager) for name, manager in managers.items()]
    answered = first.union(*others, all=True) if others else first
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in answered:
        rows[name].append(row)
    return {name: _made(record, manager, rows[name]) for name, manager in managers.items()}


def _question(name: str, manager: Any) -> QuerySet[Any, Any]:
    columns = {field.attname: F(field.attname) for field in _fields(manager.model)}
    found: QuerySet[Any, Any] = manager.order_by().annotate(
        relation=Value(name, output_field=CharField()), row=JSONObject(**columns)
    )
    return found.values_list("relation", "row")


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, LEFT_OUT)]


def _made(record: models.Model, manager: Any, rows: list[dict[str, Any]]) -> list[Any]:
    model, fields = manager.model, _fields(manager.model)
    names = [field.attname for field in fields]
    made = [
        model.from_db(DEFAULT_DB_ALIAS, names, [_value(each, row[each.attname]) for each in fields]) for row in rows
    ]
    for key in reversed((*model._meta.ordering, "pk")):
        made.sort(key=functools.partial(_rank, key.removeprefix("-")), reverse=key.startswith("-"))
    back = getattr(manager, "field", None)
    if back is not None and back.many_to_one:
        for each in made:
            setattr(each, back.name, record)
    return made


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    return field.to_python(value)


def _rank(name: str, row: Any) -> tuple[bool, Any]:
    """What a row is sorted by; those without a value come first, as in SQLite."""
    value = getattr(row, name)
    return (value is not None, value)
