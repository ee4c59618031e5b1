"""What a portfolio would be after some moves: pure arithmetic over what it is today, which stays as it is.

Moves are applied in their order to a copy. Those about different initiatives may stand in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from polyfolio.sensemaking.arithmetic.matrices import Cell
from polyfolio.sensemaking.arithmetic.mixes import PRIORITY_WEIGHTS, Mix, Weighed, Weight, mix
from polyfolio.sensemaking.choices import Dimension, Facet, MoveKind

Money = Mapping[str, Decimal]
Matrix = tuple[str, str]
GONE = (MoveKind.STOP, MoveKind.MERGE, MoveKind.HAND_OVER)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Item:
    """An initiative as figures know it: facets (none: mixed; None: unplaced), zone, priority, money by currency.

    `keys` are (dimension, key) of the other dimensions in which something is wanted.
    """

    facets: tuple[Facet, ...] | None = None
    zone: str = ""
    priority: str = ""
    money: Money = field(default_factory=dict)
    keys: frozenset[tuple[str, str]] = frozenset()

    def has(self, dimension: str, key: str) -> bool:
        if dimension == Dimension.FACET:
            return any(facet.value == key for facet in self.facets or ())
        if dimension == Dimension.ZONE:
            return self.zone == key
        return (dimension, key) in self.keys


Items = Mapping[int, Item]
"""By initiative; what a scenario would begin has the negative id of its move."""


@dataclass(frozen=True)
class Step:
    """One move as arithmetic knows it. What is None or empty it leaves as it is."""

    kind: MoveKind
    key: int
    facets: tuple[Facet, ...] | None = None
    zone: str = ""
    amount: Decimal | None = None
    currency: str = ""
    into: int | None = None
    keys: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What holds after the moves, what was handed over, and the places of moves that changed nothing."""

    items: Items
    handed_over: frozenset[int]
    idle: frozenset[int]


def play(today: Items, steps: Sequence[Step], beyond: Items | None = None) -> Outcome:
    """Apply the moves to a copy of today. A move about what is not there (any more) is idle.

    `beyond` are initiatives outside the portfolio as they are, for moves that start them here.
    """
    items, known = dict(today), {**(beyond or {}), **today}
    handed_over: set[int] = set()
    idle = set()
    for place, step in enumerate(steps):
        if not _apply(items, known, step):
            idle.add(place)
        elif step.kind == MoveKind.HAND_OVER:
            handed_over.add(step.key)
        elif step.kind == MoveKind.START:
            handed_over.discard(step.key)
    return Outcome(items, frozenset(handed_over), frozenset(idle))


def _apply(items: dict[int, Item], known: Items, step: Step) -> bool:
    """Whether the move changed anything."""
    present = items.get(step.key)
    if step.kind == MoveKind.START:
        if present is not None:
            return False
        items[step.key] = _changed(known.get(step.key, Item()), step)
        return True
    if present is None:
        return False
    if step.kind in GONE:
        return _leave(items, present, step)
    changed = _boosted(present, step) if step.kind == MoveKind.BOOST else _changed(present, step)
    items[step.key] = changed
    return changed != present


def _leave(items: dict[int, Item], present: Item, step: Step) -> bool:
    """It goes; merged, its money goes to what it becomes part of, as far as that is there."""
    if step.kind == MoveKind.MERGE:
        whole = items.get(step.into) if step.into is not None else None
        if step.into == step.key:
            return False
        if whole is not None and step.into is not None:
            items[step.into] = replace(whole, money=_added(whole.money, present.money))
    del items[step.key]
    return True


def _changed(item: Item, step: Step) -> Item:
    """With the move's facets, zone, further keys and amount in the place of its own."""
    return replace(
        item,
        facets=item.facets if step.facets is None else step.facets,
        zone=step.zone or item.zone,
        money=item.money if step.amount is None else {**item.money, step.currency: step.amount},
        keys=item.keys | step.keys,
    )


def _boosted(item: Item, step: Step) -> Item:
    """High priority, and the amount on top of what it has."""
    more = {} if step.amount is None else {step.currency: step.amount}
    return replace(item, priority="high", money=_added(item.money, more))


def _added(first: Money, second: Money) -> Money:
    return {currency: first.get(currency, NOTHING) + second.get(currency, NOTHING) for currency in {*first, *second}}


# Figures ----------------------------------------------------------------------------------------


def mix_of(items: Items, weight: Weight = Weight.COUNT, currency: str = "") -> Mix:
    """The mix of the items, by count, by priority, or by their money in one currency."""
    grouped: dict[tuple[Facet, ...], list[Decimal | None]] = defaultdict(list)
    unplaced = 0
    for item in items.values():
        if item.facets is None:
            unplaced += 1
        else:
            grouped[item.facets].append(_weight(item, weight, currency))
    groups = [_weighed(facets, weights) for facets, weights in sorted(grouped.items())]
    return mix(groups, unplaced=unplaced)


def _weighed(facets: tuple[Facet, ...], weights: Sequence[Decimal | None]) -> Weighed:
    known = [weight for weight in weights if weight is not None]
    return Weighed(facets, len(weights), len(known), float(sum(known, NOTHING)))


def _weight(item: Item, weight: Weight, currency: str) -> Decimal | None:
    if weight == Weight.PRIORITY:
        return Decimal(PRIORITY_WEIGHTS[item.priority]) if item.priority else None
    if weight == Weight.BUDGET:
        return item.money.get(currency)
    return Decimal(1)


def money_of(items: Items) -> dict[str, Decimal]:
    """Sums by currency; currencies are never added to one another."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for item in items.values():
        for currency, amount in item.money.items():
            sums[currency] += amount
    return {currency: sums[currency] for currency in sorted(sums)}


def zones_of(items: Items) -> dict[str, int]:
    """How many stand in each zone by its code, "" for none."""
    found: dict[str, int] = defaultdict(int)
    for item in items.values():
        found[item.zone] += 1
    return dict(found)


def held_in(items: Items, matrix: Matrix, cells: Iterable[Cell]) -> dict[Cell, int]:
    """How many items stand in each of these cells of one matrix (its two dimensions)."""
    row_dimension, column_dimension = matrix
    return {
        (row, column): sum(
            1 for item in items.values() if item.has(row_dimension, row) and item.has(column_dimension, column)
        )
        for row, column in cells
    }
