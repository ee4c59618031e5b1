"""Saying in which zone an initiative stands, and what drove it there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions.placements import CHUNK, held
from polyfolio.sensemaking.choices import Driver, FrameKind
from polyfolio.sensemaking.events import ZoneChanged
from polyfolio.sensemaking.models import Region, ZoneStay
from polyfolio.sensemaking.queries.frames import regions_of


@dataclass(frozen=True)
class Change:
    """The zone an initiative comes into (its code), since when, what drove it there, and on what evidence."""

    zone: str
    since_on: date
    driver: str = ""
    evidence: str = ""


def change(*, initiative: Initiative, portfolio: Portfolio, change: Change, by: User, at: datetime) -> ZoneStay:
    """End the initiative's stay and begin one in another zone; a transition names its driver."""
    return change_many(portfolio=portfolio, given={initiative.pk: change}, by=by, at=at)[0]


def change_many(
    *,
    portfolio: Portfolio,
    given: Mapping[int, Change],
    by: User,
    at: datetime,
    batch: uuid.UUID | None = None,
) -> list[ZoneStay]:
    """The same for many initiatives (id → change) of a portfolio; log rows are written in bulk."""
    require(by, "sensemaking.change_zone", portfolio)
    zones = {region.code: region for region in regions_of(portfolio, FrameKind.ZONES)}
    with transaction.atomic():
        initiatives = held(portfolio, given)
        standing = _standing(portfolio, zones, given)
        ended, begun, rows = [], [], []
        for pk, each in given.items():
            earlier = standing.get(pk)
            _check(each, zones, earlier, at)
            if earlier is not None:
                earlier.until_on = each.since_on
                ended.append(earlier)
            stay = _stay(initiatives[pk], portfolio, zones[each.zone], each, by)
            begun.append(stay)
            rows.append(_log(stay, earlier, by=by, at=at, batch=batch))
        ZoneStay.objects.bulk_update(ended, ["until_on"], batch_size=CHUNK)
        ZoneStay.objects.bulk_create(begun, batch_size=CHUNK)
        touch(given, at=at)
        changes.write_many(rows)
        for stay in begun:
            publish(ZoneChanged(portfolio.pk, stay.initiative_id, stay.zone_id))
    return begun


def _standing(portfolio: Portfolio, zones: Mapping[str, Region], given: Mapping[int, Change]) -> dict[int, ZoneStay]:
    ids = list(given)
    found: dict[int, ZoneStay] = {}
    frames = {region.frame_id for region in zones.values()}
    for start in range(0, len(ids), CHUNK):
        rows = ZoneStay.objects.select_for_update(of=("self",)).select_related("zone")
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
