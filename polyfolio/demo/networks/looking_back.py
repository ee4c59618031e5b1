"""What the city hub decided, found and measured, and the workshop that it plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from polyfolio.demo import files
from polyfolio.demo.cast import Cast
from polyfolio.demo.making import NOW, TODAY
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import decisions, stocktakes, tracking
from polyfolio.sensemaking.actions.meeting import workshops
from polyfolio.sensemaking.models import Decision, Stocktake

AGO = 150


def look_back(cast: Cast, portfolio: Portfolio, initiatives: Sequence[Initiative]) -> None:
    """A closed stocktake with its decisions, an open one, indicators with what followed, and a planned workshop."""
    told = files.document("city_hub/looking_back")
    stocktake = _stocktake(cast, portfolio, told["stocktake"])
    made = [_decision(cast, portfolio, stocktake, each, initiatives) for each in told["decision"]]
    for each in told["indicator"]:
        _indicator(cast, portfolio, each)
    for each in told["told"]:
        tracking.tell(
            portfolio=portfolio,
            values={
                "told_on": _ago(each["days_ago"]),
                "adjustment": made[each["follows"]],
                **{name: each[name] for name in ("audience", "how", "what", "answer")},
            },
            by=cast.maker,
            at=NOW,
        )
    stocktakes.begin(
        portfolio=portfolio,
        title=told["next"]["title"],
        values={"held_on": TODAY, "purpose": told["next"]["purpose"]},
        by=cast.maker,
        at=NOW,
    )
    workshops.plan(
        portfolio=portfolio,
        title=told["workshop"]["title"],
        values={
            "kind": told["workshop"]["kind"],
            "held_on": TODAY + timedelta(days=30),
            "facilitator": cast.second_voice,
        },
        initiatives=initiatives[:12],
        by=cast.maker,
        at=NOW,
    )


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _stocktake(cast: Cast, portfolio: Portfolio, told: Mapping[str, Any]) -> Stocktake:
    names = ("purpose", "patterns", "gaps", "insights")
    values = {"held_on": _ago(AGO), "notes": dict(told["notes"]), **{name: told[name] for name in names}}
    at = NOW - timedelta(days=AGO)
    made = stocktakes.begin(portfolio=portfolio, title=told["title"], values=values, by=cast.maker, at=at)
    stocktakes.close(stocktake=made, by=cast.maker, at=at)
    return made


def _decision(
    cast: Cast, portfolio: Portfolio, stocktake: Stocktake, told: Mapping[str, Any], initiatives: Sequence[Initiative]
) -> Decision:
    """Due and to be looked at again counted from today, so that something waits for the steward."""
    values: dict[str, Any] = {"owner": cast.steward, "taken_on": _ago(told["days_ago"]), "reason": told["reason"]}
    values |= {name: told[name] for name in ("state", "evidence", "outcome") if name in told}
    for name, day in (("due_in", "due_on"), ("look_in", "look_again_on")):
        if name in told:
            values[day] = TODAY + timedelta(days=told[name])
    return decisions.take(
        portfolio=portfolio,
        kind=told["kind"],
        title=told["title"],
        values=values,
        initiatives=initiatives[:2],
        origin=("stocktake", stocktake.pk),
        by=cast.maker,
        at=NOW - timedelta(days=told["days_ago"]),
    )


def _indicator(cast: Cast, portfolio: Portfolio, told: Mapping[str, Any]) -> None:
    names = ("title", "unit", "direction", "why", "agreed_by")
    tracking.agree(
        portfolio=portfolio,
        values={"agreed_on": _ago(300), **{name: told[name] for name in names}},
        measured=[{"measured_on": date.fromisoformat(day), "value": Decimal(value)} for day, value in told["values"]],
        by=cast.maker,
        at=NOW,
    )
