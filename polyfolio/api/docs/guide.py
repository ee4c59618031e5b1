"""The document as people read it: groups, calls with their parts, and the shapes they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from polyfolio.api.docs.document import METHODS
from polyfolio.api.docs.examples import as_text, curl, example_of, type_words
from polyfolio.api.docs.prose import line, prose

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    kind: str
    shape: str
    is_required: bool
    about: SafeString
    place: str = ""


@dataclass(frozen=True)
class Call:
    """One call: how, where, who may, with what, and what comes back."""

    id: str
    method: str
    path: str
    title: str
    about: SafeString
    parameters: Sequence[Field]
    body: Sequence[Field]
    typed: str
    answer: str
    status: str
    refusals: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    about: SafeString
    calls: Sequence[Call]


@dataclass(frozen=True)
class ShapePart:
    name: str
    about: SafeString
    fields: Sequence[Field]


def groups(document: Document, root: str) -> list[Group]:
    """Every call, in the order of the groups; `root` is the address of this installation."""
    calls: dict[str, list[Call]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                calls.setdefault(operation["tags"][0], []).append(_call(document, root, path, method, operation))
    return [
        Group(f"group-{slugify(tag['name'])}", tag["name"], prose(tag["description"]), calls.get(tag["name"], []))
        for tag in document["tags"]
    ]


def shapes(document: Document) -> list[ShapePart]:
    """Every shape that an answer or a body is made of."""
    found: Mapping[str, Mapping[str, Any]] = document["components"]["schemas"]
    return [
        ShapePart(name, prose(str(schema.get("description", ""))), list(_fields(schema)))
        for name, schema in sorted(found.items())
        if schema.get("type") == "object"
    ]


def _call(document: Document, root: str, path: str, method: str, operation: Mapping[str, Any]) -> Call:
    schemas = document["components"]["schemas"]
    media, body = _body(operation, schemas)
    example = example_of(body, schemas) if body else None
    is_open = {} in operation["security"]
    is_upload = media == "multipart/form-data"
    status, details = next((status, each) for status, each in operation["responses"].items() if status.startswith("2"))
    schema = details.get("content", {}).get("application/json", {}).get("schema", {})
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation["summary"],
        about=prose(operation["description"]),
        parameters=[_parameter(each) for each in operation["parameters"] if "name" in each],
        body=list(_fields(body)),
        typed=curl(method.upper(), f"{root}{path}", example, is_open=is_open, is_upload=is_upload),
        answer=as_text(example_of(schema, schemas)) if schema else "",
        status=status,
        refusals=[
            (code, document["components"]["responses"][f"Refused{code}"]["description"])
            for code in operation["responses"]
            if code.startswith("4")
        ],
    )


def _body(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    content = operation.get("requestBody", {}).get("content", {})
    for media, each in content.items():
        schema = each["schema"]
        return media, schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return "", {}


def _parameter(given: Mapping[str, Any]) -> Field:
    schema = given["schema"]
    return Field(
        name=given["name"],
        kind=type_words(schema),
        shape="",
        is_required=given.get("required", False),
        about=line(given.get("description", "")),
        place=given["in"],
    )


def _fields(schema: Mapping[str, Any]) -> Iterator[Field]:
    required = set(schema.get("required", ()))
    for name, each in schema.get("properties", {}).items():
        yield Field(
            name=name,
            kind=type_words(each),
            shape=_shape_of(each),
            is_required=name in required,
            about=line(str(each.get("description", ""))),
        )


def _shape_of(schema: Mapping[str, Any]) -> str:
    """The shape that a field is made of, for a link to it; empty where it is none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for union in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(union, ()):
            if found := _shape_of(each):
                return found
    return _shape_of(schema["items"]) if "items" in schema else ""
