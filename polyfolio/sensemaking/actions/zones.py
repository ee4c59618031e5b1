"""Saying in which zone an initiative stands, and what drove it there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.notify.actions import notices
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions.placements import CHUNK, held
from polyfolio.sensemaking.choices import Driver, FrameKind
from polyfolio.sensemaking.events import ZoneChanged
from polyfolio.sensemaking.models import Frame, Region, ZoneStay
from polyfolio.sensemaking.queries.frames import regions_of


@dataclass(frozen=True)
class Change:
    """The zone an initiative comes into (its code), since when, what drove it there, and on what evidence."""

    zone: str
    since_on: date
    driver: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Moved:
    """A new stay; `overtaken` is the one it ended where somebody else had begun that since the mover looked."""

    stay: ZoneStay
    overtaken: ZoneStay | None = None


def change(
    *,
    initiative: Initiative,
    portfolio: Portfolio,
    change: Change,
    by: User,
    at: datetime,
    frame: Frame | None = None,
) -> ZoneStay:
    """End the initiative's stay and begin one in another zone; a transition names its driver.

    `frame` is the one that the portfolio looks through by default where none is given.
    """
    return change_many(portfolio=portfolio, given={initiative.pk: change}, by=by, at=at, frame=frame)[0]


def move(
    *,
    initiative: Initiative,
    portfolio: Portfolio,
    change: Change,
    saw: int | None,
    by: User,
    at: datetime,
    frame: Frame | None = None,
) -> Moved:
    """The same for somebody who looked at a board: `saw` is the id of the stay they saw, None for no stay.

    Where somebody else moved it meanwhile, this move is recorded after theirs and they are told of it.
    """
    require(by, "sensemaking.change_zone", portfolio)
    with transaction.atomic():
        begun, ended = _change_many(portfolio, {initiative.pk: change}, frame, by=by, at=at, batch=None)
        earlier = ended.get(initiative.pk)
        is_overtaken = earlier is not None and earlier.pk != saw and earlier.decided_by_id != by.pk
        overtaken = earlier if is_overtaken else None
        if overtaken is not None and overtaken.decided_by is not None:
            words = format_lazy(
                gettext_lazy("{who} moved “{initiative}” on to {zone}, right after you moved it to {earlier}."),
                who=str(by),
                initiative=str(initiative),
                zone=str(begun[0].zone),
                earlier=str(overtaken.zone),
            )
            notices.give(user=overtaken.decided_by, text=words, at=at)
    return Moved(begun[0], overtaken)


def take_back(*, stay: ZoneStay, by: User, at: datetime) -> ZoneStay | None:
    """Undo the move that began a stay: the stay before it goes on. Refused where it has been moved on since."""
    require(by, "sensemaking.change_zone", stay.portfolio)
    with transaction.atomic():
        found = ZoneStay.objects.select_for_update(of=("self",)).filter(pk=stay.pk, until_on__isnull=True).first()
        if found is None:
            raise RefusedError(_("“%s” has been moved on since, so this move cannot be taken back.") % stay.initiative)
        before = ZoneStay.objects.filter(
            portfolio=stay.portfolio_id, frame=stay.frame_id, initiative=stay.initiative_id, until_on=stay.since_on
        )
        earlier = before.exclude(pk=stay.pk).select_related("zone").order_by("-since_on", "-pk").first()
        changes.write(
            record=stay.initiative,
            verb="initiative.zone_back",
            by=by,
            at=at,
            before={"portfolio": plain(stay.portfolio), "zone": str(stay.zone)},
            after={"portfolio": plain(stay.portfolio), "zone": str(earlier.zone) if earlier else ""},
        )
        found.delete()
        if earlier is not None:
            earlier.until_on = None
            earlier.save(update_fields=["until_on"])
        touch([stay.initiative_id], at=at)
        publish(ZoneChanged(stay.portfolio_id, stay.initiative_id, earlier.zone_id if earlier else stay.zone_id))
    return earlier


def change_many(
    *,
    portfolio: Portfolio,
    given: Mapping[int, Change],
    by: User,
    at: datetime,
    batch: uuid.UUID | None = None,
    frame: Frame | None = None,
) -> list[ZoneStay]:
    """The same for many initiatives (id → change) of a portfolio; log rows are written in bulk."""
    require(by, "sensemaking.change_zone", portfolio)
    return _change_many(portfolio, given, frame, by=by, at=at, batch=batch)[0]


def _change_many(
    portfolio: Portfolio,
    given: Mapping[int, Change],
    frame: Frame | None,
    *,
    by: User,
    at: datetime,
    batch: uuid.UUID | None,
) -> tuple[list[ZoneStay], dict[int, ZoneStay]]:
    """The stays that began, and by initiative those that ended."""
    zones = _zones(portfolio, frame)
    with transaction.atomic():
        initiatives = held(portfolio, given)
        touch(given, at=at)  # First: it locks the initiatives, so that two moves of one stand in a row.
        standing = _standing(portfolio, zones, given)
        begun, rows = [], []
        for pk, each in given.items():
            earlier = standing.get(pk)
            _check(each, zones, earlier, at)
            if earlier is not None:
                earlier.until_on = each.since_on
            stay = _stay(initiatives[pk], portfolio, zones[each.zone], each, by)
            begun.append(stay)
            rows.append(_log(stay, earlier, by=by, at=at, batch=batch))
        ZoneStay.objects.bulk_update(standing.values(), ["until_on"], batch_size=CHUNK)
        ZoneStay.objects.bulk_create(begun, batch_size=CHUNK)
        changes.write_many(rows)
        for stay in begun:
            publish(ZoneChanged(portfolio.pk, stay.initiative_id, stay.zone_id))
    return begun, standing


def _zones(portfolio: Portfolio, frame: Frame | None) -> dict[str, Region]:
    """The zones that can be moved into, by code; refuses a frame that is archived or of somebody else."""
    if frame is None:
        return {region.code: region for region in regions_of(portfolio, FrameKind.ZONES)}
    if frame.kind != FrameKind.ZONES or frame.portfolio_id not in (None, portfolio.pk):
        raise RefusedError(_("This portfolio has no such frame of zones."), field="zone")
    if frame.archived_at is not None:
        raise RefusedError(_("“%s” is archived. Restore it before you move anything in it.") % frame, field="zone")
    return {region.code: region for region in frame.regions.select_related("frame")}


def _standing(portfolio: Portfolio, zones: Mapping[str, Region], given: Mapping[int, Change]) -> dict[int, ZoneStay]:
    ids = list(given)
    found: dict[int, ZoneStay] = {}
    frames = {region.frame_id for region in zones.values()}
    for start in range(0, len(ids), CHUNK):
        rows = ZoneStay.objects.select_for_update(of=("self",)).select_related("zone", "decided_by")
        current = rows.filter(
            portfolio=portfolio,
            frame__in=frames,
            until_on__isnull=True,
            initiative__in=ids[start : start + CHUNK],
        )
        found |= {stay.initiative_id: stay for stay in current}
    return found


def _check(change: Change, zones: Mapping[str, Region], earlier: ZoneStay | None, at: datetime) -> None:
    if change.zone not in zones:
        raise RefusedError(_("This portfolio has no such zone."), field="zone")
    if change.since_on > at.date():
        raise RefusedError(_("A stay in a zone cannot begin in the future."), field="since_on")
    if change.driver and change.driver not in Driver.values:
        raise RefusedError(_("Choose what drove the change."), field="driver")
    if earlier is None:
        return
    if earlier.zone_id == zones[change.zone].pk:
        raise RefusedError(_("It stands in this zone already."), field="zone")
    if change.since_on < earlier.since_on:
        raise RefusedError(
            _("It came into its present zone on %s; say a later day.") % earlier.since_on.isoformat(),
            field="since_on",
        )
    if not change.driver:
        raise RefusedError(_("Say what drove it from one zone to the other."), field="driver")


def _stay(initiative: Initiative, portfolio: Portfolio, zone: Region, change: Change, by: User) -> ZoneStay:
    return ZoneStay(
        initiative=initiative,
        portfolio=portfolio,
        frame_id=zone.frame_id,
        zone=zone,
        since_on=change.since_on,
        driver=change.driver,
        evidence=change.evidence,
        decided_by=by,
    )


def _log(stay: ZoneStay, earlier: ZoneStay | None, *, by: User, at: datetime, batch: uuid.UUID | None) -> Any:
    after = {
        "portfolio": plain(stay.portfolio),
        "frame": str(stay.zone.frame),
        "zone": str(stay.zone),
        "since_on": stay.since_on.isoformat(),
        "driver": stay.driver,
    }
    return changes.prepare(
        record=stay.initiative,
        verb="initiative.zone",
        by=by,
        at=at,
        before={"zone": str(earlier.zone)} if earlier is not None else None,
        after=after,
        reason=stay.evidence,
        batch=batch,
    )
