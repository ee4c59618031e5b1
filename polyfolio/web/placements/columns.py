"""Columns of the mix as a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.web.placements.mixing import Row


def _rounded(share: float | None) -> float | None:
    """Four decimals; None, an empty cell, where it is not known."""
    return None if share is None else round(share, 4)


MIX_COLUMNS: list[Column[Row]] = [
    Column("facet", _("Facet"), lambda row: row.facet.label),
    Column("share", _("Share (0–1)"), lambda row: _rounded(row.share), is_number=True),
    Column("intended", _("Intended share (0–1)"), lambda row: _rounded(row.intended), is_number=True),
    Column("whole", _("Initiatives in this facet"), lambda row: row.tips, is_number=True),
    Column("half", _("Initiatives on its edges, half each"), lambda row: row.edges, is_number=True),
]
