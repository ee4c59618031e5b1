"""Columns of the list of decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.sensemaking.models import Decision

DECISION_COLUMNS: list[Column[Decision]] = [
    Column("title", _("Decision"), str, sort=("title",), href=Decision.get_absolute_url),
    Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort=("kind",)),
    Column("state", _("State"), lambda row: row.get_state_display(), sort=("state",)),
    Column("owner", _("Owner"), lambda row: row.owner_label, sort=("owner_label",)),
    Column("due", _("Due"), lambda row: row.due_on, sort=("due_on",)),
    Column("outcome", _("Did it work?"), lambda row: row.outcome),
    Column("taken", _("Taken on"), lambda row: row.taken_on, sort=("taken_on",)),
    Column("again", _("Look again on"), lambda row: row.look_again_on, sort=("look_again_on",), is_default=False),
    Column("reason", _("Reason"), lambda row: row.reason, is_default=False),
    Column("evidence", _("Evidence"), lambda row: row.evidence, is_default=False),
]
