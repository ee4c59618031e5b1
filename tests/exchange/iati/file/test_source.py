import io

from polyfolio.exchange.iati.file.source import CHUNK, Source


def read(content: bytes) -> tuple[bytes, str, list[tuple[str, str]]]:
    source = Source(io.BytesIO(content))
    text = b"".join(source.pieces())
    return text, source.encoding, [(found.code, found.value) for found in source.problems]


def test_pieces_pass_plain_utf8_through() -> None:
    assert read("<a>é</a>\n".encode()) == ("<a>é</a>\n".encode(), "utf-8", [])


def test_pieces_refuse_empty_file() -> None:
    assert read(b" \n\x00 ") == (b"", "utf-8", [("file-empty", "")])


def test_pieces_recognise_what_is_no_xml() -> None:
    beginnings = {
        b"PK\x03\x04xl/workbook": "file-is-spreadsheet",
        b"\xd0\xcf\x11\xe0old": "file-is-spreadsheet",
        b"\x1f\x8b\x08": "file-is-compressed",
        b"%PDF-1.7": "file-is-pdf",
    }

    found = {beginning: read(beginning)[2] for beginning in beginnings}

    assert found == {beginning: [(code, "")] for beginning, code in beginnings.items()}


def test_pieces_drop_byte_order_mark() -> None:
    assert read(b"\xef\xbb\xbf<a/>") == (b"<a/>", "utf-8", [])


def test_pieces_decode_utf16_and_utf32() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><a>é</a>'

    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        assert read(text.encode(encoding))[0] == text.encode()


def test_pieces_decode_declared_encoding() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'

    assert read(text.encode("latin-1")) == (text.encode(), "iso8859-1", [])


def test_pieces_believe_bytes_rather_than_declaration() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode()

    assert read(text) == (text, "utf-8", [("encoding-contradicted", "ISO-8859-1")])


def test_pieces_believe_mark_rather_than_declaration() -> None:
    text = b'<?xml version="1.0" encoding="windows-1252"?><a/>'

    assert read(b"\xef\xbb\xbf" + text) == (text, "utf-8", [("encoding-contradicted", "windows-1252")])


def test_pieces_read_narrow_bytes_declared_wide_as_utf8() -> None:
    text = b'<?xml version="1.0" encoding="UTF-16"?><a/>'

    assert read(text) == (text, "utf-8", [("encoding-contradicted", "UTF-16")])


def test_pieces_know_only_text_encodings() -> None:
    found = [read(b'<?xml version="1.0" encoding="%s"?><a/>' % name)[2] for name in (b"rot13", b"zlib", b"x-none")]

    assert found == [[("encoding-unknown", "rot13")], [("encoding-unknown", "zlib")], [("encoding-unknown", "x-none")]]


def test_pieces_accept_utf8_by_other_names() -> None:
    assert read(b'<?xml version="1.0" encoding="us-ascii"?><a/>')[1:] == ("utf-8", [])


def test_pieces_replace_what_an_encoding_does_not_know() -> None:
    text, _, problems = read(b'<?xml version="1.0" encoding="cp1252"?>\n<a>\x81\x80</a>')

    assert (text, problems) == (
        '<?xml version="1.0" encoding="cp1252"?>\n<a>\ufffd€</a>'.encode(),
        [("encoding-broken", "81")],
    )


def test_pieces_go_on_after_broken_utf16() -> None:
    text, _, problems = read("<a>x".encode("utf-16") + b"\x00\xd8" + "y</a>".encode("utf-16-le"))

    assert (text.decode(), problems) == ("<a>x\ufffdy</a>", [("encoding-broken", "00 D8")])


def test_pieces_make_all_line_ends_one() -> None:
    assert read(b"<a>\r\n1\r2\n\r</a>\r")[0] == b"<a>\n1\n2\n\n</a>\n"


def test_pieces_join_line_end_cut_between_two_reads() -> None:
    padding = b"<a>" + b"x" * (CHUNK - 4)

    assert read(padding + b"\r\n</a>")[0] == padding + b"\n</a>"


def test_pieces_join_letters_cut_between_two_reads() -> None:
    text = "<a>" + "é" * CHUNK + "</a>"

    assert read(text.encode("utf-16"))[0] == text.encode()
