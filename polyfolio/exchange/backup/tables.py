"""Which tables a backup holds, and how a row becomes a line of JSON and back."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.apps import apps
from django.db import connection, models

# Made anew by Django or by us; a session or a search change means nothing elsewhere.
DERIVED = frozenset(
    {"sessions.session", "contenttypes.contenttype", "auth.permission", "search.searchchange", "search.searchorigin"}
)
CHUNK = 2000

Model = type[models.Model]


def tables() -> list[Model]:
    """Every concrete model that a backup holds, joining tables included, in a stable order."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return sorted(
        (model for model in found if not model._meta.proxy and model._meta.label_lower not in DERIVED),
        key=lambda model: model._meta.label_lower,
    )


def columns(model: Model) -> list[models.Field[Any, Any]]:
    """The stored columns of a table; generated ones are computed again by the database."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines(model: Model) -> Iterator[bytes]:
    """Every row of a table as one JSON array a line, in key order."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield orjson.dumps([_plain(value) for value in row], default=str) + b"\n"


def insert(model: Model, rows: list[list[Any]]) -> None:
    """Write rows as they were, keys included, past every save hook."""
    if not rows:
        return
    fields = columns(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  # our own names
    values = [
        [field.get_db_prep_save(_typed(field, value), connection) for field, value in zip(fields, row, strict=True)]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _typed(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)
