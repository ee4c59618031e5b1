"""Finds an activity's identifier without parsing the activity, and by parsing it where that is not certain."""

from __future__ import annotations

import re

from lxml import etree

from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.file.markup import DATA_PARSER, local_name, parse_fragment
from polyfolio.exchange.iati.file.repair import Repair, decode_leniently

PLAIN = re.compile(rb"<iati-identifier(?:\s[^<>]*)?>([^<&]*)</iati-identifier\s*>")


def find_identifier(xml: bytes, header: FileHeader) -> str:
    """The text of the activity's own `iati-identifier`, without spaces around it; empty where there is none."""
    match = PLAIN.search(xml)
    # A comment or CDATA before it could hold an older identifier, another element one of its own.
    if match and b"<!" not in xml[: match.start()]:
        return " ".join(decode_leniently(match[1]).split())
    if b"iati-identifier" not in xml:
        return ""
    root = _parsed(xml, header)
    if root is None:
        return " ".join(decode_leniently(match[1]).split()) if match else ""
    for child in root[0]:
        if local_name(child) == "iati-identifier":
            return " ".join("".join(str(part) for part in child.itertext()).split())
    return ""


def _parsed(xml: bytes, header: FileHeader) -> etree._Element | None:
    for candidate in (xml, None):
        try:
            text = candidate or Repair().mend(xml, frozenset(header.namespaces))
            return parse_fragment(text, header.declarations, DATA_PARSER)
        except etree.XMLSyntaxError:
            continue
    return None
