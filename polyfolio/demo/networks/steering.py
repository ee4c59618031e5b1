"""What stewards of an example portfolio watch and keep: own terms, support structures, and what follows from holes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from polyfolio.demo.making import NOW
from polyfolio.demo.networks.portfolio import Held, Making, Record
from polyfolio.portfolios.actions import entries
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import flags, holes, supports, terms
from polyfolio.sensemaking.models import PortfolioTerm, WantedCell

SUPPORTS: tuple[dict[str, Any], ...] = (
    {
        "title": {"en": "Fund for first trials"},
        "kind": "fund",
        "facets": ["ada", "ant"],
        "amount": Decimal(400_000),
        "since_on": date(2024, 1, 1),
        "until_on": date(2027, 12, 31),
        "note": "Small sums within six weeks, for whoever can say what they want to find out.",
    },
    {
        "title": {"en": "Desk that carries pilots on"},
        "kind": "unit",
        "facets": ["mis", "enh"],
        "since_on": date(2023, 6, 1),
        "note": "Two people who look for an owner in the line before a pilot ends.",
    },
    {
        "title": {"en": "Buying by outcome"},
        "kind": "procurement",
        "facets": ["mis"],
        "since_on": date(2022, 1, 1),
        "until_on": date(2025, 12, 31),
        "note": "The framework agreement ran out; a new one is being drafted.",
    },
)
NOTES = {
    "need": "Described with those who feel it, and shown to everybody who might answer it.",
    "call": "Open for three months, for whoever brings a host along.",
    "question": "Who in the network has tried this, even once, and would show us what it took?",
}
LEVERS = ("Public purchase", "Rules and permits", "Skills", "Seed money")
FIELDS = ("Housing", "Food", "Mobility", "Schools")


def steer(making: Making, portfolio: Portfolio, held: Held, *, currency: str) -> None:
    """Terms with tags, positions with initiatives, supports, and a threshold of its own."""
    maker = making.cast.maker
    for values in SUPPORTS:
        money = {"currency": currency} if "amount" in values else {}
        supports.create(portfolio=portfolio, values=values | money, by=maker, at=NOW)
    flags.set_rule(
        portfolio=portfolio,
        code="projectified",
        threshold=70,
        is_on=True,
        note="Many of ours are young; we expect links from their second year on.",
        by=maker,
        at=NOW,
    )
    _tag(making, portfolio, held)
    _hold(making, portfolio)


def _tag(making: Making, portfolio: Portfolio, held: Held) -> None:
    """Two in three initiatives bear a lever and a field."""
    kinds = {"lever": LEVERS, "field": FIELDS}
    made = {kind: [_term(making, portfolio, kind, name) for name in names] for kind, names in kinds.items()}
    for place, (initiative, _text) in enumerate(held):
        if place % 3:
            lever, field = made["lever"][place % 4], made["field"][place // 2 % 4]
            terms.tag(
                portfolio=portfolio,
                initiative=initiative,
                term_ids=[lever.pk, field.pk],
                by=making.cast.maker,
                at=NOW,
            )


def _hold(making: Making, portfolio: Portfolio) -> None:
    """Every other initiative stands for one of the positions, of which the last has nobody."""
    positions = list(portfolio.positions.all())[:-1]
    for place, entry in enumerate(portfolio.entries.select_related("initiative", "portfolio").order_by("pk")):
        if positions and place % 2:
            position = positions[place // 2 % len(positions)]
            entries.set_position(entry=entry, position=position, by=making.cast.maker, at=NOW)


def _term(making: Making, portfolio: Portfolio, kind: str, name: str) -> PortfolioTerm:
    return terms.add(portfolio=portfolio, kind=kind, title={"en": name}, by=making.cast.maker, at=NOW)


def follow(making: Making, portfolio: Portfolio, answers: Sequence[Record]) -> None:
    """What was made of the holes: those that were answered by leaving them, and the first of every other answer."""
    cells = {
        frozenset({(cell.row_dimension, cell.row), (cell.column_dimension, cell.column)}): cell
        for cell in WantedCell.objects.filter(portfolio=portfolio).select_related("portfolio")
    }
    maker, later = making.cast.maker, NOW + timedelta(hours=1)
    notes = dict(NOTES)
    for hole in answers:
        cell = cells[frozenset({(hole["rows"], hole["row"]), (hole["cols"], hole["col"])})]
        if hole["answer"] == "leave":
            holes.leave(wanted=cell, reason=hole["reason"], by=maker, at=later)
        elif hole["answer"] in notes:
            note = notes.pop(hole["answer"])
            holes.follow_up(wanted=cell, kind=hole["answer"], note=note, by=maker, at=later)
