"""Ending a workshop: a dated stocktake, the decisions chosen from its proposals, and what people placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.lib.events import publish
from polyfolio.lib.fields import shorten
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.actions import decisions, stocktakes
from polyfolio.sensemaking.actions.meeting.sitting import keep, locked
from polyfolio.sensemaking.actions.placements import rebuild
from polyfolio.sensemaking.choices import ActKind, FrameKind, Layer, WorkshopState
from polyfolio.sensemaking.events import InitiativesPlaced
from polyfolio.sensemaking.models import Placement, Stocktake, Workshop, WorkshopSeat
from polyfolio.sensemaking.queries.frames import frame_of
from polyfolio.sensemaking.workshops.agendas import worded
from polyfolio.sensemaking.workshops.boards import Board, Said, fold


def end(
    *, seat: WorkshopSeat, by: User, at: datetime, chosen: Collection[int] = (), is_placing: bool = False
) -> Stocktake:
    """Close the workshop for good.

    `chosen` are proposals (their sequence numbers) that become decisions; with `is_placing`, what each seat placed on
    the diamond counts as a placement of its own.
    """
    require(by, "sensemaking.run_workshop", seat.workshop)
    if chosen:
        require(by, "sensemaking.decide", seat.workshop.portfolio)
    if is_placing:
        require(by, "sensemaking.place_any", seat.workshop.portfolio)
    with transaction.atomic():
        workshop = locked(seat.workshop)
        if workshop.state == WorkshopState.ENDED:
            raise RefusedError(_("This workshop has ended."))
        board = fold(workshop.acts.all())
        if is_placing:
            _place(workshop, board, at)
        for proposal in board.proposals:
            if proposal.sequence in chosen:
                _decide(workshop, proposal, by=by, at=at)
        workshop.stocktake = _stocktake(workshop, board, by=by, at=at)
        workshop.state, workshop.ended_at, workshop.timer_ends_at = WorkshopState.ENDED, at, None
        keep(workshop, seat, [(ActKind.END, "", {}, "end")], at)
        workshop.save()
        stocktakes.freeze(stocktake=workshop.stocktake, by=by, at=at)
    workshop.stocktake.refresh_from_db()
    return workshop.stocktake


def _decide(workshop: Workshop, proposal: Said, *, by: User, at: datetime) -> None:
    about = workshop.initiatives.filter(pk=int(proposal.target)) if proposal.target else Initiative.objects.none()
    first, _break, rest = proposal.text.partition("\n")
    values: dict[str, Any] = {"reason": rest.strip()} if rest.strip() else {}
    if len(first) > 300:
        values["reason"] = proposal.text
    decisions.take(
        portfolio=workshop.portfolio,
        kind=proposal.kind,
        title=shorten(first, 300),
        values=values,
        initiatives=list(about),
        origin=("workshop", workshop.pk),
        by=by,
        at=at,
    )


def _stocktake(workshop: Workshop, board: Board, *, by: User, at: datetime) -> Stocktake:
    """Notes by layer; those of no layer stand under the title of their step as insights."""
    layers: dict[str, list[str]] = defaultdict(list)
    steps: dict[int, list[str]] = defaultdict(list)
    for note in board.notes:
        (layers[note.layer] if note.layer else steps[note.step]).append(_line(note))
    titles = [step["title"] for step in worded(workshop.steps)]
    insights = "\n\n".join("\n".join([f"{titles[step]}:", *lines]) for step, lines in sorted(steps.items()))
    values = {
        "title": workshop.title,
        "held_on": workshop.held_on,
        "purpose": _("Found in the workshop “%s”.") % workshop.title,
        "notes": {layer.value: _joined(layers[layer.value]) for layer in Layer if layers[layer.value]},
        "insights": insights[: stocktakes.LONGEST],
    }
    return stocktakes.record(portfolio=workshop.portfolio, values=values, by=by, at=at)


def _line(note: Said) -> str:
    return f"– {note.text} ({note.dots} ●)" if note.dots else f"– {note.text}"


def _joined(lines: list[str]) -> str:
    return "\n".join(lines)[: stocktakes.LONGEST]


def _place(workshop: Workshop, board: Board, at: datetime) -> None:
    """Each seat is an assessor of its own, named by its number, not by what somebody called themselves."""
    frame = frame_of(workshop.portfolio, FrameKind.FACETS)
    numbers = {pk: number for number, pk in enumerate(workshop.seats.order_by("pk").values_list("pk", flat=True), 1)}
    held = {str(each.pk): each for each in workshop.initiatives.filter(deleted_at__isnull=True)}
    label = _("workshop “%(title)s” (%(code)s), seat %(number)s")
    made = [
        Placement(
            initiative=held[target],
            portfolio=workshop.portfolio,
            frame=frame,
            assessor_label=shorten(
                label % {"title": shorten(workshop.title, 90), "code": workshop.code, "number": numbers[seat]}, 150
            ),
            placed_at=at,
            x=spot["x"],
            y=spot["y"],
        )
        for (_step, target), given in board.places.items()
        for seat, spot in given.items()
        if "x" in spot and target in held
    ]
    Placement.objects.bulk_create(made)
    ids = sorted({each.initiative_id for each in made})
    if ids:
        rebuild(portfolio=workshop.portfolio, frame=frame, initiative_ids=ids)
        publish(InitiativesPlaced(workshop.portfolio_id, tuple(ids)))
