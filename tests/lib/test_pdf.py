"""Printed reports: what people write is printed as it stands and never read as markup."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from django.conf import settings
from django.template import engines
from django.utils.translation import gettext_lazy
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from polyfolio.lib.pdf import PdfError, pdf

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
PAGE = """#import "/pdf/base.typ": data, report, grid-of, picture
#show: report
== #data.heading
#for line in data.lines [#par(line)]
#grid-of(("Facet", "Share"), data.rows)
#if "svg" in data { picture(data.svg, "A square") }
"""
MARKUP = [
    "#import sys: inputs",
    '#read("/base.html")',
    '#eval("1+1")',
    '#panic("out")',
    "*bold* _it_ `raw` $x^2$ <label> @label \\ ] } )",
    "// comment /* open",
    '"; #pagebreak()',
    "= Heading\n== Another",
    "https://example.org/#x",
    "\\u{41} \x00\x07",
]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A template of its own beside the base, in a folder that stands where the page templates stand."""
    shutil.copytree(Path(settings.TEMPLATES[0]["DIRS"][0]) / "pdf", tmp_path / "pdf")
    (tmp_path / "page.typ").write_text(PAGE)
    monkeypatch.setattr(engines["django"].engine, "dirs", [tmp_path])
    return "page.typ"


def data(**values: Any) -> dict[str, Any]:
    return {"title": "A report", "language": "en", "heading": "One", "lines": [], "rows": [["MIS", "25 %"]], **values}


def pages(made: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", made)
    return int(found[1]) if found else 0


def test_pdf_is_an_archive_that_a_screen_reader_can_read(page: str) -> None:
    made = pdf(page, data(lead=gettext_lazy("Lead"), kicker="Kicker", made="4 March 2026", footer="Polyfolio"), at=AT)

    assert made.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in made
    assert b"pdfaid:part" in made
    assert b"LibertinusSerif" in made


def test_same_data_and_moment_give_the_same_bytes(page: str) -> None:
    assert pdf(page, data(), at=AT) == pdf(page, data(), at=AT)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(page: str, text: str) -> None:
    made = pdf(page, data(title=text, heading=text, lines=[text], rows=[[text, text]]), at=AT)

    assert b"pdfuaid:part" in made
    assert pages(made) == 1


def test_long_text_runs_over_pages(page: str) -> None:
    made = pdf(page, data(lines=["A sentence of some length. " * 400] * 3), at=AT)

    assert pages(made) > 3


def test_letters_outside_the_fonts_give_a_plain_file(page: str) -> None:
    made = pdf(page, data(heading="東京"), at=AT)

    assert made.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" not in made


def test_drawings_are_printed(page: str) -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9Z"/></svg>'

    assert b"pdfuaid:part" in pdf(page, data(svg=square), at=AT)


@pytest.mark.parametrize("name", ["none.typ", "../secret.typ", "/etc/passwd", "pdf", ""])
def test_only_templates_of_ours(page: str, name: str) -> None:
    with pytest.raises(PdfError):
        pdf(name, data())


def test_missing_data_is_an_error_that_names_the_template(page: str) -> None:
    with pytest.raises(PdfError, match=r"page\.typ"):
        pdf(page, {"title": "A report"})


@given(st.text(max_size=200))
@examples(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_printed(page: str, text: str) -> None:
    assert pdf(page, data(title=text, heading=text, lines=[text], rows=[[text, "1"]])).startswith(b"%PDF")


def test_reading_the_text_back(page: str, tmp_path: Path) -> None:
    """Typst itself says what stands on the page: the heading's body is one text, with every sign in it."""
    (tmp_path / "ask.typ").write_text("#let data = json(bytes(sys.inputs.data))\n#heading(data.title)")
    found = typst.query(
        tmp_path / "ask.typ", "heading", field="body", one=True, sys_inputs={"data": '{"title": "#panic(1) *x*"}'}
    )

    assert '"text":"#panic(1) *x*"' in found.replace(" :", ":").replace('": "', '":"')
