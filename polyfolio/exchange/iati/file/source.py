"""Bytes of any file as UTF-8 with plain line ends, in pieces, so that everything above reads one form only."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from polyfolio.exchange.iati.problems import Problem, problem

CHUNK = 1 << 20

# What people upload by mistake: how it begins, and which problem says so.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "file-is-spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "file-is-spreadsheet"),
    (b"\x1f\x8b", "file-is-compressed"),
    (b"BZh", "file-is-compressed"),
    (b"7z\xbc\xaf", "file-is-compressed"),
    (b"%PDF", "file-is-pdf"),
)
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Only text encodings: codecs.lookup would also find zlib or rot13.
ENCODING_NAMES = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-(roman|cyrillic|greek|latin2|turkish)"
    r"|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|tis-620"
)
DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
WIDE = re.compile(r"utf-?(16|32)", re.IGNORECASE)


class Source:
    """Reads `stream` once. After the first piece, `encoding` is known; `problems` grows while pieces are taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.encoding = "utf-8"
        self.problems: list[Problem] = []
        self._line = 1

    def pieces(self) -> Iterator[bytes]:
        """UTF-8 without a byte-order mark, every line end a line feed. Raises nothing of its own; a file that is
        recognised as something else than text yields nothing and leaves a critical problem.
        """
        head = self._stream.read(CHUNK)
        if not head.strip(b"\x00 \t\r\n"):
            self.problems.append(problem("file-empty"))
            return
        for magic, code in MAGIC:
            if head.startswith(magic):
                self.problems.append(problem(code))
                return
        head = self._settle_encoding(head)
        yield from _with_plain_line_ends(self._decoded(head))

    def _settle_encoding(self, head: bytes) -> bytes:
        """Decide on the encoding, the byte-order mark before the declaration; gives `head` without the mark."""
        match = DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
        declared = match[1].decode("ascii", "replace") if match else ""
        for mark, name in BOMS:
            if head.startswith(mark):
                self.encoding = name
                if declared and name == "utf-8" and _known(declared) not in {"utf-8", "ascii"}:
                    self._contradiction(declared, name)
                return head[len(mark) :]
        wide = _wide_without_mark(head)
        if wide:
            self.encoding = wide
        elif declared:
            self.encoding = self._declared_encoding(declared, head)
        return head

    def _declared_encoding(self, declared: str, head: bytes) -> str:
        name = _known(declared)
        if name in {"utf-8", "ascii"}:
            return "utf-8"
        if not name:
            if WIDE.match(declared):
                self._contradiction(declared, "utf-8")
            else:
                self.problems.append(problem("encoding-unknown", line=1, value=declared))
            return "utf-8"
        # Text of another encoding is as good as never valid UTF-8 by chance, so the bytes outweigh the declaration.
        if not head.isascii() and _is_utf8(head):
            self._contradiction(declared, "utf-8")
            return "utf-8"
        return name

    def _contradiction(self, declared: str, used: str) -> None:
        self.problems.append(problem("encoding-contradicted", line=1, value=declared, used=used))

    def _decoded(self, head: bytes) -> Iterator[bytes]:
        if self.encoding == "utf-8":
            # Passed on as they are: bytes that are no UTF-8 are mended where they stand, in their activity.
            while head:
                yield head
                head = self._stream.read(CHUNK)
            return
        strict = codecs.getincrementaldecoder(self.encoding)("strict")
        lenient = codecs.getincrementaldecoder(self.encoding)("replace")
        while head:
            yield self._decode_piece(strict, lenient, head, final=False)
            head = self._stream.read(CHUNK)
        yield self._decode_piece(strict, lenient, b"", final=True)

    def _decode_piece(
        self,
        strict: codecs.IncrementalDecoder,
        lenient: codecs.IncrementalDecoder,
        piece: bytes,
        *,
        final: bool,
    ) -> bytes:
        state = strict.getstate()
        try:
            text = strict.decode(piece, final)
        except UnicodeDecodeError as error:
            lenient.setstate(state)
            text = lenient.decode(piece, final)
            strict.setstate(lenient.getstate())
            before = text[: text.find("\ufffd")].count("\n")
            bad = error.object[error.start : error.end].hex(" ").upper()
            self.problems.append(
                problem("encoding-broken", line=self._line + before, value=bad, encoding=self.encoding)
            )
        self._line += text.count("\n")
        return text.encode("utf-8", "replace")


def _known(name: str) -> str:
    """Python's name of a text encoding that a declaration may ask for, or an empty string."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return found if ENCODING_NAMES.fullmatch(found) else ""


def _wide_without_mark(head: bytes) -> str:
    if head[:4] == b"<\x00\x00\x00":
        return "utf-32-le"
    if head[:4] == b"\x00\x00\x00<":
        return "utf-32-be"
    if head[:1] == b"<" and head[1:2] == b"\x00":
        return "utf-16-le"
    if head[:1] == b"\x00" and head[1:2] == b"<":
        return "utf-16-be"
    return ""


def _is_utf8(piece: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(piece, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _with_plain_line_ends(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        whole = held + piece if held else piece
        held = b""
        if b"\r" in whole:
            if whole.endswith(b"\r"):
                whole, held = whole[:-1], b"\r"
            whole = whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if whole:
            yield whole
    if held:
        yield b"\n"
