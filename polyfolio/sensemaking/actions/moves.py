"""The moves of a scenario: adding, changing, ordering and removing them, as long as it is not adopted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.actions.scenarios import lock_open
from polyfolio.sensemaking.arithmetic.whatif import GONE
from polyfolio.sensemaking.choices import FacetAnswer, FrameKind, MoveKind
from polyfolio.sensemaking.models import Move, Scenario
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import holding

FIELDS = (
    "kind",
    "initiative",
    "title",
    "into",
    "purpose",
    "driver",
    "zone",
    "fills",
    "amount",
    "currency",
    "note",
)
EMPTY: dict[str, Any] = {
    "initiative": None,
    "title": "",
    "into": None,
    "purpose": "",
    "driver": "",
    "zone": "",
    "fills": None,
    "amount": None,
    "currency": "",
    "note": "",
}
USED: dict[str, tuple[str, ...]] = {
    MoveKind.START: ("title", "purpose", "driver", "zone", "fills", "amount", "currency"),
    MoveKind.STOP: (),
    MoveKind.BOOST: ("amount", "currency"),
    MoveKind.MERGE: ("into",),
    MoveKind.HAND_OVER: (),
    MoveKind.RE_PLACE: ("purpose", "driver"),
    MoveKind.CHANGE_ZONE: ("zone",),
    MoveKind.CHANGE_MONEY: ("amount", "currency"),
}
"""What a move of each kind says beside its initiative and its note."""
LONGEST_NOTE = 200_000
MOST_MOVES = 200
GREATEST = Decimal(10) ** 15


def add(*, scenario: Scenario, values: Mapping[str, Any], by: User, at: datetime) -> Move:
    """Add a move at the end. It is about an initiative that `by` sees, in the portfolio unless it starts there."""
    require(by, "sensemaking.edit_scenario", scenario)
    given = _clean(scenario, {**EMPTY, **values}, by)
    with transaction.atomic():
        locked = lock_open(scenario)
        others = list(locked.moves.kept().order_by("position").values_list("position", flat=True))
        if len(others) >= MOST_MOVES:
            raise RefusedError(_("A scenario holds at most %s moves; begin another one.") % MOST_MOVES)
        move = Move(scenario=locked, position=(others[-1] if others else 0) + 1, **given)
        return records.create(move, fields=(*FIELDS, "position"), by=by, at=at)


def edit(*, move: Move, values: Mapping[str, Any], by: User, at: datetime) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs."""
    require(by, "sensemaking.edit_scenario", move)
    now = {name: getattr(move, name) for name in FIELDS}
    given = _clean(move.scenario, {**now, **values}, by)
    with transaction.atomic():
        lock_open(move.scenario)
        return records.change(records.lock(move), given, by=by, at=at)


def shift(*, move: Move, is_earlier: bool, by: User, at: datetime) -> AuditRecord | None:
    """Bring it one place forward or back; None where it stands at that end already."""
    require(by, "sensemaking.edit_scenario", move)
    with transaction.atomic():
        lock_open(move.scenario)
        order = list(move.scenario.moves.kept().order_by("position", "pk").values_list("pk", "position"))
        place = [pk for pk, _position in order].index(move.pk)
        rest = [position for pk, position in order if pk != move.pk]
        target = place - 1 if is_earlier else place + 1
        if not 0 <= target <= len(rest):
            return None
        before = rest[target - 1] if target else rest[0] - 2
        after = rest[target] if target < len(rest) else rest[-1] + 2
        return records.change(records.lock(move), {"position": (before + after) / 2}, by=by, at=at)


def remove(*, move: Move, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.edit_scenario", move)
    with transaction.atomic():
        lock_open(move.scenario)
        return records.delete(move, by=by, at=at)


def _clean(scenario: Scenario, values: Mapping[str, Any], by: User) -> dict[str, Any]:
    """What the kind of move needs, checked; what it has no use for is left empty."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"A move has no {', '.join(sorted(unknown))}.")
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    kind = given.get("kind", "")
    if kind not in MoveKind.values:
        raise RefusedError(_("Choose what kind of move it is."), field="kind")
    kept = {"kind", "initiative", "note", *USED[kind]}
    given = {name: given[name] if name in kept else EMPTY.get(name) for name in FIELDS}
    if len(given["note"]) > LONGEST_NOTE:
        raise RefusedError(_("Keep the note to %s letters.") % LONGEST_NOTE, field="note")
    _check_about(scenario, given, by)
    _check_place(scenario, given)
    _check_money(given)
    return given


def _check_about(scenario: Scenario, given: dict[str, Any], by: User) -> None:
    """The initiative is one that `by` sees, and in the portfolio unless the move starts it."""
    initiative, is_start = given["initiative"], given["kind"] == MoveKind.START
    if initiative is not None and given["title"]:
        raise RefusedError(_("Choose an initiative or name a new one, not both."), field="title")
    if initiative is None:
        if not is_start:
            raise RefusedError(_("Say which initiative it is about."), field="initiative")
        if not given["title"]:
            raise RefusedError(_("Choose an initiative, or name the new one."), field="title")
        return
    if initiative == given["into"]:
        raise RefusedError(_("It cannot become part of itself."), field="into")
    _check_held(scenario, initiative, by, field="initiative", is_held=not is_start)
    if given["kind"] == MoveKind.MERGE:
        if given["into"] is None:
            raise RefusedError(_("Say which initiative it becomes part of."), field="into")
        _check_held(scenario, given["into"], by, field="into", is_held=True)


def _check_held(scenario: Scenario, initiative: Initiative, by: User, *, field: str, is_held: bool) -> None:
    """In the portfolio, or begun by another move; what begins is not there yet, or another move ends it."""
    if not Initiative.objects.visible_to(by).filter(pk=initiative.pk).exists():
        raise RefusedError(_("There is no such initiative, or you may not see it."), field=field)
    turns = [MoveKind.START] if is_held else GONE
    if scenario.moves.kept().filter(kind__in=turns, initiative=initiative).exists():
        return
    if holding(scenario.portfolio, by).members().filter(pk=initiative.pk).exists() != is_held:
        sentence = _("“%s” is not in this portfolio.") if is_held else _("“%s” is in this portfolio already.")
        raise RefusedError(sentence % initiative, field=field)


def _check_place(scenario: Scenario, given: dict[str, Any]) -> None:
    """Both questions or none of them, a zone of this portfolio, and a wanted cell of its own."""
    answers = [name for name in ("purpose", "driver") if given[name]]
    for name in answers:
        if given[name] not in FacetAnswer.values:
            raise RefusedError(_("There is no such facet."), field=name)
    if len(answers) == 1 or (given["kind"] == MoveKind.RE_PLACE and not answers):
        raise RefusedError(
            _("Answer both questions: what it is for, and what pushes it."),
            field="driver" if answers == ["purpose"] else "purpose",
        )
    if given["kind"] == MoveKind.CHANGE_ZONE and not given["zone"]:
        raise RefusedError(_("Choose the zone it would come into."), field="zone")
    if given["zone"] and given["zone"] not in {
        region.code for region in regions_of(scenario.portfolio, FrameKind.ZONES)
    }:
        raise RefusedError(_("This portfolio has no such zone."), field="zone")
    if given["fills"] is not None and given["fills"].portfolio_id != scenario.portfolio_id:
        raise RefusedError(_("This hole belongs to another portfolio."), field="fills")


def _check_money(given: dict[str, Any]) -> None:
    amount, currency = given["amount"], given["currency"].upper()
    given["currency"] = currency if amount is not None else ""
    if amount is None:
        if given["kind"] == MoveKind.CHANGE_MONEY:
            raise RefusedError(_("Say how much money it would have."), field="amount")
        return
    if not amount.is_finite() or amount < 0:
        raise RefusedError(_("An amount is zero or more. To take money away, say what would be left."), field="amount")
    if amount >= GREATEST:
        raise RefusedError(_("This amount is too great to be one initiative’s."), field="amount")
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise RefusedError(_("Give the currency by its three letters, such as EUR."), field="currency")
