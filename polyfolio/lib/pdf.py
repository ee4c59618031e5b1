"""Printed reports: a Typst template of ours and plain data become a tagged PDF.

What people wrote travels as JSON and is never read as markup, so that no text can change the page or open a file.
A template reads it with `#let data = json(bytes(sys.inputs.data))`; `pdf/base.typ` does so and sets the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import orjson
import typst
from django.template.engine import Engine

ACCESSIBLE: list[typst.PDFStandard] = ["a-2a", "ua-1"]


class PdfError(RuntimeError):
    """A template of ours does not compile with the data it was given."""


def pdf(template: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """`template` (a `.typ` file among the page templates) filled with `data`, as PDF/A-2a and PDF/UA-1.

    Where a letter is in none of the fonts that come with us, no archive standard allows the file: then it is a plain
    tagged PDF. `at` is the moment the file says it was made at; the same data and moment give the same bytes.
    """
    root, path = _find(template)
    compiler = typst.Compiler(
        input=path, root=root, ignore_system_fonts=True, sys_inputs={"data": orjson.dumps(_plain(data)).decode()}
    )
    moment = None if at is None else int(at.timestamp())
    try:
        return cast(bytes, compiler.compile(format="pdf", pdf_standards=ACCESSIBLE, timestamp=moment))
    except typst.TypstError:
        pass
    try:
        return cast(bytes, compiler.compile(format="pdf", timestamp=moment))
    except typst.TypstError as error:
        raise PdfError(f"{template}: {error}") from error


def _find(template: str) -> tuple[Path, Path]:
    """The folder of templates and the file in it; a name that leads out of the folder finds nothing."""
    for folder in Engine.get_default().dirs:
        root = Path(folder).resolve()
        path = (root / template).resolve()
        if path.suffix == ".typ" and path.is_relative_to(root) and path.is_file():
            return root, path
    raise PdfError(f"There is no template {template}.")


def _plain(value: Any) -> Any:
    """What JSON can hold; lazy texts become text, and letters that no page shows (controls) are left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    text = str(value)
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"})
