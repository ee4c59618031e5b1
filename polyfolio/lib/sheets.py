"""Tables that people bring (CSV, XLSX, ODS) as rows of plain values: no formula and no script, only what is shown."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, load_workbook

from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.tables import FORMULA_SIGNS

MOST_BYTES = 5_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
LONGEST_CELL = 500_000
DELIMITERS = (";", ",", "\t")

Cell = str | int | float | bool | date
Table = list[list[Cell]]


class SheetError(RefusedError):
    """A file is no table that can be read; the message says what to do."""


def read(content: bytes, *, most_rows: int = MOST_ROWS) -> Table:
    """The first sheet with anything in it; row 1 of the file is row 0 here. At most `most_rows` below the headings.

    The kind is told by the content, not by the name. Raises SheetError.
    """
    if not content.strip():
        raise SheetError(_("The file is empty."), field="file")
    if len(content) > MOST_BYTES:
        raise SheetError(
            _("The file is larger than %s MB. Bring it in parts.") % (MOST_BYTES // 1_000_000), field="file"
        )
    is_book = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    table = _book(content, most_rows) if is_book else _text(content, most_rows)
    while table and not any(cell != "" for cell in table[-1]):
        table.pop()
    if not table:
        raise SheetError(_("The file is empty."), field="file")
    if len(table) > most_rows + 1:
        raise SheetError(_("The table has more than %s rows. Bring it in parts.") % f"{most_rows:,}", field="file")
    if max(map(len, table)) > MOST_COLUMNS:
        raise SheetError(_("The table has more than %s columns.") % MOST_COLUMNS, field="file")
    return table


def too_large() -> SheetError:
    sentence = _("The file is larger than %s MB. Bring it in parts.") % (MOST_BYTES // 1_000_000)
    return SheetError(sentence, field="file")


def _book(content: bytes, most_rows: int) -> Table:
    unreadable = _("The file cannot be read as a table. Save it as XLSX, ODS or CSV, without a password.")
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                    raise SheetError(_("The file unpacks to more than a table of this size can need."), field="file")
        book = load_workbook(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most_rows + 2)
            if any(cell not in ("", None) for row in rows for cell in row):
                return [[_cell(value) for value in row] for row in rows]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as problem:
        if isinstance(problem, SheetError):
            raise
        raise SheetError(unreadable, field="file") from problem
    return []


def _cell(value: Any) -> Cell:
    """A book's cell as a plain value; what is no text, number, truth or day becomes its text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _unescaped(value.strip())
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float | date):
        return value
    return str(value) if isinstance(value, clock | timedelta) else ""


def _text(content: bytes, most_rows: int) -> Table:
    text = decoded(content)
    if "\x00" in text:
        raise SheetError(
            _("The file cannot be read as a table. Save it as XLSX, ODS or CSV, without a password."), field="file"
        )
    rows: Table = []
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        for row in reader:
            rows.append([_unescaped(cell.strip()) for cell in row])
            if len(rows) > most_rows + 1:
                break
    except csv.Error as problem:
        raise SheetError(
            _("Line %s cannot be read. Is a quotation mark missing before it?") % reader.line_num, field="file"
        ) from problem
    return rows


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a mark, else in the code page of Western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    head = content[:2000]
    if head.count(0) > len(head) // 4:
        return content.decode("utf-16-be" if head[:1] == b"\x00" else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """What parts the headings: counted outside quotation marks, to the end of the first line that says anything."""
    counts = dict.fromkeys(DELIMITERS, 0)
    is_quoted, has_any = False, False
    for letter in text:
        if letter == '"':
            is_quoted = not is_quoted
        elif letter in counts and not is_quoted:
            counts[letter] += 1
        elif letter in "\r\n" and not is_quoted and has_any:
            break
        has_any = has_any or not letter.isspace()
    best = max(DELIMITERS, key=lambda each: counts[each])
    return best if counts[best] else ","


def _unescaped(text: str) -> str:
    """Without the apostrophe that our own files put before a sign of formulas."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def shown(value: Cell, *, longest: int = 120) -> str:
    """A cell in a sentence."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def blank(row: Sequence[Cell]) -> bool:
    return all(cell == "" for cell in row)
