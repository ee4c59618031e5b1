"""Explorations of an example network: one organisation twice over time, and others beside which it can be seen."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from polyfolio.demo.making import NOW
from polyfolio.demo.networks.portfolio import Making
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import exploration_responses as responses
from polyfolio.sensemaking.actions import explorations
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.items import Item, ItemKind, all_items
from polyfolio.sensemaking.models import Exploration

LEFT_OPEN = 0.04


@dataclass(frozen=True)
class Explored:
    """An organisation, how strongly it supports each facet (0–1), what it is able to do (0–1), and who answers."""

    name: str
    size: str
    sectors: tuple[str, ...]
    leaning: Mapping[Facet, float]
    ability: float
    people: int


def leaning(mis: float, enh: float, ada: float, ant: float) -> dict[Facet, float]:
    return dict(zip(Facet, (mis, enh, ada, ant), strict=True))


EARLIER = Explored("County innovation office", "under_50", ("01", "04"), leaning(0.45, 0.75, 0.3, 0.2), 0.4, 6)
PRESENT = Explored("County innovation office", "under_50", ("01", "04"), leaning(0.6, 0.65, 0.55, 0.25), 0.55, 9)
OTHERS = (
    Explored("Water and sanitation utility", "under_1000", ("05", "06"), leaning(0.4, 0.8, 0.5, 0.3), 0.5, 7),
    Explored("Lake basin research station", "under_250", ("05",), leaning(0.5, 0.3, 0.4, 0.8), 0.6, 5),
    Explored("Municipal market authority", "under_250", ("04",), leaning(0.3, 0.6, 0.7, 0.2), 0.35, 6),
    Explored("Technical and vocational college", "under_250", ("09",), leaning(0.45, 0.5, 0.6, 0.45), 0.55, 5),
    Explored("County health department", "from_1000", ("07",), leaning(0.7, 0.7, 0.45, 0.3), 0.5, 8),
)


def explore(making: Making, portfolio: Portfolio) -> None:
    """An earlier and a present exploration beside the portfolio, and those of five other organisations."""
    before = _exploration(making, portfolio, EARLIER, begun=NOW - timedelta(days=390))
    explorations.close(exploration=before, by=making.cast.maker, at=NOW - timedelta(days=350))
    present = _exploration(making, portfolio, PRESENT, begun=NOW - timedelta(days=10), days=330)
    explorations.share(exploration=present, by=making.cast.maker, at=NOW)
    for each in OTHERS:
        _exploration(making, None, each, begun=NOW - timedelta(days=120))


def _exploration(
    making: Making, portfolio: Portfolio | None, told: Explored, *, begun: datetime, days: int = 30
) -> Exploration:
    made = explorations.create(
        network=making.network,
        portfolio=portfolio,
        values={
            "title": f"How the {told.name[0].lower()}{told.name[1:]} supports new work",
            "organisation_name": told.name,
            "size": told.size,
            "country": "KE",
            "sectors": list(told.sectors),
            "opens_on": begun.date(),
            "closes_on": (begun + timedelta(days=days)).date(),
            "is_comparable": True,
        },
        by=making.cast.maker,
        at=begun,
    )
    for number in range(told.people):
        _answer(made, told, number, at=begun + timedelta(days=2 + number % 7))
    return made


def _answer(exploration: Exploration, told: Explored, number: int, *, at: datetime) -> None:
    """One person hands in what the organisation's leaning makes likely; now and then a question stays open."""
    key = f"{told.name} {exploration.opens_on} {number}"
    chance = random.Random(key)
    response = responses.begin(exploration=exploration, key=key, by=None, at=at)
    for asked in all_items():
        if chance.random() >= LEFT_OPEN:
            answer = _likely(asked, told, chance)
            responses.keep(response=response, item_key=asked.key, answer=answer, note="", at=at)
    responses.submit(response=response, at=at)


def _likely(asked: Item, told: Explored, chance: random.Random) -> dict[str, int]:
    felt = {
        each.key: (told.ability if each.facet is None else told.leaning[each.facet]) + chance.gauss(0, 0.18)
        for each in asked.statements
    }
    if asked.kind is ItemKind.RANKING:
        order = sorted(felt, key=lambda key: -felt[key])
        return {key: place for place, key in enumerate(order, start=1)}
    if asked.kind is ItemKind.TICKS:
        return {key: 1 for key, strength in felt.items() if strength > 0.5}
    return {each.key: round(min(max(felt[each.key], 0.0), 1.0) * each.most) for each in asked.statements}
