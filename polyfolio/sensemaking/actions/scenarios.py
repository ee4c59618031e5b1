"""Sketching what-if scenarios, and adopting one as decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import decisions
from polyfolio.sensemaking.choices import DecisionKind, MoveKind, ScenarioState
from polyfolio.sensemaking.models import Decision, Move, Scenario

FIELDS = ("title", "question", "starts_on")
LONGEST_TITLE = 200
LONGEST_QUESTION = 20_000
DECISION_TITLE = 300
KINDS = {
    MoveKind.START: DecisionKind.START,
    MoveKind.STOP: DecisionKind.STOP,
    MoveKind.BOOST: DecisionKind.BOOST,
    MoveKind.MERGE: DecisionKind.MERGE,
    MoveKind.HAND_OVER: DecisionKind.HAND_OVER,
    MoveKind.RE_PLACE: DecisionKind.ADAPT,
    MoveKind.CHANGE_ZONE: DecisionKind.ADAPT,
    MoveKind.CHANGE_MONEY: DecisionKind.ADAPT,
}


def create(*, portfolio: Portfolio, values: Mapping[str, Any], by: User, at: datetime) -> Scenario:
    """Begin a scenario of the portfolio; nothing live changes by it."""
    require(by, "sensemaking.create_scenario", portfolio)
    given = _clean({"title": "", "starts_on": at.date(), **values})
    with transaction.atomic():
        return records.create(Scenario(portfolio=portfolio, **given), fields=(*FIELDS, "state"), by=by, at=at)


def edit(*, scenario: Scenario, values: Mapping[str, Any], by: User, at: datetime) -> AuditRecord | None:
    """Change its title, question or day; None where nothing differs."""
    require(by, "sensemaking.edit_scenario", scenario)
    given = _clean(values)
    with transaction.atomic():
        return records.change(lock_open(scenario), given, by=by, at=at)


def set_aside(*, scenario: Scenario, by: User, at: datetime) -> AuditRecord | None:
    """Keep it for the record, out of the comparison."""
    return _change_state(scenario, ScenarioState.SET_ASIDE, by=by, at=at)


def reopen(*, scenario: Scenario, by: User, at: datetime) -> AuditRecord | None:
    return _change_state(scenario, ScenarioState.OPEN, by=by, at=at)


def delete(*, scenario: Scenario, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.edit_scenario", scenario)
    with transaction.atomic():
        return records.delete(lock_open(scenario), by=by, at=at)


def adopt(*, scenario: Scenario, by: User, at: datetime) -> list[Decision]:
    """Take one decision for each move, in their order, and close the scenario. Publishes DecisionTaken for each."""
    require(by, "sensemaking.adopt_scenario", scenario)
    with transaction.atomic():
        locked = lock_open(scenario)
        moves = list(locked.moves.kept().select_related("initiative", "into").order_by("position", "pk"))
        _check_adoptable(moves, by)
        taken = [_decide(locked, move, by=by, at=at) for move in moves]
        records.change(locked, {"state": ScenarioState.ADOPTED}, by=by, at=at)
    return taken


def lock_open(scenario: Scenario) -> Scenario:
    """The scenario as it stands now, held until the transaction ends; refuses one that was adopted or deleted."""
    locked = records.lock(scenario)
    if locked.is_deleted:
        raise RefusedError(_("This scenario was deleted. Bring it back from its history first."))
    if locked.state == ScenarioState.ADOPTED:
        raise RefusedError(_("This scenario is adopted already; its decisions carry on from here."))
    return locked


def decision_title(move: Move) -> str:
    """What a move says as a decision."""
    about = str(move.initiative) if move.initiative is not None else move.title
    names = {"about": about, "into": str(move.into or "")}
    sentence = str(_SENTENCES[MoveKind(move.kind)]()) % names
    return sentence if len(sentence) <= DECISION_TITLE else f"{sentence[: DECISION_TITLE - 1]}…"


_SENTENCES = {
    MoveKind.START: lambda: _("Start “%(about)s”"),
    MoveKind.STOP: lambda: _("Stop “%(about)s”"),
    MoveKind.BOOST: lambda: _("Boost “%(about)s”"),
    MoveKind.MERGE: lambda: _("Merge “%(about)s” into “%(into)s”"),
    MoveKind.HAND_OVER: lambda: _("Hand over “%(about)s”"),
    MoveKind.RE_PLACE: lambda: _("Give “%(about)s” another purpose"),
    MoveKind.CHANGE_ZONE: lambda: _("Bring “%(about)s” into another zone"),
    MoveKind.CHANGE_MONEY: lambda: _("Change the money of “%(about)s”"),
}


def _check_adoptable(moves: list[Move], by: User) -> None:
    if not moves:
        raise RefusedError(_("There is nothing to adopt yet: add a move first."))
    named = {pk for move in moves for pk in (move.initiative_id, move.into_id) if pk is not None}
    if Initiative.objects.visible_to(by).filter(pk__in=named).count() != len(named):
        raise RefusedError(
            _("A move is about an initiative that is gone or that you may not see. Take that move away first.")
        )


def _decide(scenario: Scenario, move: Move, *, by: User, at: datetime) -> Decision:
    reason = move.note
    if len(reason) > decisions.LONGEST:
        ending = _("… The whole note stands with the move.")
        reason = reason[: decisions.LONGEST - len(ending)] + ending
    return decisions.take(
        portfolio=scenario.portfolio,
        kind=KINDS[MoveKind(move.kind)],
        title=decision_title(move),
        by=by,
        at=at,
        values={"reason": reason, "evidence": _("From the scenario “%s”.") % scenario.title},
        initiatives=[each for each in (move.initiative, move.into) if each is not None],
        origin=("scenario", scenario.pk),
    )


def _change_state(scenario: Scenario, state: ScenarioState, *, by: User, at: datetime) -> AuditRecord | None:
    require(by, "sensemaking.edit_scenario", scenario)
    with transaction.atomic():
        return records.change(lock_open(scenario), {"state": state}, by=by, at=at)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"A scenario has no {', '.join(sorted(unknown))}.")
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if not given.get("title", "as it is"):
        raise RefusedError(_("Give the scenario a title."), field="title")
    if len(given.get("title", "")) > LONGEST_TITLE:
        raise RefusedError(_("Keep the title to %s letters.") % LONGEST_TITLE, field="title")
    if len(given.get("question", "")) > LONGEST_QUESTION:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST_QUESTION, field="question")
    if given.get("starts_on", "as it is") is None:
        raise RefusedError(_("Say from which day on it would hold."), field="starts_on")
    return given
