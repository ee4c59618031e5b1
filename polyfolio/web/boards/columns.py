"""Columns of the stays of a board as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.sensemaking.models import ZoneStay
from polyfolio.web.boards.tokens import Token
from polyfolio.web.portfolios.pictures import in_language


@dataclass(frozen=True)
class StayRow:
    token: Token
    stay: ZoneStay


def stay_rows(tokens: Iterable[Token]) -> list[StayRow]:
    """Every stay of the initiatives on a board, the present one first."""
    return [StayRow(token, stay) for token in tokens for stay in token.stays]


STAY_COLUMNS: list[Column[StayRow]] = [
    Column("initiative", _("Initiative"), lambda row: row.token.label),
    Column("zone", _("Zone"), lambda row: in_language(row.stay.zone.title)),
    Column("since", _("Since"), lambda row: row.stay.since_on),
    Column("until", _("Until"), lambda row: row.stay.until_on),
    Column("driver", _("Driven there by"), lambda row: row.stay.get_driver_display()),
    Column("evidence", _("Evidence"), lambda row: row.stay.evidence),
]
