"""What the page of a portfolio's mix shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from polyfolio.audit.visibility import Viewer
from polyfolio.funding.queries.sums import CurrencySum, by_currency
from polyfolio.lib.pictures.diamond import Diamond
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking import mixes
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.mixes import Mix, Weight
from polyfolio.sensemaking.models import Standing, TargetMix
from polyfolio.sensemaking.queries.figures import mix_of
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.web.portfolios import pictures
from polyfolio.web.portfolios.pictures import list_of

POINTS_DRAWN = 200
CONTESTED_LISTED = 12


@dataclass(frozen=True)
class By:
    """What weighs: one for each initiative, its priority, or its amounts of one flow in one currency."""

    weight: Weight = Weight.COUNT
    money: CurrencySum | None = None

    @property
    def filters(self) -> dict[str, str]:
        """What narrows a list to the initiatives whose weight is known."""
        return {"flow": self.money.flow.value, "currency": self.money.currency} if self.money else {}


@dataclass(frozen=True)
class Row:
    """One facet: its share, what is intended, and how many initiatives count for it, by half those on an edge."""

    facet: Facet
    share: float | None
    intended: float | None
    tips: int
    edges: int
    href: str

    @property
    def count(self) -> int:
        return self.tips + self.edges

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)

    @property
    def intended_percent(self) -> int | None:
        return None if self.intended is None else round(100 * self.intended)

    @property
    def gap(self) -> int | None:
        if self.percent is None or self.intended_percent is None:
            return None
        return self.percent - self.intended_percent


@dataclass(frozen=True)
class Target:
    """A target mix, and how far the mix that is shown stands from it."""

    record: TargetMix
    distance: float | None
    is_current: bool

    @property
    def shares(self) -> list[tuple[str, int]]:
        return [(facet.value, round(100 * self.record.shares.get(facet.value, 0))) for facet in Facet]

    @property
    def percent(self) -> int | None:
        return None if self.distance is None else round(100 * self.distance)


def asked(query: QueryDict, sums: Sequence[CurrencySum]) -> By:
    """What the address weighs by; a flow and currency of which nothing is known give the first that is."""
    if query.get("by") == "priority":
        return By(Weight.PRIORITY)
    if query.get("by") != "money":
        return By()
    wanted = query.get("money", "")
    chosen = next((each for each in sums if money_key(each) == wanted), sums[0] if sums else None)
    return By(Weight.BUDGET, chosen)


def money_key(found: CurrencySum) -> str:
    return f"{found.flow.value}-{found.currency}"


def shown(user: Viewer, portfolio: Portfolio, query: QueryDict, at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with the portfolio."""
    held = holding(portfolio, user)
    members = held.members()
    total, sums = members.count(), by_currency(members)
    by = asked(query, sums)
    found = _mix(held, total, by)
    targets = _targets(portfolio, found)
    target = targets[0] if targets else None
    standings = _standings(held)
    return {
        "portfolio": portfolio,
        "by": by,
        "sums": [(money_key(each), each) for each in sums],
        "mix": found,
        "total": total,
        "today": at.date(),
        "rows": _rows(portfolio, found, target),
        "evenness": round(100 * mixes.evenness(found.shares)) if found.shares else None,
        "target": target,
        "targets": targets,
        "diamond": _diamond(portfolio, found, target, standings),
        "drawn": len(standings),
        "placed_by_anybody": found.placed + found.mixed,
        "contested": [each for each in standings if each.is_contested][:CONTESTED_LISTED],
        "contested_count": _contested(held).count(),
        "agreed_count": _seen(held).filter(is_agreed=True).count(),
        "lists": _lists(portfolio, by),
        "may_set": may(user, "sensemaking.set_target_mix", portfolio),
        "may_place": may(user, "sensemaking.place_any", portfolio),
    }


def _mix(held: Holding, total: int, by: By) -> Mix:
    flow, currency = (by.money.flow.value, by.money.currency) if by.money else ("", "")
    return mix_of(held, total=total, weight=by.weight, flow=flow, currency=currency)


def _seen(held: Holding) -> QuerySet[Standing, Any]:
    """Standings of the initiatives that the viewer sees."""
    return held.standings().filter(initiative__in=held.members().order_by().values("pk"))


def _contested(held: Holding) -> QuerySet[Standing, Any]:
    return _seen(held).filter(is_contested=True)


def _standings(held: Holding) -> list[Standing]:
    """Where the first initiatives stand, contested ones before others. One query."""
    rows = _seen(held).select_related("initiative").order_by("-is_contested", "-spread", "initiative__label", "pk")
    return list(rows[:POINTS_DRAWN])


def _targets(portfolio: Portfolio, found: Mix) -> list[Target]:
    """What was intended, the present one first. One query."""
    rows = portfolio.target_mixes.select_related("set_by").order_by("-set_at", "-pk")
    return [
        Target(each, mixes.distance(found.shares, each.shares) if found.shares else None, place == 0)
        for place, each in enumerate(rows)
    ]


def _rows(portfolio: Portfolio, found: Mix, target: Target | None) -> list[Row]:
    return [
        Row(
            facet=facet,
            share=found.shares[facet] if found.shares else None,
            intended=target.record.shares.get(facet.value, 0.0) if target else None,
            tips=found.parts[facet][0],
            edges=found.parts[facet][1],
            href=list_of(portfolio, facet=facet.value),
        )
        for facet in Facet
    ]


def _diamond(portfolio: Portfolio, found: Mix, target: Target | None, standings: Sequence[Standing]) -> Diamond:
    return pictures.mix(portfolio, found, target.record if target else None, standings)


def address(portfolio: Portfolio, **query: str) -> str:
    path = reverse("portfolio_mix", args=[portfolio.slug])
    return f"{path}?{urlencode(query)}" if query else path


def _lists(portfolio: Portfolio, by: By) -> dict[str, str]:
    """Addresses of the lists that the page's figures open."""
    return {
        "everything": list_of(portfolio),
        "in_mix": list_of(portfolio, facet="in_mix"),
        "known": list_of(portfolio, facet="in_mix", **by.filters),
        "no_priority": list_of(portfolio, facet="in_mix", priority="-"),
        "mixed": list_of(portfolio, facet="mixed"),
        "unplaced": list_of(portfolio, facet="-"),
        "contested": list_of(portfolio, facet="contested"),
        "agreed": list_of(portfolio, facet="agreed"),
        "count": address(portfolio),
        "priority": address(portfolio, by="priority"),
        "money": address(portfolio, by="money"),
    }
