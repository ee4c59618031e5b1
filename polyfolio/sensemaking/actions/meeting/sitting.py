"""What happens in a running workshop: people sit down, everybody acts, the facilitator leads."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.sensemaking.choices import ActKind, FrameKind, WorkshopState
from polyfolio.sensemaking.models import Workshop, WorkshopAct, WorkshopSeat
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.looking_back.workshops import digest
from polyfolio.sensemaking.workshops.acting import Around, Given, checked
from polyfolio.sensemaking.workshops.agendas import DOTS, PITCH_SECONDS
from polyfolio.sensemaking.workshops.boards import fold

MOST_SEATS = 200
MOST_AT_ONCE = 200
LONGEST_TIMER = 8 * 60 * 60


@dataclass(frozen=True)
class Answer:
    """What became of an act: its sequence number, or why it was refused."""

    client_id: str
    sequence: int | None = None
    refused: str = ""


def sit(
    *, workshop: Workshop, name: str, user: User | None, at: datetime, is_facilitator: bool = False
) -> tuple[WorkshopSeat, str]:
    """Give somebody a seat; the second value is the key that their device keeps and we do not."""
    name = " ".join(name.split())[:60]
    if not name:
        raise RefusedError(_("Say how the others shall call you."), field="name")
    key = secrets.token_urlsafe(24)
    with transaction.atomic():
        held = locked(workshop)
        if held.state == WorkshopState.ENDED:
            raise RefusedError(_("This workshop has ended."))
        if held.seats.count() >= MOST_SEATS:
            raise RefusedError(_("All %s seats are taken.") % MOST_SEATS)
        seat = WorkshopSeat.objects.create(
            workshop=held, name=name, key_digest=digest(key), user=user, is_facilitator=is_facilitator, joined_at=at
        )
        keep(held, seat, [(ActKind.JOIN, "", {"name": name}, f"join-{seat.pk}")], at)
        held.save(update_fields=["last_sequence"])
    return seat, key


def act(*, seat: WorkshopSeat, given: Sequence[Given], at: datetime) -> list[Answer]:
    """Keep what a device sends, in its order, each act once however often it comes; refuse what does not fit.

    Afterwards `seat.workshop` is the workshop as it stands now.
    """
    with transaction.atomic():
        workshop = seat.workshop = locked(seat.workshop)
        known = dict(
            WorkshopAct.objects.filter(seat=seat, client_id__in=[each.client_id for each in given]).values_list(
                "client_id", "sequence"
            )
        )
        if workshop.state != WorkshopState.RUNNING:
            return [_stopped(each, known, workshop) for each in given]
        around = _around(workshop, given)
        made: list[WorkshopAct] = []
        answers = []
        for each in given[:MOST_AT_ONCE]:
            if each.client_id in known:
                answers.append(Answer(each.client_id, known[each.client_id]))
                continue
            try:
                made.append(_made(seat, each, around, made, at))
            except RefusedError as refusal:
                answers.append(Answer(each.client_id, refused=str(refusal)))
                continue
            known[each.client_id] = made[-1].sequence
            answers.append(Answer(each.client_id, made[-1].sequence))
        if made:
            WorkshopAct.objects.bulk_create(made)
            Workshop.objects.filter(pk=workshop.pk).update(last_sequence=workshop.last_sequence)
    return answers


def _stopped(given: Given, known: Mapping[str, int], workshop: Workshop) -> Answer:
    if given.client_id in known:
        return Answer(given.client_id, known[given.client_id])
    is_over = workshop.state == WorkshopState.ENDED
    words = _("This workshop has ended.") if is_over else _("The workshop has not begun.")
    return Answer(given.client_id, refused=words)


def _around(workshop: Workshop, given: Sequence[Given]) -> Around:
    """What the acts are checked against; initiatives and zones are read only where an act names one."""
    names_targets = any(each.target and not each.target.startswith(("note-", "propose-")) for each in given)
    names_zones = any("zone" in each.payload for each in given)
    targets = workshop.initiatives.values_list("pk", flat=True) if names_targets else ()
    zones = regions_of(workshop.portfolio, FrameKind.ZONES) if names_zones else ()
    return Around(
        steps=workshop.steps,
        current=workshop.current_step,
        revealed=workshop.revealed,
        targets={str(pk) for pk in targets},
        zones={zone.code for zone in zones},
    )


def _made(seat: WorkshopSeat, given: Given, around: Around, made: Sequence[WorkshopAct], at: datetime) -> WorkshopAct:
    """An unsaved act with the workshop's next number."""
    workshop = seat.workshop
    payload = checked(given, around)
    if given.kind == ActKind.VOTE and payload["on"]:
        _check_dots(seat, given, made)
    if given.kind == ActKind.MOVE:
        payload |= _crossed(workshop, seat, given, payload, made)
    workshop.last_sequence += 1
    return WorkshopAct(
        workshop=workshop,
        sequence=workshop.last_sequence,
        seat=seat,
        step=given.step,
        kind=given.kind,
        target=given.target,
        payload=payload,
        client_id=given.client_id,
        done_at=at,
    )


def _check_dots(seat: WorkshopSeat, given: Given, made: Sequence[WorkshopAct]) -> None:
    earlier = WorkshopAct.objects.filter(seat=seat, step=given.step, kind=ActKind.VOTE)
    board = fold([*earlier, *(each for each in made if each.kind == ActKind.VOTE)])
    if seat.pk not in board.votes.get((given.step, given.target), set()) and board.spent(given.step, seat.pk) >= DOTS:
        raise RefusedError(_("Your %s dots are given. Take one back first.") % DOTS)


def _crossed(
    workshop: Workshop, seat: WorkshopSeat, given: Given, payload: Mapping[str, Any], made: Sequence[WorkshopAct]
) -> dict[str, Any]:
    """Whose move this one overtakes without having seen it: both stay in the acts, this one wins, both are told."""
    mine = [each for each in made if each.kind == ActKind.MOVE and each.target == given.target]
    if mine:
        return {}
    rows = WorkshopAct.objects.filter(workshop=workshop, step=given.step, kind=ActKind.MOVE, target=given.target)
    last = rows.order_by("-sequence").first()
    if last is None or last.seat_id == seat.pk or last.sequence <= payload["seen"]:
        return {}
    return {"crossed": last.seat_id}


def lead(*, seat: WorkshopSeat, kind: str, given: Mapping[str, Any], by: User, at: datetime) -> Workshop:
    """Start, go to a step, set or stop the timer, reveal, or give somebody three minutes to pitch."""
    require(by, "sensemaking.run_workshop", seat.workshop)
    with transaction.atomic():
        workshop = locked(seat.workshop)
        if workshop.state == WorkshopState.ENDED:
            raise RefusedError(_("This workshop has ended."))
        target, payload = _LEADS[_lead_kind(kind)](workshop, given, at)
        keep(workshop, seat, [(kind, target, payload, f"lead-{workshop.last_sequence + 1}")], at)
        workshop.save()
    return workshop


def _lead_kind(kind: str) -> ActKind:
    if kind not in _LEADS:
        raise RefusedError(_("That cannot be done here."))
    return ActKind(kind)


def _start(workshop: Workshop, _given: Mapping[str, Any], at: datetime) -> tuple[str, dict[str, Any]]:
    if workshop.state == WorkshopState.PLANNED:
        workshop.state = WorkshopState.RUNNING
        _go_to(workshop, 0, at)
    return "", {}


def _step(workshop: Workshop, given: Mapping[str, Any], at: datetime) -> tuple[str, dict[str, Any]]:
    number = _whole(given.get("step"))
    if not 0 <= number < len(workshop.steps):
        raise RefusedError(_("There is no such step."))
    workshop.state = WorkshopState.RUNNING
    _go_to(workshop, number, at)
    return "", {"step": number}


def _go_to(workshop: Workshop, number: int, at: datetime) -> None:
    workshop.current_step = number
    workshop.timer_seconds = 60 * int(workshop.steps[number]["minutes"])
    workshop.timer_ends_at = at + timedelta(seconds=workshop.timer_seconds)


def _timer(workshop: Workshop, given: Mapping[str, Any], at: datetime) -> tuple[str, dict[str, Any]]:
    """With `seconds` a new time begins; without, a running timer stops and a stopped one goes on."""
    if given.get("seconds") not in (None, ""):
        seconds = _whole(given["seconds"])
        if not 1 <= seconds <= LONGEST_TIMER:
            raise RefusedError(_("A timer runs from one second to eight hours."))
        workshop.timer_seconds, workshop.timer_ends_at = seconds, at + timedelta(seconds=seconds)
    elif workshop.timer_ends_at is not None:
        workshop.timer_seconds = max(0, round((workshop.timer_ends_at - at).total_seconds()))
        workshop.timer_ends_at = None
    else:
        workshop.timer_ends_at = at + timedelta(seconds=workshop.timer_seconds)
    return "", {"seconds": workshop.timer_seconds, "is_running": workshop.timer_ends_at is not None}


def _reveal(workshop: Workshop, given: Mapping[str, Any], _at: datetime) -> tuple[str, dict[str, Any]]:
    number = _whole(given.get("step", workshop.current_step))
    if not 0 <= number < len(workshop.steps):
        raise RefusedError(_("There is no such step."))
    workshop.revealed = sorted({*workshop.revealed, number})
    return "", {"step": number}


def _pitch(workshop: Workshop, given: Mapping[str, Any], at: datetime) -> tuple[str, dict[str, Any]]:
    workshop.timer_seconds, workshop.timer_ends_at = PITCH_SECONDS, at + timedelta(seconds=PITCH_SECONDS)
    return str(given.get("target", ""))[:80], {"seconds": PITCH_SECONDS}


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise RefusedError(_("Give a whole number.")) from None


_LEADS = {
    ActKind.START: _start,
    ActKind.STEP: _step,
    ActKind.TIMER: _timer,
    ActKind.REVEAL: _reveal,
    ActKind.PITCH: _pitch,
}


def locked(workshop: Workshop) -> Workshop:
    """The workshop's row until the transaction ends, so that acts come in one order without a gap."""
    held: Workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    return held


def keep(
    workshop: Workshop, seat: WorkshopSeat, acts: Sequence[tuple[str, str, dict[str, Any], str]], at: datetime
) -> None:
    for kind, target, payload, client_id in acts:
        workshop.last_sequence += 1
        WorkshopAct.objects.create(
            workshop=workshop,
            sequence=workshop.last_sequence,
            seat=seat,
            step=workshop.current_step,
            kind=kind,
            target=target,
            payload=payload,
            client_id=client_id,
            done_at=at,
        )
