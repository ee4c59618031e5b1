"""Columns of the lists of imports, their problems and their activities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun
from polyfolio.lib.tables import Column


def address_of(row: ImportItem) -> str:
    """The page of the initiative that an activity became, while it is there."""
    initiative = row.initiative
    return initiative.get_absolute_url() if initiative is not None and initiative.deleted_at is None else ""


RUN_COLUMNS: list[Column[ImportRun]] = [
    Column("name", _("File"), lambda row: row.name, sort=("name",), href=lambda row: row.get_absolute_url()),
    Column("network", _("Network"), lambda row: row.network.label, sort=("network__label",)),
    Column("when", _("When"), lambda row: row.queued_at, sort=("queued_at",)),
    Column("by", _("By"), lambda row: str(row.queued_by or ""), sort=("queued_by__name",)),
    Column("state", _("State"), lambda row: row.get_state_display(), sort=("state",)),
    Column("added", _("Added"), lambda row: row.added, sort=("added",), is_number=True),
    Column("changed", _("Changed"), lambda row: row.changed, sort=("changed",), is_number=True),
    Column("unchanged", _("Unchanged"), lambda row: row.unchanged, sort=("unchanged",), is_number=True),
    Column("failed", _("Failed"), lambda row: row.failed, sort=("failed",), is_number=True),
    Column("version", _("IATI version"), lambda row: row.version, is_default=False),
    Column("address", _("Address"), lambda row: row.address, is_default=False),
]

PROBLEM_COLUMNS: list[Column[ImportProblem]] = [
    Column("severity", _("Grade"), lambda row: row.get_severity_display(), sort=("severity", "ordinal", "line")),
    Column("identifier", _("Activity"), lambda row: row.identifier, sort=("identifier", "line")),
    Column("line", _("Line"), lambda row: row.line or None, sort=("line",), is_number=True),
    Column("element", _("Element"), lambda row: row.element, sort=("element", "line")),
    Column("value", _("What stood there"), lambda row: row.value, is_default=False),
    Column("message", _("What is wrong"), lambda row: row.words.message),
    Column("done", _("What was done"), lambda row: row.words.done),
    Column("remedy", _("What to do"), lambda row: row.words.remedy),
    Column("code", _("Code"), lambda row: row.code, is_default=False),
]

ITEM_COLUMNS: list[Column[ImportItem]] = [
    Column(
        "identifier",
        _("Activity"),
        lambda row: row.identifier or _("without an identifier"),
        sort=("identifier",),
        href=address_of,
    ),
    Column("title", _("Initiative"), lambda row: row.initiative.label if row.initiative else ""),
    Column("line", _("Line"), lambda row: row.line, sort=("ordinal",), is_number=True),
    Column("outcome", _("Outcome"), lambda row: row.get_outcome_display(), sort=("outcome", "ordinal")),
]
