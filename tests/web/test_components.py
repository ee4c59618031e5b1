"""What every template keeps to, and that each component and picture draws."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from polyfolio.web.styleguide.samples import everything

TEMPLATES = Path(__file__).resolve().parents[2] / "polyfolio" / "web" / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
PARTS = {"brand_mark", "icon", "search_box", "badge/avatar", "badge/zone_swatch", "badge/series_swatch", "form/errors"}
"""Components that other components bring."""


def named(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.fixture
def style_page() -> str:
    return render_to_string("styleguide.html", everything(), RequestFactory().get("/"))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_template_has_nothing_the_policy_blocks(path):
    text = path.read_text()

    found = re.findall(r"\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/)|\shx-on|\son[a-z]+=|javascript:", text)
    assert found == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_dynamic_attributes_of_components_hold_no_filter(path):
    """Cotton resolves `:name="value|filter"` to nothing; `name="{{ value|filter }}"` is meant."""
    found = re.findall(r'\s:[a-z_]+="[^"{]*\|[^"]*"', path.read_text())
    assert found == []


def test_style_page_draws_every_picture(style_page):
    assert style_page.count('<figure class="picture') == 12


def test_every_component_stands_on_the_style_page():
    page = (TEMPLATES / "styleguide.html").read_text()
    missing = []
    for path in sorted((TEMPLATES / "cotton").rglob("*.html")):
        name = str(path.relative_to(TEMPLATES / "cotton")).removesuffix(".html").removesuffix("/index")
        if name not in PARTS and f"<c-{name.replace('/', '.').replace('_', '-')}" not in page:
            missing.append(name)
    assert missing == []


def test_ids_are_unique(style_page):
    ids = re.findall(r'\sid="([^"]+)"', style_page)

    assert sorted({each for each in ids if ids.count(each) > 1}) == []


def test_coordinates_are_not_localised():
    with translation.override("fr"):
        page = render_to_string("styleguide.html", everything(), RequestFactory().get("/"))

    numbers = re.findall(r'\s(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"', page)
    assert [each for each in numbers if not re.fullmatch(r"-?\d+(\.\d+)?|\.\d+", each)] == []


def test_address_opens_the_table_of_one_picture():
    page = render_to_string("styleguide.html", everything(), RequestFactory().get("/?picture-mix=table"))

    assert page.count("<details data-twin open>") == 1
