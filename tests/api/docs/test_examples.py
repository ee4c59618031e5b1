from __future__ import annotations

from typing import Any

import pytest

from polyfolio.api.docs.examples import curl, example_of, type_words

SCHEMAS: dict[str, Any] = {
    "Ring": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Ring"}}},
    "Name": {"type": "string", "examples": ["Ada"]},
}


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string", "format": "date"}, "2025-11-03"),
        ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 1),
        ({"enum": ["mis", "enh"]}, "mis"),
        ({"const": "POST"}, "POST"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Name"}}, ["Ada"]),
        ({"type": "string", "default": "POST"}, "POST"),
        ({"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"}}}, {"name": "Ada"}),
        ({}, {}),
    ],
)
def test_example_fits_its_schema(schema: dict[str, Any], example: object) -> None:
    assert example_of(schema, SCHEMAS) == example


def test_example_of_a_ring_ends() -> None:
    assert str(example_of({"$ref": "#/components/schemas/Ring"}, SCHEMAS)).count("next") == 6


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array", "items": {"type": "integer"}}, "list of whole number"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
        ({"enum": ["a", "b"]}, "a | b"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "language → text"),
        ({"$ref": "#/components/schemas/Name"}, "Name"),
        ({"type": "string", "format": "date"}, "date"),
        ({}, "any"),
    ],
)
def test_type_reads_as_words(schema: dict[str, Any], words: str) -> None:
    assert type_words(schema) == words


def test_call_is_written_as_one_types_it() -> None:
    assert curl("GET", "https://x.example/api", is_open=True) == "curl https://x.example/api"
    assert curl("PUT", "https://x.example/api", {"a": 1}, is_open=False) == (
        "curl -X PUT https://x.example/api \\\n"
        '  -H "Authorization: Bearer $POLYFOLIO_TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        "  -d '{\n  \"a\": 1\n}'"
    )
    assert curl("POST", "https://x.example/api", is_open=False, is_upload=True).endswith("-F file=@activities.xml")
