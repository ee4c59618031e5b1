"""What stands before the first activity: the root element's attributes, the version, namespaces, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from polyfolio.exchange.iati.file.buffer import Buffer
from polyfolio.exchange.iati.file.markup import LANGUAGE, WHOLE_PARSER, declarations
from polyfolio.exchange.iati.problems import Problem, problem

# Longer beginnings than this are no beginnings.
LIMIT = 1 << 22
VERSIONS = ("1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03")
BLANK = b" \t\n\x00"
ROOT_TAG = re.compile(rb"""<([A-Za-z_][^\s/<>"'=]*+)(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>""")
DOCTYPE_PART = re.compile(rb"""<!--|<\?|["'\[\]>]""")
DOCTYPE_SKIPPED = {b"<!--": b"-->", b"<?": b"?>", b'"': b'"', b"'": b"'"}

# Roots of other files that people hand in, and what to say.
OTHER_ROOTS = {
    "iati-organisations": "file-is-organisations",
    "iati-organisation": "file-is-organisations",
    "registry-record": "file-is-registry-record",
    "registry-records": "file-is-registry-record",
    "iati-registry-record": "file-is-registry-record",
    "codelist": "file-is-codelist",
    "codelists": "file-is-codelist",
    "html": "file-is-web-page",
    "Workbook": "file-is-spreadsheet",
}


@dataclass(frozen=True, slots=True)
class FileHeader:
    """The file's own part of what is needed to write its activities out again. `version` is as stated ("" where it is
    not), `attributes` are those of the root with namespaces in Clark notation, `declarations` its namespaces as
    written in a start tag.
    """

    version: str = ""
    generated_at: str = ""
    linked_data_default: str = ""
    language: str = ""
    prefix: str = ""
    default_namespace: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    namespaces: dict[str, str] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    declarations: bytes = b""
    is_single: bool = False
    is_closed: bool = False


NO_HEADER = FileHeader()


def read_header(buffer: Buffer, problems: list[Problem]) -> FileHeader | None:
    """Read up to the first activity; None, with a critical problem, where the file holds no activities at all."""
    comments: list[str] = []
    if not buffer.at_least(1):
        return None
    while True:
        _skip_space(buffer)
        if buffer.starts_with(b"<?"):
            known = _skip(buffer, b"?>")
        elif buffer.starts_with(b"<!--"):
            known = _comment(buffer, comments)
        elif buffer.starts_with(b"<!DOCTYPE") or buffer.starts_with(b"<!doctype"):
            known = _doctype(buffer, problems)
        else:
            return _root(buffer, problems, tuple(comments))
        if not known:
            problems.append(problem("file-not-xml", line=buffer.line, value=_shown(buffer)))
            return None


def _skip_space(buffer: Buffer) -> None:
    while True:
        rest = buffer.data[buffer.position :]
        buffer.drop(len(rest) - len(rest.lstrip(BLANK)))
        if buffer.size or buffer.is_exhausted:
            return
        buffer.more()


def _until(buffer: Buffer, closing: bytes) -> int:
    """Where `closing` ends, 0 if it does not come within the limit."""
    while True:
        end = buffer.find(closing, 0)
        if end >= 0:
            return end + len(closing)
        if buffer.is_exhausted or buffer.size > LIMIT:
            return 0
        buffer.more()


def _skip(buffer: Buffer, closing: bytes) -> bool:
    end = _until(buffer, closing)
    buffer.drop(end)
    return end > 0


def _comment(buffer: Buffer, comments: list[str]) -> bool:
    end = _until(buffer, b"-->")
    text = buffer.take(end)[4:-3]
    comments.append(text.decode("utf-8", "replace"))
    return end > 0


def _doctype(buffer: Buffer, problems: list[Problem]) -> bool:
    """Step over a document type declaration with whatever it declares."""
    line = buffer.line
    buffer.at_least(LIMIT)
    end = _doctype_end(buffer.data[buffer.position : buffer.position + LIMIT])
    text = buffer.take(end)
    if end and not re.match(rb"<!DOCTYPE\s+html\b", text, re.IGNORECASE):
        problems.append(problem("doctype", line=line, value=text.decode("utf-8", "replace")))
    return end > 0


def _doctype_end(text: bytes) -> int:
    depth = 0
    position = len(b"<!DOCTYPE")
    while match := DOCTYPE_PART.search(text, position):
        token, position = match[0], match.end()
        if token in DOCTYPE_SKIPPED:
            closing = DOCTYPE_SKIPPED[token]
            position = text.find(closing, position) + len(closing)
            if position < match.end():
                return 0
        elif token == b">" and depth <= 0:
            return position
        else:
            depth += {b"[": 1, b"]": -1, b">": 0}[token]
    return 0


def _root(buffer: Buffer, problems: list[Problem], comments: tuple[str, ...]) -> FileHeader | None:
    match = _root_tag(buffer)
    if match is None:
        problems.append(problem("file-not-xml", line=buffer.line, value=_shown(buffer)))
        return None
    full_name = match[1].decode("utf-8", "replace")
    prefix, _, name = full_name.rpartition(":")
    if name not in {"iati-activities", "iati-activity"}:
        code = OTHER_ROOTS.get(name, "file-is-other-xml")
        problems.append(problem(code, line=buffer.line, value=name))
        return None
    line = buffer.line
    is_single = name == "iati-activity"
    if not is_single:
        buffer.drop(len(match[0]))
    header = _described(match[0], prefix, comments, is_single=is_single)
    if header is None:
        problems.append(problem("root-broken", line=line, value=match[0].decode("utf-8", "replace")))
        return FileHeader(comments=comments, is_single=is_single)
    _check_root(header, line, problems)
    return header


def _root_tag(buffer: Buffer) -> re.Match[bytes] | None:
    while True:
        match = ROOT_TAG.match(buffer.data, buffer.position)
        if match or buffer.is_exhausted or buffer.find(b"<", 1) >= 0 or buffer.size > LIMIT:
            return match
        buffer.more()


def _described(tag: bytes, prefix: str, comments: tuple[str, ...], *, is_single: bool) -> FileHeader | None:
    closed = tag if tag.endswith(b"/>") else tag[:-1] + b"/>"
    try:
        root = etree.fromstring(closed, WHOLE_PARSER)
    except etree.XMLSyntaxError:
        return None
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    # The activities declare what a single activity's root declares; nothing of it is inherited.
    namespaces = {} if is_single else {str(key): str(uri) for key, uri in root.nsmap.items() if key}
    return FileHeader(
        version=attributes.get("version", "").strip(),
        generated_at=attributes.get("generated-datetime", "").strip(),
        linked_data_default=attributes.get("linked-data-default", "").strip(),
        language=attributes.get(LANGUAGE, "").strip().lower(),
        prefix=prefix,
        default_namespace=str(root.nsmap.get(None, "") or ""),
        attributes=attributes,
        namespaces=namespaces,
        comments=comments,
        declarations=declarations(namespaces),
        is_single=is_single,
        is_closed=closed is tag and not is_single,
    )


def _check_root(header: FileHeader, line: int, problems: list[Problem]) -> None:
    if header.prefix or header.default_namespace:
        uri = header.default_namespace or header.prefix
        problems.append(problem("root-namespaced", line=line, value=uri))
    if not header.version:
        problems.append(problem("version-missing", line=line))
    elif header.version not in VERSIONS:
        problems.append(problem("version-unknown", line=line, value=header.version))


def _shown(buffer: Buffer) -> str:
    return buffer.data[buffer.position : buffer.position + 80].decode("utf-8", "replace")
