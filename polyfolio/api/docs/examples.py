"""Examples from schemas: what a body or an answer may look like, and how to send it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Schemas = Mapping[str, Mapping[str, Any]]

BY_FORMAT = {
    "date": "2025-11-03",
    "date-time": "2025-11-03T12:00:00Z",
    "uuid": "0f7d9a52-7f0a-4a4e-9b5f-5b0c8f3f6f11",
    "uri": "https://example.org/",
    "email": "somebody@example.org",
    "binary": "(a file)",
}
BY_TYPE: dict[str, Any] = {"string": "…", "integer": 1, "number": 0.5, "boolean": True, "null": None}
DEEPEST = 6


def example_of(schema: Mapping[str, Any], schemas: Schemas, *, depth: int = 0) -> Any:
    """A value that fits `schema`, made of its own examples where it has any."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return example_of(schemas[name], schemas, depth=depth + 1) if depth < DEEPEST else {}
    for union in ("allOf", "anyOf", "oneOf"):
        if union in schema:
            kinds = [each for each in schema[union] if each.get("type") != "null"] or schema[union]
            return example_of(kinds[0], schemas, depth=depth)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    return _of_type(schema, schemas, depth)


def _of_type(schema: Mapping[str, Any], schemas: Schemas, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: example_of(each, schemas, depth=depth) for name, each in properties.items()}
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas, depth=depth)] if depth < DEEPEST else []
    if schema.get("default") not in (None, "", [], {}):
        return schema["default"]
    return BY_FORMAT.get(str(schema.get("format")), BY_TYPE.get(str(kind), {}))


def as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def curl(method: str, address: str, body: Any = None, *, is_open: bool, is_upload: bool = False) -> str:
    """The call as one types it."""
    lines = [f"curl {'' if method == 'GET' else f'-X {method} '}{address}"]
    if not is_open or method != "GET":
        lines.append('-H "Authorization: Bearer $POLYFOLIO_TOKEN"')
    if is_upload:
        lines.append("-F file=@activities.xml")
    elif body is not None:
        lines.append('-H "Content-Type: application/json"')
        lines.append(f"-d '{as_text(body)}'")
    return " \\\n  ".join(lines)


def type_words(schema: Mapping[str, Any]) -> str:
    """A field's type in a word or two: `text`, `number or nothing`, `list of …`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for union in ("allOf", "anyOf", "oneOf"):
        if union in schema:
            return " or ".join(dict.fromkeys(type_words(each) for each in schema[union]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {type_words(schema.get('items', {}))}"
    if schema.get("type") == "object" and "additionalProperties" in schema:
        return "language → text"
    words = {"string": "text", "integer": "whole number", "boolean": "yes or no", "null": "null", "object": "object"}
    by_format = {"date": "date", "date-time": "instant", "binary": "file", "uri": "address"}
    return by_format.get(str(schema.get("format")), words.get(str(schema.get("type")), str(schema.get("type", "any"))))
