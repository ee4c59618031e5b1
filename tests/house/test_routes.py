"""Every route says who may open it, and every verb it asks for has a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from polyfolio.lib.permissions import is_known
from polyfolio.web.pages import WhoMay


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the installation with its whole address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern


# The API declares and tests its own; allauth's pages ask for what they need themselves.
OURS = [
    (address, pattern)
    for address, pattern in routes()
    if getattr(pattern.callback, "__module__", "").startswith("polyfolio.web.")
]


@pytest.mark.parametrize(("address", "pattern"), OURS, ids=[address for address, _pattern in OURS])
def test_route_declares_who_may(address, pattern):
    declared = getattr(pattern.callback, "who_may", None)

    assert isinstance(declared, WhoMay)
    assert declared.kind in {"public", "signed_in"} or is_known(declared.verb)


def test_routes_are_found():
    assert len(OURS) > 40


def test_routes_have_different_names():
    names = [pattern.name for _address, pattern in OURS if pattern.name]

    assert sorted(names) == sorted(set(names))
