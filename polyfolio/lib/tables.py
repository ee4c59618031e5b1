"""A list as a file: the same rows and columns as on the page, as CSV or XLSX, without holding them in memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any, Generic, TypeVar

import xlsxwriter
from django_stubs_ext import StrOrPromise

Row = TypeVar("Row")
Value = str | int | float | Decimal | date | datetime | bool | None

# A spreadsheet takes a cell that begins with one of these for a formula and would run it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
XLSX_LONGEST_CELL = 32_767
XLSX_MOST_ROWS = 1_048_575


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a list: its name in addresses, its label, its value per row, and what it sorts by.

    `sort` holds names for `order_by`, ascending. `is_default` columns are shown until the reader chooses. `href`
    is the page that the cell opens.
    """

    name: str
    label: StrOrPromise
    value: Callable[[Row], Any]
    sort: tuple[str, ...] = ()
    is_default: bool = True
    is_number: bool = False
    href: Callable[[Row], str] | None = None


class _Echo:
    """csv writes into it and gets the line back, so that lines can be streamed."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """The table as CSV lines (UTF-8 with a byte-order mark, so that spreadsheets read accents)."""
    writer: Any = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(column.label) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(column.value(row)) for column in columns])


def xlsx_file(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> IO[bytes]:
    """The table as a workbook in a temporary file, at its beginning; memory does not grow with the rows."""
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(column.label), bold)
    for number, row in enumerate(rows, start=1):
        if number > XLSX_MOST_ROWS:
            break
        for place, column in enumerate(columns):
            _write_cell(sheet, number, place, column.value(row), day)
    sheet.freeze_panes(1, 0)
    book.close()
    target.seek(0)
    return target


def _csv_cell(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, str):
        return f"'{plain}" if plain.startswith(FORMULA_SIGNS) else plain
    return plain.isoformat() if isinstance(plain, date) else plain


def _write_cell(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    plain = _plain(value)
    if isinstance(plain, bool):
        sheet.write_boolean(row, place, plain)
    elif isinstance(plain, int | float | Decimal):
        sheet.write_number(row, place, plain)
    elif isinstance(plain, date):
        sheet.write_datetime(row, place, plain, day)
    elif plain:
        sheet.write_string(row, place, plain[:XLSX_LONGEST_CELL])


def _plain(value: Any) -> Any:
    """Numbers and dates stay what they are; several values become one cell; everything else its text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).date()
    if isinstance(value, str | int | float | Decimal | date):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(str(item) for item in value)
    return str(value)
