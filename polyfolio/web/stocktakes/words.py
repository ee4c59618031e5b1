"""What the counts of a stocktake are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

COUNT_WORDS = {
    "total": _("initiatives"),
    "under_way": _("of them under way"),
    "organisations": _("organisations"),
    "countries": _("countries"),
    "placed": _("placed in the facets"),
    "mixed": _("mixed, purpose unclear"),
    "unplaced": _("not placed"),
    "contested": _("contested"),
}
