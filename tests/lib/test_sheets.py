"""Reading tables that people bring: kinds, encodings, separators, limits, and nothing but values."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib import sheets
from polyfolio.lib.sheets import SheetError, delimiter_of, read

ROWS = [["Titre", "Pourquoi"], ["Été", "deux\nlignes; oui"]]


def book(rows: list[list[object]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_text_is_read_whatever_its_encoding_and_separator(encoding: str, sign: str) -> None:
    text = f'Titre{sign}Pourquoi\r\nÉté{sign}"deux\nlignes; oui"\r\n'

    assert read(text.encode(encoding)) == ROWS


def test_book_gives_values_only() -> None:
    found = read(book([["Title", "Share", "x"], ["=1+1", 40, 0.5], ["<script>", True, ""]]))

    assert found[0] == ["Title", "Share", "x"]
    assert found[1][1:] == [40, 0.5]
    assert found[1][0] != 2
    assert found[2][:2] == ["<script>", True]


def test_blank_rows_keep_their_numbers_and_our_apostrophe_goes() -> None:
    assert read(b"\r\nTitle,Why\r\n\r\n'=A,'plain\r\n\r\n") == [[], ["Title", "Why"], [], ["=A", "'plain"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n ",
        b"\x89PNG\x00\x00\x01binary\x00",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 broken",
        b"a,b\n" * 10_002,
        b"," * 300,
        b"x" * (sheets.MOST_BYTES + 1),
        b'a,b\n"' + b"x" * (sheets.LONGEST_CELL + 1),
        book([[]]),
    ],
    ids=["empty", "blank", "picture", "zip", "old book", "rows", "columns", "bytes", "cell", "empty book"],
)
def test_what_is_no_table_or_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(SheetError):
        read(content)


def test_a_book_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 100)

    with pytest.raises(SheetError):
        read(book([["a"]]))


def test_another_archive_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(SheetError):
        read(target.getvalue())


def test_separators_inside_quotation_marks_do_not_count() -> None:
    assert delimiter_of('"a;b;c",d\n;;;;') == ","


@given(st.binary(max_size=300))
def test_anything_is_read_or_refused(content: bytes) -> None:
    try:
        found = read(content)
    except SheetError:
        return
    assert any(cell != "" for row in found for cell in row)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_text_comes_back_as_it_was(text: str, encoding: str) -> None:
    quoted = text.replace("\x00", "").replace("\r", "").replace("\ufeff", "").replace('"', "").strip()
    content = f'Title,"{quoted}"'.encode(encoding, errors="ignore")

    found = read(content)

    assert found[0][0] == "Title"
