"""What the page of a portfolio's mix shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from polyfolio.sensemaking.arithmetic import mixes
from polyfolio.sensemaking.arithmetic.mixes import Mix, Weight
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Standing, TargetMix
from polyfolio.sensemaking.queries.figures import mix_of
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.queries.looking_back.asof import beginning, on_day
from polyfolio.sensemaking.queries.parts import part_of
from polyfolio.web.placements import drift, points, slicing
from polyfolio.web.placements.drift import Drift
from polyfolio.web.placements.points import PointRow
from polyfolio.web.portfolios import pictures
from polyfolio.web.portfolios.pictures import list_of

POINTS_DRAWN = 400
CONTESTED_LISTED = 12
INITIATIVE = ("initiative__label", "initiative__slug", "initiative__title")


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
    whole, part = holding(portfolio, user), slicing.asked(query)
    held = part_of(whole, part, at)
    members = held.members()
    total, sums = members.count(), by_currency(members)
    by = asked(query, sums)
    found = _mix(held, total, by)
    targets = _targets(portfolio, found)
    target = targets[0] if targets else None
    has_points = query.get("points") != "none"
    standings = _standings(held) if has_points else []
    rows = points.rows_of(held, standings, user)
    since = _since(query, whole, Shown(part, found, target, by), at)
    lists = Lists(portfolio, part)
    return {
        "portfolio": portfolio,
        "by": by,
        "part": part,
        "slices": slicing.SliceForm(query, portfolio=portfolio, viewer=user),
        "sums": [(money_key(each), each) for each in sums],
        "mix": found,
        "total": total,
        "today": at.date(),
        "rows": _rows(lists, found, target),
        "evenness": round(100 * mixes.evenness(found.shares)) if found.shares else None,
        "target": target,
        "targets": targets,
        "diamond": _diamond(lists, found, target, rows, since["drift"]),
        "has_points": has_points,
        "point_rows": points.table_rows(rows),
        "drawn": len(standings),
        "placed_by_anybody": found.placed + found.mixed,
        "contested": [each for each in standings if each.is_contested][:CONTESTED_LISTED],
        "contested_count": _contested(held).count(),
        "agreed_count": _seen(held).filter(is_agreed=True).count(),
        "lists": _lists(lists, by, query),
        "may_set": may(user, "sensemaking.set_target_mix", portfolio),
        "may_place": may(user, "sensemaking.place_any", portfolio),
        **since,
    }


@dataclass(frozen=True)
class Shown:
    """What the page shows of now: which part, its mix, the target, and what weighs."""

    part: Mapping[str, str]
    mix: Mix
    target: Target | None
    by: By


@dataclass(frozen=True)
class Lists:
    """Addresses of lists that show what the page counts: narrowed as the page is."""

    portfolio: Portfolio
    part: Mapping[str, str]

    def of(self, **filters: str) -> str:
        return list_of(self.portfolio, **(dict(self.part) | filters))


def _since(query: QueryDict, whole: Holding, shown_now: Shown, at: datetime) -> dict[str, Any]:
    """What moved since the day that the address names; nothing where it names none."""
    words = query.get("since", "").strip()
    asked_day = drift.day_of(words, beginning(whole) if words else None, at.date())
    if asked_day.day is None:
        return {"drift": None, "since_problem": asked_day.problem}
    then = part_of(on_day(whole, asked_day.day), shown_now.part, at)
    money, target = shown_now.by.money, shown_now.target
    flow, currency = (money.flow.value, money.currency) if money else ("", "")
    weights = drift.weights_of(then, shown_now.by.weight, flow, currency)
    record = target.record if target else None
    found = drift.drift(whole, then, asked_day.day, now=shown_now.mix, target=record, weights=weights)
    return {"drift": found, "since_problem": ""}


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
    own = [field.attname for field in Standing._meta.concrete_fields]
    return list(rows.only(*own, *INITIATIVE)[:POINTS_DRAWN])


def _targets(portfolio: Portfolio, found: Mix) -> list[Target]:
    """What was intended, the present one first. One query."""
    rows = portfolio.target_mixes.select_related("set_by").order_by("-set_at", "-pk")
    return [
        Target(each, mixes.distance(found.shares, each.shares) if found.shares else None, place == 0)
        for place, each in enumerate(rows)
    ]


def _rows(lists: Lists, found: Mix, target: Target | None) -> list[Row]:
    return [
        Row(
            facet=facet,
            share=found.shares[facet] if found.shares else None,
            intended=target.record.shares.get(facet.value, 0.0) if target else None,
            tips=found.parts[facet][0],
            edges=found.parts[facet][1],
            href=lists.of(facet=facet.value),
        )
        for facet in Facet
    ]


def _diamond(lists: Lists, found: Mix, target: Target | None, rows: Sequence[PointRow], since: Drift | None) -> Diamond:
    return pictures.mix(
        lists.portfolio,
        found,
        target.record if target else None,
        [row.standing for row in rows],
        earlier=since.shares if since is not None else None,
        said=points.tips(rows),
        part=lists.part,
    )


def address(portfolio: Portfolio, **query: str) -> str:
    path = reverse("portfolio_mix", args=[portfolio.slug])
    return f"{path}?{urlencode(query)}" if query else path


def _lists(lists: Lists, by: By, query: QueryDict) -> dict[str, str]:
    """Addresses that the page's figures and choices open."""
    kept = {name: query.get(name, "") for name in (*slicing.NAMES, "since", "points") if query.get(name)}
    return {
        "everything": lists.of(),
        "in_mix": lists.of(facet="in_mix"),
        "placed": lists.of(facet="placed"),
        "known": lists.of(facet="in_mix", **by.filters),
        "no_priority": lists.of(facet="in_mix", priority="-"),
        "mixed": lists.of(facet="mixed"),
        "unplaced": lists.of(facet="-"),
        "contested": lists.of(facet="contested"),
        "agreed": lists.of(facet="agreed"),
        "count": address(lists.portfolio, **kept),
        "priority": address(lists.portfolio, by="priority", **kept),
        "money": address(lists.portfolio, by="money", **kept),
        "whole": address(lists.portfolio, **({"by": query.get("by", "")} if query.get("by") else {})),
    }
