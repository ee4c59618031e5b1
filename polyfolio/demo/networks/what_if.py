"""What-if scenarios of an example portfolio: one that thins out, one that fills a hole."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from polyfolio.demo.making import NOW
from polyfolio.demo.networks.portfolio import Held, Making
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import moves, scenarios

FROM = date(2027, 1, 1)


def sketch(making: Making, portfolio: Portfolio, held: Held, *, currency: str = "EUR") -> None:
    """Two open scenarios to compare."""
    ending = [each for each, text in held if text["status"] == "finalisation"][:2]
    running = [each for each, text in held if text["status"] == "implementation"][:4]
    _thin_out(making, portfolio, ending, running, currency)
    _fill(making, portfolio, running, currency)


def _thin_out(
    making: Making, portfolio: Portfolio, ending: list[Initiative], running: list[Initiative], currency: str
) -> None:
    question = "What if we let go of what is nearly done and gave the rest more room?"
    steps: list[dict[str, Any]] = [
        {"kind": "hand_over", "initiative": each, "note": "It can stand on its own; those who run it want it."}
        for each in ending
    ]
    if len(running) > 1:
        first, second = running[:2]
        steps += [
            {
                "kind": "boost",
                "initiative": first,
                "amount": Decimal(150_000),
                "currency": currency,
                "note": "People queue for it, and the money for a second year is missing.",
            },
            {"kind": "merge", "initiative": second, "into": first, "note": "The same people already run both."},
        ]
    _make(making, portfolio, "Fewer things, done well", question, steps)


def _fill(making: Making, portfolio: Portfolio, running: list[Initiative], currency: str) -> None:
    cell = portfolio.wanted_cells.order_by("pk").first()
    steps: list[dict[str, Any]] = [
        {
            "kind": "start",
            "title": "A year of trials where nobody works yet",
            "purpose": "ant",
            "driver": "ada",
            "fills": cell,
            "amount": Decimal(200_000),
            "currency": currency,
            "note": "Three small trials first; the one that people come back to goes on.",
        }
    ]
    steps += [
        {
            "kind": "re_place",
            "initiative": each,
            "purpose": "ada",
            "driver": "ada",
            "note": "Let those who use it say what it should become.",
        }
        for each in running[2:3]
    ]
    _make(making, portfolio, "Go where nobody works yet", "What would it take to fill the widest hole?", steps)


def _make(making: Making, portfolio: Portfolio, title: str, question: str, steps: list[dict[str, Any]]) -> None:
    maker, at = making.cast.maker, NOW - timedelta(days=9)
    values = {"title": title, "question": question, "starts_on": FROM}
    scenario = scenarios.create(portfolio=portfolio, values=values, by=maker, at=at)
    for step in steps:
        moves.add(scenario=scenario, values=step, by=maker, at=at)
