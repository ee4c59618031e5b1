"""Every template compiles, and every route it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from tests.house.test_routes import routes

PACKAGE = Path(__file__).resolve().parents[2] / "polyfolio"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
NAMED = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")


def name_of(path: Path) -> str:
    return str(path).partition("/templates/")[2]


def route_names() -> set[str]:
    names = {pattern.name for _address, pattern in routes() if pattern.name}
    spaces = {
        f"{space}:{pattern.name}"
        for space, (_address, resolver) in get_resolver().namespace_dict.items()
        for pattern in resolver.url_patterns
    }
    return names | spaces


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles(path):
    assert get_template(name_of(path)) is not None


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_names_routes_that_exist(path):
    named = set(NAMED.findall(path.read_text(encoding="utf-8")))

    assert named - route_names() == set()
