"""The activity's own document, kept beside its initiative."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from polyfolio.exchange.iati.activities import ReadActivity
from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.writing.deciding import STANDARD
from polyfolio.exchange.models import SourceRecord
from polyfolio.lib import bulk

# The quickest: an activity shrinks to a quarter, at the best level to a fifth in four times the time.
COMPRESSION = 1
COLUMNS = ("version", "content_hash", "content", "context", "reporter_ref", "is_secondary")
KEPT = (*COLUMNS, "read_at")


def insert(found: Sequence[tuple[int, str, ReadActivity]], header: FileHeader, *, network: int, at: datetime) -> None:
    """Keep the sources of (initiative, identifier, what was read)."""
    rows = ((pk, identifier, *_values(read, header)) for pk, identifier, read in found)
    bulk.insert(
        SourceRecord,
        ("initiative_id", "identifier", *COLUMNS),
        rows,
        network_id=network,
        standard=STANDARD,
        read_at=at,
    )


def replace(pk: int, read: ReadActivity, header: FileHeader, *, at: datetime) -> None:
    """Keep what was read now in the place of what was read before."""
    values = dict(zip(COLUMNS, _values(read, header), strict=True))
    SourceRecord.objects.filter(pk=pk).update(**values, read_at=at)


def kept(sources: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The sources as they are kept now."""
    return {row.pop("pk"): row for row in SourceRecord.objects.filter(pk__in=sources).values("pk", *KEPT)}


def _values(read: ReadActivity, header: FileHeader) -> tuple[Any, ...]:
    reporting = read.data.reporting
    return (
        header.version[:10],
        read.content_hash,
        zlib.compress(read.xml, COMPRESSION),
        _context(read, header),
        reporting.ref if reporting else "",
        reporting.is_secondary if reporting else False,
    )


def _context(read: ReadActivity, header: FileHeader) -> dict[str, Any]:
    """What the activity takes over from its file, and how it was read."""
    context: dict[str, Any] = {}
    if header.language:
        context["language"] = header.language
    if header.linked_data_default:
        context["linked_data_default"] = header.linked_data_default
    if read.is_upgraded:
        context["is_upgraded"] = True
    return context
