"""The mix on an earlier day beside the mix now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from polyfolio.funding.queries.sums import counted
from polyfolio.sensemaking.arithmetic import mixes
from polyfolio.sensemaking.arithmetic.mixes import PRIORITY_WEIGHTS, Mix, Weight
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import TargetMix
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.looking_back import asof


@dataclass(frozen=True)
class Asked:
    """The day that an address names; `problem` says why it cannot be shown."""

    day: date | None = None
    problem: str = ""


@dataclass(frozen=True)
class Change:
    """One facet then and now, in whole percent."""

    facet: Facet
    before: int
    now: int

    @property
    def points(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Drift:
    """What moved since a day. Distances are to what is intended now, and `target_then` to what was intended then."""

    since: date
    then: Mix
    total: int
    changes: Sequence[Change]
    distance_then: int | None
    distance_now: int | None
    distance_to_target_then: int | None

    @property
    def shares(self) -> dict[str, float] | None:
        return {facet.value: share for facet, share in self.then.shares.items()} if self.then.shares else None


def day_of(words: str, first: date | None, today: date) -> Asked:
    """The day in an address, where it is one on which the portfolio stood."""
    if not words:
        return Asked()
    try:
        day = parse_date(words)
    except ValueError:
        day = None
    if day is None:
        return Asked(problem=_("“%s” is not a day. Write it like 2025-01-31.") % words[:40])
    if day > today:
        return Asked(problem=_("That day lies in the future. Choose one up to today."))
    if first is None or day < first:
        known = first.isoformat() if first is not None else "–"
        return Asked(problem=_("Nothing is known of the portfolio on that day; its first one is %s.") % known)
    return Asked(day)


def drift(
    whole: Holding,
    then: Holding,
    since: date,
    *,
    now: Mix,
    target: TargetMix | None,
    weights: asof.Weights | None,
) -> Drift:
    """The mix of `then` on that day beside `now`. Three queries."""
    stood = asof.stood(whole, then, since)
    before = stood.mix(weights)
    earlier_target = asof.target_on(whole, since)
    return Drift(
        since=since,
        then=before,
        total=stood.total,
        changes=[
            Change(facet, round(100 * before.shares[facet]), round(100 * now.shares[facet]))
            for facet in Facet
            if before.shares and now.shares
        ],
        distance_then=_distance(before, target),
        distance_now=_distance(now, target),
        distance_to_target_then=_distance(before, earlier_target) if earlier_target != target else None,
    )


def weights_of(held: Holding, weight: Weight, flow: str, currency: str) -> asof.Weights | None:
    """What each initiative weighs today; None where each weighs one. One query."""
    members: Any = held.members().order_by()
    if weight == Weight.PRIORITY:
        rows = members.values_list("pk", "priority")
        return {pk: Decimal(PRIORITY_WEIGHTS[level]) for pk, level in rows if level}
    if weight == Weight.BUDGET:
        amounts = counted(members).filter(flow=flow, currency=currency).order_by()
        return dict(amounts.values_list("initiative_id").annotate(sum=Sum("amount")))
    return None


def _distance(found: Mix, target: TargetMix | None) -> int | None:
    return round(100 * mixes.distance(found.shares, target.shares)) if found.shares and target is not None else None
