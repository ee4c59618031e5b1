"""Placements with their standings, zone stays, what is wanted, and scenarios, written straight into the database."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions.placements import rebuild
from polyfolio.sensemaking.arithmetic.diamond import from_answers
from polyfolio.sensemaking.builtin import FACETS, ZONES
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.models import (
    Decision,
    Frame,
    Move,
    Placement,
    PortfolioIndicator,
    PortfolioTerm,
    ProgressFeedback,
    Region,
    Scenario,
    Standing,
    Stocktake,
    SupportStructure,
    TargetMix,
    TermUse,
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
    """A stay in a built-in zone, or in one of the portfolio's own frame where `zone` gives it."""
    region = fields.pop("zone", None) or zone(code)
    values = {"since_on": date(2024, 1, 1)} | fields
    return ZoneStay.objects.create(
        portfolio=portfolio, initiative=initiative, frame=region.frame, zone=region, **values
    )


def make_frame(portfolio: Portfolio, *codes: str, **fields: Any) -> Frame:
    """A steward's own frame of zones, by default *meadow*, *hedge* and *orchard*."""
    values = {"code": "fields", "kind": "zones", "title": {"en": "Fields"}} | fields
    frame = Frame.objects.create(portfolio=portfolio, **values)
    for position, code in enumerate(codes or ("meadow", "hedge", "orchard")):
        Region.objects.create(
            frame=frame, code=code, title={"en": code.capitalize()}, position=position, token="zone-rose"
        )
    return frame


def make_axes(portfolio: Portfolio, **fields: Any) -> Frame:
    """A steward's own frame of two axes with four fields."""
    ends = {"x_low": {"en": "near"}, "x_high": {"en": "far"}, "y_low": {"en": "small"}, "y_high": {"en": "large"}}
    values = {"code": "reach", "kind": "axes", "title": {"en": "Reach"}} | ends | fields
    frame = Frame.objects.create(portfolio=portfolio, **values)
    for position, (column, row) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1))):
        Region.objects.create(
            frame=frame,
            code=f"x{column}y{row}",
            title={"en": f"{('near', 'far')[column]}, {('small', 'large')[row]}"},
            position=position,
            column=column,
            row=row,
            token="zone-violet",
        )
    return frame


def make_target_mix(portfolio: Portfolio, **shares: float) -> TargetMix:
    given = dict.fromkeys(("mis", "enh", "ada", "ant"), 0.25) | shares
    return TargetMix.objects.create(portfolio=portfolio, frame=facets(), shares=given, reason="Fits the remit.")


def make_wanted(portfolio: Portfolio, theme: str, zone_code: str, **fields: Any) -> WantedCell:
    place = {"row_dimension": Dimension.THEME, "row": theme, "column_dimension": Dimension.ZONE, "column": zone_code}
    return WantedCell.objects.create(portfolio=portfolio, **(place | {"reason": "Nobody works on it yet."} | fields))


def make_scenario(portfolio: Portfolio, **fields: Any) -> Scenario:
    values = {"title": "Less of the same", "starts_on": date(2026, 1, 1)} | fields
    scenario: Scenario = Scenario.objects.create(portfolio=portfolio, **values)
    return scenario


def make_move(scenario: Scenario, kind: str = "stop", **fields: Any) -> Move:
    values = {"position": scenario.moves.count() + 1} | fields
    move: Move = Move.objects.create(scenario=scenario, kind=kind, **values)
    return move


def make_term(portfolio: Portfolio, kind: str = "lever", code: str = "procurement") -> PortfolioTerm:
    title = {"en": code.capitalize()}
    return PortfolioTerm.objects.get_or_create(portfolio=portfolio, kind=kind, code=code, defaults={"title": title})[0]


def tag(portfolio: Portfolio, initiative: Initiative, kind: str = "lever", code: str = "procurement") -> TermUse:
    return TermUse.objects.create(term=make_term(portfolio, kind, code), initiative=initiative)


def make_support(portfolio: Portfolio, *facets_served: str, **fields: Any) -> SupportStructure:
    values = {"title": {"en": "A fund for trying out"}, "kind": "fund", "facets": list(facets_served)} | fields
    made: SupportStructure = SupportStructure.objects.create(portfolio=portfolio, **values)
    return made


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
