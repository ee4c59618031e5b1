"""Columns of lists about organisations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.portfolios.models import Participation

WORK_COLUMNS: list[Column[Participation]] = [
    Column(
        "initiative",
        _("Initiative"),
        lambda row: row.initiative.label,
        sort=("initiative__label",),
        href=lambda row: row.initiative.get_absolute_url(),
    ),
    Column("role", _("Role"), lambda row: row.get_role_display(), sort=("role", "initiative__label")),
    Column(
        "status",
        _("Status"),
        lambda row: row.initiative.get_status_display(),
        sort=("initiative__status", "initiative__label"),
    ),
    Column("starts", _("Start"), lambda row: row.initiative.starts_on, sort=("initiative__starts_on",)),
    Column("ends", _("End"), lambda row: row.initiative.ends_on, sort=("initiative__ends_on",)),
    Column(
        "network",
        _("Network"),
        lambda row: row.initiative.network.label,
        sort=("initiative__network__label", "initiative__label"),
        is_default=False,
    ),
    Column("changed", _("Last change"), lambda row: row.initiative.updated_at, sort=("initiative__updated_at",)),
]
