"""A portfolio as it stood on a day: who was in it, where people saw them, in which zones they stood.

An initiative that left and came back is known with its last stay only, because its entry holds one pair of dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry
from polyfolio.sensemaking.arithmetic.diamond import Spot, facets_at, stand
from polyfolio.sensemaking.arithmetic.mixes import Mix, Weighed, mix
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Placement, TargetMix, ZoneStay
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.statements import Statement

Facets = tuple[Facet, ...]
Weights = Mapping[int, Decimal | None]
AGREED = "agreed"
ADMITTED = Q(state=AdmissionState.ADMITTED)
LEFT = Q(state=AdmissionState.WITHDRAWN, left_on__isnull=False, entered_on__isnull=False)


@dataclass(frozen=True)
class Then(Holding):
    """A holding as its entries and zone stays were at the end of the day `on`, for whoever looks now.

    An entry without a date counts from the beginning.
    """

    on: date = date.max

    def entries(self) -> QuerySet[Entry, Any]:
        stayed = Q(left_on__isnull=True) | Q(left_on__gt=self.on)
        entered = Q(entered_on__lte=self.on)
        undated = Q(entered_on__isnull=True, state=AdmissionState.ADMITTED)
        return Entry.objects.filter((ADMITTED | LEFT) & (entered | undated) & stayed, portfolio__in=self.portfolio_ids)

    def stays(self) -> QuerySet[ZoneStay, Any]:
        lasting = Q(until_on__isnull=True) | Q(until_on__gt=self.on)
        rows = ZoneStay.objects.filter(lasting, frame=self.zone_frame, since_on__lte=self.on).order_by()
        return self._nearest(rows)


def on_day(holding: Holding, on: date) -> Then:
    """The holding as it was on a day."""
    return Then(**{each.name: getattr(holding, each.name) for each in fields(Holding)}, on=on)


@dataclass(frozen=True)
class Stood:
    """Where everything stood: facets by initiative (none: mixed), zones by their ids (None: in none)."""

    on: date
    total: int
    facets: Mapping[int, Facets]
    contested: int
    zones: Mapping[int | None, int]

    def mix(self, weights: Weights | None = None) -> Mix:
        """The mix by count, or by today's weights of the initiatives."""
        grouped: dict[Facets, list[Decimal | None]] = defaultdict(list)
        for pk, found in self.facets.items():
            grouped[found].append(Decimal(1) if weights is None else weights.get(pk))
        groups = []
        for found, each in sorted(grouped.items()):
            known = [weight for weight in each if weight is not None]
            groups.append(Weighed(found, len(each), len(known), float(sum(known, Decimal(0)))))
        return mix(groups, unplaced=self.total - len(self.facets))


def stood(holding: Holding, then: Holding, on: date) -> Stood:
    """The members of `then` as they stood in the holding's frames on that day. Two queries."""
    members = then.members().order_by().values("pk")
    zones = _zones(then, members)
    facets, contested = _facets(holding, members, on)
    return Stood(on, sum(zones.values()), facets, contested, zones)


def beginning(holding: Holding) -> date | None:
    """The first day on which the portfolio held anything: its first entry; where one is undated, also the first
    placement or zone stay. Three queries.
    """
    ids = holding.portfolio_ids
    entries = Entry.objects.filter(portfolio__in=ids).filter(ADMITTED | LEFT)
    entered = entries.aggregate(first=Min("entered_on"), undated=Count("pk", filter=Q(entered_on__isnull=True)))
    placed = Placement.objects.filter(portfolio__in=ids, frame=holding.facet_frame).aggregate(first=Min("placed_at"))
    stayed = ZoneStay.objects.filter(portfolio__in=ids, frame=holding.zone_frame).aggregate(first=Min("since_on"))
    days = [entered["first"]]
    if entered["undated"]:
        days += [placed["first"].date() if placed["first"] else None, stayed["first"]]
    return min((day for day in days if day is not None), default=None)


def target_on(holding: Holding, on: date) -> TargetMix | None:
    """What was intended on that day. One query."""
    rows = TargetMix.objects.filter(portfolio=holding.portfolio, set_at__lt=_end(on))
    return rows.order_by("-set_at", "-pk").first()


def _end(on: date) -> datetime:
    return datetime.combine(on, time(), UTC) + timedelta(days=1)


def _zones(then: Holding, members: QuerySet[Any, Any]) -> dict[int | None, int]:
    statement = Statement()
    statement.add("members", members, "id", is_materialized=True)
    statement.add("zones", then.stays().values_list("initiative_id", "zone_id"), "id, zone", is_materialized=True)
    rows = statement.run(
        "SELECT zones.zone, COUNT(*) FROM members LEFT JOIN zones ON zones.id = members.id GROUP BY zones.zone"
    )
    return {zone: number for zone, number in rows if number}


def _facets(holding: Holding, members: QuerySet[Any, Any], on: date) -> tuple[dict[int, Facets], int]:
    """Where the placements up to a day put each member, and how many were contested. One query."""
    nearness = {pk: place for place, pk in enumerate(holding.portfolio_ids)}
    views: dict[int, dict[str, Spot]] = {}
    near: dict[int, int] = {}
    for pk, portfolio, who, x, y in _placements(holding, members, on):
        place = nearness[portfolio]
        if place > near.setdefault(pk, place):
            continue
        if place < near[pk]:
            near[pk], views[pk] = place, {}
        views.setdefault(pk, {})[who] = (x, y)
    facets, contested = {}, 0
    for pk, spots in views.items():
        if len(spots) == 1:
            facets[pk] = _facets_of(*next(iter(spots.values())))
            continue
        agreed = spots.pop(AGREED, None)
        found = stand(list(spots.values()), agreed)
        facets[pk] = found.facets
        contested += found.is_contested
    return facets, contested


@lru_cache(maxsize=4096)
def _facets_of(x: float, y: float) -> Facets:
    return facets_at(x, y)


def _placements(
    holding: Holding, members: QuerySet[Any, Any], on: date
) -> Iterable[tuple[int, int, str, float, float]]:
    """(initiative, portfolio, who, x, y) in the order they were made; a later one of somebody replaces theirs."""
    rows = Placement.objects.filter(
        portfolio__in=holding.portfolio_ids, frame=holding.facet_frame, placed_at__lt=_end(on)
    )
    found = rows.filter(initiative__in=members).order_by("placed_at", "pk")
    names = ("initiative_id", "portfolio_id", "assessor_id", "assessor_label", "x", "y", "is_agreed")
    for pk, portfolio, assessor, label, x, y, is_agreed in found.values_list(*names):
        yield pk, portfolio, AGREED if is_agreed else f"id {assessor}" if assessor else label, x, y
