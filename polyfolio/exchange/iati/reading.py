"""From the text of one activity to what it says: mended if need be, upgraded if need be, parsed."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.file.markup import (
    ACTIVITY,
    DATA_PARSER,
    WHOLE_PARSER,
    drop_namespace,
    parse_fragment,
    self_contained,
)
from polyfolio.exchange.iati.file.repair import Repair
from polyfolio.exchange.iati.parse.activity import parse_activity
from polyfolio.exchange.iati.parse.context import Context, Memory
from polyfolio.exchange.iati.problems import problem
from polyfolio.exchange.iati.upgrade import upgrade_activity

OWN_PLACE = re.compile(r", line \d+, column \d+$")
OTHER_PLACE = re.compile(r"\bline (\d+)")


def read_activity(raw: RawActivity, header: FileHeader, memory: Memory) -> ReadActivity | FailedActivity:
    """Parse one activity. Raises nothing: what is no XML and cannot be mended is a FailedActivity."""
    ctx = Context(memory, ordinal=raw.ordinal, line=raw.line, identifier=raw.identifier, language=header.language)
    xml = raw.xml
    try:
        root = _element(xml, header, DATA_PARSER)
    except etree.XMLSyntaxError as error:
        xml = _mended(xml, header, ctx)
        try:
            root = _element(xml, header, DATA_PARSER)
        except etree.XMLSyntaxError:
            return _failed(raw, error, ctx)
    is_upgraded = _is_version_one(xml, root, header)
    if is_upgraded or root.tag != ACTIVITY:
        root, xml = _rewritten(xml, header, ctx, is_upgraded=is_upgraded)
    else:
        xml = self_contained(xml, header.namespaces, header.declarations)
    data = parse_activity(ctx, root)
    return ReadActivity(
        raw.ordinal, raw.line, raw.identifier, raw.content_hash, data, xml, is_upgraded, ctx.all_problems()
    )


def _element(xml: bytes, header: FileHeader, parser: etree.XMLParser) -> etree._Element:
    return parse_fragment(xml, header.declarations, parser)[0]


def _mended(xml: bytes, header: FileHeader, ctx: Context) -> bytes:
    repair = Repair()
    mended = repair.mend(xml, frozenset(header.namespaces))
    ctx.problems += [
        replace(found, ordinal=ctx.ordinal, line=ctx.line + found.line, identifier=ctx.identifier)
        for found in repair.problems
    ]
    return mended


def _failed(raw: RawActivity, error: etree.XMLSyntaxError, ctx: Context) -> FailedActivity:
    reason = OWN_PLACE.sub("", error.msg or "")
    reason = OTHER_PLACE.sub(lambda match: f"line {raw.line + int(match[1]) - 1}", reason)
    line = raw.line + (error.lineno or 1) - 1
    why = problem(
        "activity-broken", ordinal=raw.ordinal, line=line, identifier=raw.identifier, value=reason, reason=reason
    )
    return FailedActivity(raw.ordinal, raw.line, raw.identifier, raw.xml, (*ctx.problems, why))


def _is_version_one(xml: bytes, root: etree._Element, header: FileHeader) -> bool:
    """By what the file says; where it says nothing of use, version 2 is known by its narratives."""
    version = header.version or (root.get("version") or "").strip()
    if version[:1].isdigit() and version[:1] != "0":
        return version.startswith("1")
    return b"narrative" not in xml


def _rewritten(xml: bytes, header: FileHeader, ctx: Context, *, is_upgraded: bool) -> tuple[etree._Element, bytes]:
    """The activity as it must be written anew: without a namespace, upgraded; to parse, and to keep."""
    root = _element(xml, header, WHOLE_PARSER)
    namespace = etree.QName(root).namespace
    if namespace:
        ctx.report(root, "namespaced", namespace)
        drop_namespace(root, namespace)
    if is_upgraded:
        upgrade_activity(ctx, root)
    kept = etree.tostring(root, encoding="utf-8", xml_declaration=False, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root, kept
