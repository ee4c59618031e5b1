"""What stood here before an import changed it, small enough to keep for each activity, and back again."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.db import models

from polyfolio.exchange.iati.writing.mapping.parts import PARTS, RESULTS, Row
from polyfolio.exchange.iati.writing.merging import Merged
from polyfolio.exchange.iati.writing.results import INDICATOR, RESULT, VALUE, ResultTree
from polyfolio.exchange.iati.writing.standing import Standing
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.models import Indicator, IndicatorValue, Result

SOURCE_COLUMNS = ("version", "content_hash", "content", "context", "reporter_ref", "is_secondary", "read_at")


def pack(
    merged: Merged, *, values: Mapping[str, Any], around: Standing, source: Mapping[str, Any] | None, links: list[Any]
) -> bytes:
    """What `merged` is about to change, as it stands: fields, whole parts, the source record (None where there was
    none) and what the source stated about others.
    """
    kept = {
        "values": {name: values[name] for name in (*merged.values, "last_substantive_update_at")},
        "parts": {name: [row for _pk, row in around.rows[name]] for name in merged.parts if name != RESULTS},
        "results": [tree for _pk, tree in around.results] if RESULTS in merged.parts else None,
        "source": source,
        "links": links,
    }
    return zlib.compress(orjson.dumps(kept, default=_plain))


def unpack(packed: bytes) -> dict[str, Any]:
    """The same again, with values as the columns hold them."""
    kept: dict[str, Any] = orjson.loads(zlib.decompress(packed))
    kept["values"] = {name: _value(Initiative, name, value) for name, value in kept["values"].items()}
    kept["parts"] = {
        name: [_row(PARTS[name].model, PARTS[name].columns, row) for row in rows]
        for name, rows in kept["parts"].items()
    }
    if kept["results"] is not None:
        kept["results"] = [_tree(tree) for tree in kept["results"]]
    if kept["source"] is not None:
        kept["source"] = _source(kept["source"])
    return kept


def _tree(tree: list[Any]) -> ResultTree:
    columns, indicators = tree
    return (
        _row(Result, RESULT, columns),
        tuple(
            (_row(Indicator, INDICATOR, own), tuple(_row(IndicatorValue, VALUE, row) for row in values))
            for own, values in indicators
        ),
    )


def _row(model: type[models.Model], columns: tuple[str, ...], row: list[Any]) -> Row:
    return tuple(_value(model, name, value) for name, value in zip(columns, row, strict=True))


def _value(model: type[models.Model], name: str, value: Any) -> Any:
    field: Any = model._meta.get_field(name.removesuffix("_id"))
    if value is None or field.is_relation or isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def _source(source: dict[str, Any]) -> dict[str, Any]:
    for name in ("content_hash", "content"):
        source[name] = base64.b64decode(source[name])
    source["read_at"] = datetime.fromisoformat(source["read_at"])
    return source


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value)
