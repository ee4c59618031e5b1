"""What the page of one scenario shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions.scenarios import decision_title
from polyfolio.sensemaking.arithmetic.diamond import facets_at, from_answers
from polyfolio.sensemaking.choices import FrameKind, ScenarioState
from polyfolio.sensemaking.models import Decision, Move, Scenario
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.web.portfolios.pictures import in_language
from polyfolio.web.scenarios import comparing
from polyfolio.web.scenarios.cells import cell_names


@dataclass(frozen=True)
class Step:
    """A move in words; of one about an initiative that the reader does not see, only that there is one."""

    move: Move
    number: int
    sentence: str
    facets: Sequence[str]
    zone: tuple[str, str] | None
    fills: str
    is_idle: bool
    is_hidden: bool


@dataclass(frozen=True)
class Taken:
    """A decision that the scenario was adopted as, and its page where there is one."""

    decision: Decision
    href: str


def scenario(user: Viewer, scenario: Scenario, query: QueryDict) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with moves or the portfolio."""
    portfolio = scenario.portfolio
    chosen, others = comparing.beside(user, scenario, query)
    comparison = comparing.compare(user, portfolio, [scenario, *chosen], query)
    column = comparison.of(scenario)
    steps = _steps(user, scenario, comparison, column)
    is_open = scenario.state != ScenarioState.ADOPTED
    return {
        "portfolio": portfolio,
        "scenario": scenario,
        "comparison": comparison,
        "column": column,
        "diamond": comparison.diamond(column),
        "holes": comparing.holes(user, portfolio, column.figures.cells),
        "steps": steps,
        "others": others,
        "beside": [each.pk for each in chosen],
        "weights": comparing.weights(portfolio, scenario),
        "decisions": _decisions(user, portfolio, scenario),
        "hidden": sum(1 for step in steps if step.is_hidden),
        "today": timezone.localdate(),
        "may_edit": may(user, "sensemaking.edit_scenario", scenario),
        "may_adopt": is_open and may(user, "sensemaking.adopt_scenario", scenario),
        "record_type": "scenario",
    }


def _steps(user: Viewer, scenario: Scenario, comparison: comparing.Comparison, column: comparing.Column) -> list[Step]:
    moves = comparison.moves.get(scenario.pk, [])
    seen = set(Move.objects.visible_to(user).filter(scenario=scenario).values_list("pk", flat=True))
    regions = regions_of(scenario.portfolio, FrameKind.ZONES)
    zones = {zone.code: (zone.key, in_language(zone.title)) for zone in regions}
    cells = cell_names(user, scenario.portfolio, comparison.basis.cells)
    return [
        Step(
            move=move,
            number=place + 1,
            sentence=decision_title(move) if move.pk in seen else "",
            facets=_facets(move),
            zone=zones.get(move.zone),
            fills=cells.get(move.fills_id, "") if move.fills_id else "",
            is_idle=place in column.figures.idle and move.pk in seen,
            is_hidden=move.pk not in seen,
        )
        for place, move in enumerate(moves)
    ]


def _facets(move: Move) -> list[str]:
    """The facets that its answers come to; `mixed` where they lie in the middle, none where it says nothing."""
    if not (move.purpose and move.driver):
        return []
    return [facet.value for facet in facets_at(*from_answers(move.purpose, move.driver))] or ["mixed"]


def _decisions(user: Viewer, portfolio: Portfolio, scenario: Scenario) -> list[Taken]:
    rows = Decision.objects.visible_to(user).filter(origin_type="scenario", origin_id=scenario.pk)
    return [Taken(each, _address(portfolio, each)) for each in rows.order_by("pk")]


def _address(portfolio: Portfolio, decision: Decision) -> str:
    try:
        return reverse("decision", args=[portfolio.slug, decision.pk])
    except NoReverseMatch:
        return ""
