"""Many rows at once, past the ORM: what an import of a big file needs. Nothing is checked here; callers did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection, models

Model = type[models.Model]
Row = Sequence[Any]
Convert = Callable[[Any], Any]

# PostgreSQL takes many rows in one statement; SQLite is quickest with one statement run many times.
POSTGRES_PARAMETERS = 20_000
ADAPTED = (models.DateField, models.DecimalField, models.BooleanField)


def reserve(model: Model, count: int) -> Sequence[int]:
    """Keys for `count` new rows of `model`, inside the transaction that inserts them."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return range(first, first + count)


def insert(model: Model, names: Sequence[str], rows: Iterable[Row], **shared: Any) -> None:
    """Insert `rows`, each the values of `names` (columns' attribute names, `id` among them where reserved).

    `shared` are values that all rows have in common; every other column gets its default.
    """
    given = tuple(names)
    statement, converters, makers, columns = _plan(model, given, tuple(shared))
    constants = [_converter(field)(shared[field.attname]) for field in columns if field.attname in shared]
    prepared = [_prepared(row, converters, constants, makers) for row in rows]
    if not prepared:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _insert_at_once(cursor, statement, prepared)
        else:
            cursor.executemany(statement, prepared)


def as_json(value: Any) -> str:
    """JSON as both databases store it."""
    if not value and isinstance(value, dict):
        return "{}"
    return orjson.dumps(value).decode()


def _prepared(
    row: Row, converters: Sequence[tuple[int, Convert]], constants: list[Any], makers: Sequence[Callable[[], Any]]
) -> list[Any]:
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    values += constants
    if makers:
        values += [make() for make in makers]
    return values


def _insert_at_once(cursor: Any, statement: str, rows: list[list[Any]]) -> None:
    width = len(rows[0])
    marks = f"({', '.join(['%s'] * width)})"
    head = statement[: statement.rindex("(")]
    step = max(1, POSTGRES_PARAMETERS // width)
    for start in range(0, len(rows), step):
        chunk = rows[start : start + step]
        cursor.execute(head + ", ".join([marks] * len(chunk)), [value for row in chunk for value in row])


@lru_cache(maxsize=256)
def _plan(
    model: Model, names: tuple[str, ...], shared: tuple[str, ...]
) -> tuple[str, tuple[tuple[int, Convert], ...], tuple[Callable[[], Any], ...], tuple[Any, ...]]:
    """The statement, what to convert at which place, what to make anew for each row, and the columns in order."""
    fields = {field.attname: field for field in model._meta.concrete_fields if not getattr(field, "generated", False)}
    order = [fields[name] for name in (*names, *shared)]
    left = [field for name, field in fields.items() if name not in {*names, *shared} and not field.primary_key]
    columns = (*order, *left)
    converters = tuple(
        (place, _converter(field)) for place, field in enumerate(order[: len(names)]) if _needs_conversion(field)
    )
    quote = connection.ops.quote_name
    listed = ", ".join(quote(str(field.column)) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({marks})"  # noqa: S608  # our own names
    return statement, converters, tuple(_maker(field) for field in left), columns


def _maker(field: models.Field[Any, Any]) -> Callable[[], Any]:
    """What a column that nobody named gets, as the database takes it."""
    convert = _converter(field)
    if callable(field.default) and not isinstance(field, models.JSONField):
        return lambda: convert(field.get_default())
    constant = convert(field.get_default())
    return lambda: constant


def _needs_conversion(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.JSONField | models.DateTimeField | models.UUIDField):
        return True
    # SQLite's driver adapts whatever is no plain text or number, at five times the price of doing it here.
    return connection.vendor == "sqlite" and isinstance(field, ADAPTED)


def _converter(field: models.Field[Any, Any]) -> Convert:
    if isinstance(field, models.JSONField):
        return as_json
    if isinstance(field, models.DateTimeField):
        return _instant
    if isinstance(field, models.UUIDField):
        return lambda value: field.get_db_prep_value(value, connection)
    if connection.vendor == "postgresql":
        return _same
    if isinstance(field, models.DateField):
        return _day
    if isinstance(field, models.DecimalField):
        return _digits
    return _bit if isinstance(field, models.BooleanField) else _same


def _instant(value: datetime | None) -> Any:
    if value is None or connection.vendor == "postgresql":
        return value
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _bit(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _same(value: Any) -> Any:
    return value
