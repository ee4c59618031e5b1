"""Placements with their standings, zone stays, target mixes and wanted cells, written straight into the database."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions.placements import rebuild
from polyfolio.sensemaking.builtin import FACETS, ZONES
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.diamond import from_answers
from polyfolio.sensemaking.models import (
    Decision,
    Frame,
    Placement,
    PortfolioIndicator,
    ProgressFeedback,
    Region,
    Standing,
    Stocktake,
    TargetMix,
    WantedCell,
    Workshop,
    ZoneStay,
)
from polyfolio.sensemaking.workshops.agendas import agenda
from tests.factories.people import make_user

_numbers = count(1)


def facets() -> Frame:
    return Frame.objects.get(code=FACETS, portfolio=None)


def zone(code: str) -> Region:
    return Region.objects.get(frame__code=ZONES, frame__portfolio=None, code=code)


def make_placement(
    portfolio: Portfolio,
    initiative: Initiative,
    purpose: str = "mis",
    driver: str | None = None,
    *,
    assessor: User | None = None,
    **fields: Any,
) -> Placement:
    """Somebody's placement (the same answer twice unless `driver` is given), with the standing derived from all."""
    by = assessor or make_user()
    pushed = driver or purpose
    x, y = from_answers(purpose, pushed)
    values = {"purpose": purpose, "driver": pushed, "x": x, "y": y, "assessor": by, "assessor_label": str(by)} | fields
    placement = Placement.objects.create(initiative=initiative, portfolio=portfolio, frame=facets(), **values)
    rebuild(portfolio=portfolio, frame=placement.frame, initiative_ids=[initiative.pk])
    return placement


def standing_of(portfolio: Portfolio, initiative: Initiative) -> Standing:
    return Standing.objects.get(portfolio=portfolio, initiative=initiative)


def make_stay(portfolio: Portfolio, initiative: Initiative, code: str = "yellow", **fields: Any) -> ZoneStay:
    region = zone(code)
    values = {"since_on": date(2024, 1, 1)} | fields
    return ZoneStay.objects.create(
        portfolio=portfolio, initiative=initiative, frame=region.frame, zone=region, **values
    )


def make_target_mix(portfolio: Portfolio, **shares: float) -> TargetMix:
    given = dict.fromkeys(("mis", "enh", "ada", "ant"), 0.25) | shares
    return TargetMix.objects.create(portfolio=portfolio, frame=facets(), shares=given, reason="Fits the remit.")


def make_wanted(portfolio: Portfolio, theme: str, zone_code: str, **fields: Any) -> WantedCell:
    values = {"reason": "Nobody works on it yet."} | fields
    return WantedCell.objects.create(
        portfolio=portfolio,
        row_dimension=Dimension.THEME,
        row=theme,
        column_dimension=Dimension.ZONE,
        column=zone_code,
        **values,
    )


def make_decision(portfolio: Portfolio, title: str = "Give repair a second year", **fields: Any) -> Decision:
    values = {"kind": "boost", "taken_on": date(2026, 3, 4)} | fields
    if values.get("owner") is not None:
        values["owner_label"] = str(values["owner"])
    return Decision.objects.create(portfolio=portfolio, title=title, **values)


def make_stocktake(portfolio: Portfolio, title: str = "Spring stocktake", **fields: Any) -> Stocktake:
    return Stocktake.objects.create(portfolio=portfolio, title=title, **({"held_on": date(2026, 3, 4)} | fields))


def make_portfolio_indicator(portfolio: Portfolio, title: str = "Things mended", **fields: Any) -> PortfolioIndicator:
    return PortfolioIndicator.objects.create(portfolio=portfolio, title=title, **fields)


def make_feedback(portfolio: Portfolio, **fields: Any) -> ProgressFeedback:
    values = {"told_on": date(2026, 3, 4), "audience": "The council", "what": "Mending works."} | fields
    return ProgressFeedback.objects.create(portfolio=portfolio, **values)


def make_workshop(portfolio: Portfolio, title: str = "What do we have?", **fields: Any) -> Workshop:
    values = {
        "held_on": date(2026, 3, 4),
        "code": f"{next(_numbers):06d}".translate(str.maketrans("01", "XY")),
        "steps": agenda("exploration"),
    } | fields
    return Workshop.objects.create(portfolio=portfolio, title=title, **values)
