"""What a portfolio's overview shows, read across the rooms in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from polyfolio.audit.models import AuditRecord
from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.portfolios.queries.families import members_of
from polyfolio.sensemaking.arithmetic import mixes
from polyfolio.sensemaking.arithmetic.matrices import Coverage
from polyfolio.sensemaking.models import Standing
from polyfolio.sensemaking.queries.frames import regions_by_frame
from polyfolio.sensemaking.queries.holdings import Holding, holding_from
from polyfolio.sensemaking.queries.intentions import target_mix, wanted
from polyfolio.sensemaking.queries.overview import Snapshot, organisations_seen, snapshot
from polyfolio.vocabulary.models import Theme
from polyfolio.web.history.views import verb_icon, verb_label
from polyfolio.web.portfolios import pictures
from polyfolio.web.portfolios.pictures import list_of

CONTESTED_SHOWN = 40
NOBODY = 0
"""A key that no row has: an empty list would cost a query less, and pages cost the same whatever they show."""


@dataclass(frozen=True)
class KeyFigure:
    """A number that opens the list of exactly so many rows, with what it is out of and when."""

    value: int
    href: str
    key: str
    note: Coverage | None = None


def overview(user: Viewer, portfolio: Portfolio, at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with the portfolio."""
    regions = regions_by_frame(portfolio)
    frames = {(each.frame.kind, each.frame_id, each.frame.portfolio_id) for each in regions}
    held = holding_from(portfolio, user, members_of(portfolio, user), frames)
    found = snapshot(held)
    zones = [each for each in regions if each.frame_id == held.zone_frame]
    themes = list(Theme.objects.order_by("label", "pk"))
    target, cells = target_mix(portfolio), wanted(portfolio)
    mix = found.mix
    return {
        "portfolio": portfolio,
        "found": found,
        "today": at.date(),
        "figures": _key_figures(portfolio, held, found),
        "mix": mix,
        "target": target,
        "placed": Coverage(mix.placed, found.total, at.date()),
        "distance": mixes.distance(mix.shares, target.shares) if mix.shares and target is not None else None,
        "diamond": pictures.mix(portfolio, mix, target, _contested(held, found)),
        "in_zone": found.total - found.zones.get(None, 0),
        "zones": pictures.playing_field(portfolio, zones, found.zones),
        "sdgs": pictures.sdg_strip(portfolio, found.goals, found.main_goals),
        "world": pictures.countries(portfolio, found.countries),
        "money": pictures.money(found.money),
        "money_flow": found.money[0].flow if found.money else None,
        "undated_money": [each for each in found.money if each.year == pictures.YEAR_NOT_KNOWN],
        "holes": pictures.themes_by_zone(portfolio, themes, zones, found.themes_by_zone, cells),
        "changes": _changes(found.change_ids),
        "roles": list(portfolios.roles(user, portfolio, at.date())),
        "lists": _lists(portfolio),
        "record_type": "portfolio",
        "may_edit": may(user, "portfolios.edit_portfolio", portfolio),
        "may_steward": may(user, "portfolios.steward_portfolio", portfolio),
        "may_delete": may(user, "portfolios.delete_portfolio", portfolio),
    }


def _key_figures(portfolio: Portfolio, held: Holding, found: Snapshot) -> list[KeyFigure]:
    return [
        KeyFigure(found.total, list_of(portfolio), "initiatives"),
        KeyFigure(
            organisations_seen(held, found), reverse("portfolio_organisations", args=[portfolio.slug]), "organisations"
        ),
        KeyFigure(len(found.countries), reverse("portfolio_countries", args=[portfolio.slug]), "countries"),
    ]


def _contested(held: Holding, found: Snapshot) -> list[Standing]:
    """The first contested initiatives, for the halos on the diamond; asked for also where there are none."""
    some = found.contested_ids[:CONTESTED_SHOWN] or [NOBODY]
    rows = held.standings().filter(initiative__in=some).select_related("initiative")
    return list(rows.only("x", "y", "facets", "is_contested", "spread", "initiative__label", "initiative__slug"))


@dataclass(frozen=True)
class Moved:
    """The newest change of one initiative, in words."""

    row: AuditRecord
    verb: Any
    icon: str


def _changes(ids: Sequence[int]) -> list[Moved]:
    rows = AuditRecord.objects.filter(pk__in=ids or [NOBODY]).order_by("-pk")
    return [Moved(row, verb_label(row.verb), verb_icon(row.verb)) for row in rows]


def _lists(portfolio: Portfolio) -> dict[str, str]:
    """Addresses of lists that the page's words open."""
    return {
        "everything": list_of(portfolio),
        "under_way": list_of(portfolio, status="under_way"),
        "mixed": list_of(portfolio, facet="mixed"),
        "contested": list_of(portfolio, facet="contested"),
        "unplaced": list_of(portfolio, facet="-"),
        "placed": list_of(portfolio, facet="in_mix"),
        "no_zone": list_of(portfolio, zone="-"),
        "no_theme": list_of(portfolio, theme="-"),
    }
