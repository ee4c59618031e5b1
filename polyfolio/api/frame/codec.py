"""How bodies are read and written: strict JSON, nothing that a database cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

NOTHING = "\x00"


class StrictParser(Parser):
    """JSON without NaN, lone surrogates and NUL, none of which every database can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        given = orjson.loads(request.body)
        if b"\\u0000" in request.body and has_nothing(given):
            raise ValueError("A text holds a NUL character.")
        return given

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The same for addresses; a value of `a,b` for a list is two values."""
        result = super().parse_querydict(data, list_fields, request)
        for name in list_fields:
            if name in result and all(isinstance(value, str) for value in result[name]):
                result[name] = [part for value in result[name] for part in value.split(",") if part]
        return result


def has_nothing(given: Any) -> bool:
    """Whether a NUL character stands anywhere in a parsed body."""
    if isinstance(given, str):
        return NOTHING in given
    if isinstance(given, Mapping):
        return any(has_nothing(key) or has_nothing(value) for key, value in given.items())
    return isinstance(given, list) and any(has_nothing(each) for each in given)


class Renderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002  # ninja's own
        return orjson.dumps(data, default=str)
