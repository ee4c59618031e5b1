"""Tables of placements: read and shown, taken over as one batch, and taken back as exactly that batch."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib import sheets
from polyfolio.lib.events import publish
from polyfolio.lib.fields import shorten
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import placements, zones
from polyfolio.sensemaking.actions.placements import CHUNK, Answers
from polyfolio.sensemaking.choices import SheetState
from polyfolio.sensemaking.events import ZoneChanged
from polyfolio.sensemaking.models import Placement, PlacementSheet, ZoneStay
from polyfolio.sensemaking.queries.sheets import known_of
from polyfolio.sensemaking.texts.sheet_rows import read_rows


def check(*, portfolio: Portfolio, name: str, content: bytes, by: User, at: datetime) -> PlacementSheet:
    """Read a table and keep what it would change and what is wrong in it; nothing is placed. Raises SheetError."""
    require(by, "sensemaking.place_any", portfolio)
    reading = read_rows(sheets.read(content), known_of(portfolio, by, today=at.date()))
    return PlacementSheet.objects.create(
        portfolio=portfolio,
        name=shorten(name, 300),
        rows=[row.as_json() for row in reading.rows],
        problems=[asdict(problem) for problem in reading.problems],
        unchanged=reading.unchanged,
        brought_by=by,
        brought_at=at,
    )


def take_over(*, sheet: PlacementSheet, by: User, at: datetime) -> PlacementSheet:
    """Place what the good rows say, all of it or, where something changed since, nothing."""
    require(by, "sensemaking.take_over_sheet", sheet)
    with transaction.atomic():
        locked = _locked(sheet)
        if locked.state != SheetState.CHECKED:
            raise RefusedError(_("This table is taken over already."))
        if not locked.rows:
            raise RefusedError(_("No row of this table says anything new."))
        placed = {row["initiative"]: _answers(row) for row in locked.rows if row["is_placed"]}
        moved = {row["initiative"]: _change(row) for row in locked.rows if row["zone"]}
        made: Sequence[Placement] = ()
        begun: Sequence[ZoneStay] = ()
        if placed:
            made = placements.place_many(portfolio=locked.portfolio, answers=placed, by=by, at=at, batch=locked.batch)
        if moved:
            begun = zones.change_many(portfolio=locked.portfolio, given=moved, by=by, at=at, batch=locked.batch)
        locked.state, locked.done_at = SheetState.DONE, at
        locked.outcome = {"placements": [each.pk for each in made], "stays": [each.pk for each in begun]}
        locked.save(update_fields=["state", "done_at", "outcome"])
    return locked


def undo(*, sheet: PlacementSheet, by: User, at: datetime) -> PlacementSheet:
    """Remove exactly what the table placed, and let the zones before it go on as if it had not been."""
    require(by, "sensemaking.see_sheet", sheet)
    with transaction.atomic():
        locked = _locked(sheet)
        if locked.state != SheetState.DONE:
            raise RefusedError(_("Only a table that was taken over can be taken back."))
        portfolio, outcome = locked.portfolio, locked.outcome
        made = {row["initiative"] for row in locked.rows if row["is_placed"]}
        placements.remove(portfolio, outcome["placements"], at=at)
        moved = _take_out(portfolio, outcome["stays"], at=at)
        _log(portfolio, made, "initiative.take_back_placement", by=by, at=at, batch=locked.batch)
        _log(portfolio, moved, "initiative.take_back_zone", by=by, at=at, batch=locked.batch)
        locked.state, locked.undone_at = SheetState.UNDONE, at
        locked.save(update_fields=["state", "undone_at"])
    return locked


def _locked(sheet: PlacementSheet) -> PlacementSheet:
    return PlacementSheet.objects.select_for_update(of=("self",)).select_related("portfolio").get(pk=sheet.pk)


def _answers(row: dict[str, Any]) -> Answers:
    return Answers(row["purpose"], row["driver"], row["shares"], row["rationale"])


def _change(row: dict[str, Any]) -> zones.Change:
    return zones.Change(row["zone"], date.fromisoformat(row["since_on"]), row["change"], row["rationale"])


def _take_out(portfolio: Portfolio, ids: Sequence[int], *, at: datetime) -> set[int]:
    """Delete stays; the one that each ended lasts until the deleted one ended, or goes on."""
    moved: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        stays = ZoneStay.objects.select_for_update(of=("self",)).filter(
            portfolio=portfolio, pk__in=ids[start : start + CHUNK]
        )
        for stay in list(stays):
            others = ZoneStay.objects.filter(
                portfolio=portfolio, frame=stay.frame_id, initiative=stay.initiative_id, until_on=stay.since_on
            )
            earlier = others.exclude(pk=stay.pk).order_by("-since_on", "-pk").first()
            until = stay.until_on
            stay.delete()
            if earlier is not None:
                earlier.until_on = until
                earlier.save(update_fields=["until_on"])
                publish(ZoneChanged(portfolio.pk, earlier.initiative_id, earlier.zone_id))
            moved.add(stay.initiative_id)
    touch(moved, at=at)
    return moved


def _log(portfolio: Portfolio, ids: set[int], verb: str, *, by: User, at: datetime, batch: uuid.UUID) -> None:
    rows: list[Initiative] = []
    every = sorted(ids)
    for start in range(0, len(every), CHUNK):
        rows += Initiative.objects.filter(pk__in=every[start : start + CHUNK])
    after = {"portfolio": plain(portfolio)}
    changes.write_many(
        [changes.prepare(record=each, verb=verb, by=by, at=at, after=after, batch=batch) for each in rows]
    )
