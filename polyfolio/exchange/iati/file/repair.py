"""Mends the text of an activity that is no XML, where what was meant is plain; anything else stays as it was."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import escape
from html.entities import html5

from polyfolio.exchange.iati.problems import Problem, problem

ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos);|#(?:(\d{1,9})|x([0-9A-Fa-f]{1,8}));|([A-Za-z][A-Za-z0-9]{1,40});)?")
BARE_LESS = re.compile(r"<(?![A-Za-z_:/!?])")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PREFIX = re.compile(r"""(?:</?|\s(?=[\w.:-]+\s*=\s*["']))([A-Za-z_][\w.-]*):[A-Za-z_]""")
UNTOUCHED = {"<!--": "-->", "<![CDATA[": "]]>"}


def _from_windows(error: UnicodeError) -> tuple[str, int]:
    """Read each byte that is no UTF-8 as Windows-1252, the usual culprit."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("polyfolio-windows", _from_windows)


def decode_leniently(xml: bytes) -> str:
    """UTF-8, with stray Windows-1252 in it."""
    return xml.decode("utf-8", "polyfolio-windows")


class Repair:
    """One activity's text on its way to well-formed XML, and what had to be done to it (lines count from 0)."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._line = 0

    def mend(self, xml: bytes, known_prefixes: frozenset[str]) -> bytes:
        """The mended text; `known_prefixes` are the namespaces that the file itself declares."""
        text = CONTROL.sub(self._control, self._decoded(xml))
        mended: list[str] = []
        self._line = 0
        for part, is_untouched in _parts(text):
            if is_untouched:
                mended.append(part)
            else:
                mended.append(BARE_LESS.sub(self._less, ENTITY.sub(self._entity, part)))
            self._line += part.count("\n")
        return self._with_prefixes("".join(mended), known_prefixes).encode("utf-8", "replace")

    def _decoded(self, xml: bytes) -> str:
        try:
            return xml.decode()
        except UnicodeDecodeError as error:
            self._line = xml[: error.start].count(b"\n")
            self._note("mended-encoding", xml[error.start : error.end].hex(" ").upper())
            return decode_leniently(xml)

    def _control(self, match: re.Match[str]) -> str:
        self._note("mended-control", f"U+{ord(match[0]):04X}", match)
        return " "

    def _less(self, match: re.Match[str]) -> str:
        self._note("mended-less-than", match.string[match.start() : match.start() + 20], match)
        return "&lt;"

    def _entity(self, match: re.Match[str]) -> str:
        known, number, hexadecimal, name = match.groups()
        if known:
            return match[0]
        if number or hexadecimal:
            if _is_xml_character(int(number) if number else int(hexadecimal, 16)):
                return match[0]
            self._note("mended-control", match[0], match)
            return " "
        if name is None:
            self._note("mended-ampersand", match.string[match.start() : match.start() + 20], match)
            return "&amp;"
        if f"{name};" in html5:
            self._note("mended-entity", match[0], match)
            return escape(html5[f"{name};"])
        # Whatever it was to stand for was declared in a document type, which is never read.
        self._note("entity-unknown", match[0], match)
        return "&amp;" + match[0][1:]

    def _with_prefixes(self, text: str, known: frozenset[str]) -> str:
        used = {match[1] for match in PREFIX.finditer(text)} - known - {"xml", "xmlns"}
        missing = sorted(prefix for prefix in used if f"xmlns:{prefix}" not in text)
        name = re.match(r"<[^\s/>]+", text)
        if not missing or not name:
            return text
        self._line = 0
        self._note("mended-prefix", ", ".join(missing))
        declared = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in missing)
        return text[: name.end()] + declared + text[name.end() :]

    def _note(self, code: str, value: str, match: re.Match[str] | None = None) -> None:
        """Report each kind of damage once an activity, at its first place."""
        if any(known.code == code for known in self.problems):
            return
        line = self._line + (match.string.count("\n", 0, match.start()) if match else 0)
        self.problems.append(problem(code, line=line, value=value))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at comments and CDATA sections, which are to be left alone."""
    position = 0
    for match in re.finditer(r"<!--|<!\[CDATA\[", text):
        if match.start() < position:
            continue
        end = text.find(UNTOUCHED[match[0]], match.end())
        if end < 0:
            break
        yield text[position : match.start()], False
        position = end + 3
        yield text[match.start() : position], True
    yield text[position:], False


def _is_xml_character(point: int) -> bool:
    return (
        point in {0x9, 0xA, 0xD} or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or 0x10000 <= point <= 0x10FFFF
    )
