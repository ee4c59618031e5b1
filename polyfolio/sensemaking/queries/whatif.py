"""A portfolio as what-if arithmetic knows it, the moves of a scenario, and what they come to for one viewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.queries.sums import by_currency, counted
from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.arithmetic import mixes
from polyfolio.sensemaking.arithmetic.diamond import facets_at, from_answers
from polyfolio.sensemaking.arithmetic.mixes import Mix, Weight
from polyfolio.sensemaking.arithmetic.whatif import (
    Item,
    Items,
    Outcome,
    Step,
    held_in,
    mix_of,
    money_of,
    play,
    zones_of,
)
from polyfolio.sensemaking.choices import Dimension, Facet, MoveKind
from polyfolio.sensemaking.models import Move, TargetMix, WantedCell
from polyfolio.sensemaking.queries.dimensions import keys_of
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.intentions import target_mix, wanted
from polyfolio.sensemaking.queries.overview import FLOWS

DERIVED = (Dimension.FACET, Dimension.ZONE)
"""Dimensions that an item carries itself, because moves change them."""


@dataclass(frozen=True)
class Basis:
    """The live portfolio as the viewer sees it. `flow` is the money that amounts of moves are compared with."""

    holding: Holding
    items: Items
    flow: MoneyFlow | None
    currencies: tuple[str, ...]
    cells: Sequence[WantedCell]
    target: TargetMix | None


@dataclass(frozen=True)
class CellCount:
    """A wanted cell: how many stand in it today, and how many would."""

    cell: WantedCell
    before: int
    after: int

    @property
    def is_filled(self) -> bool:
        return self.before < self.cell.threshold <= self.after

    @property
    def is_opened(self) -> bool:
        return self.after < self.cell.threshold <= self.before

    @property
    def is_open(self) -> bool:
        return self.after < self.cell.threshold


@dataclass(frozen=True)
class Figures:
    """What a scenario (or today) comes to; every number is of what the viewer sees."""

    total: int
    mix: Mix
    distance: float | None
    zones: Mapping[str, int]
    money: Mapping[str, Decimal]
    cells: Sequence[CellCount]
    handed_over: int
    idle: frozenset[int]

    @property
    def filled(self) -> list[CellCount]:
        return [each for each in self.cells if each.is_filled]

    @property
    def opened(self) -> list[CellCount]:
        return [each for each in self.cells if each.is_opened]

    @property
    def open(self) -> list[CellCount]:
        return [each for each in self.cells if each.is_open]


@dataclass(frozen=True)
class By:
    """What weighs in the mix; by money, in which currency."""

    weight: Weight = Weight.COUNT
    currency: str = ""


def basis(holding: Holding) -> Basis:
    """Seven queries and one for each further dimension in which something is wanted, whatever the portfolio holds."""
    members = holding.members().order_by()
    sums, cells = by_currency(members), wanted(holding.portfolio)
    known = {each.flow for each in sums}
    flow = next((each for each in FLOWS if each in known), None)
    return Basis(
        holding=holding,
        items=_items(holding, members, flow, cells),
        flow=flow,
        currencies=tuple(each.currency for each in sums if each.flow == flow),
        cells=cells,
        target=target_mix(holding.portfolio),
    )


def beyond(found: Basis, moves: Sequence[Move]) -> Items:
    """Initiatives outside the portfolio that a move would start, as far as the viewer sees them."""
    ids = {move.initiative_id for move in moves if move.kind == MoveKind.START and move.initiative_id}
    outside = ids - set(found.items)
    if not outside:
        return {}
    members = Initiative.objects.visible_to(found.holding.viewer).filter(pk__in=outside).order_by()
    return _items(found.holding, members, found.flow, found.cells)


def outcome(found: Basis, moves: Sequence[Move], others: Items) -> Outcome:
    """The portfolio after the moves; those about initiatives that the viewer does not see change nothing."""
    seen = {**found.items, **others}
    return play(found.items, [step_of(move, seen) for move in moves], others)


def figures(found: Basis, after: Outcome, by: By) -> Figures:
    mix = mix_of(after.items, by.weight, by.currency)
    return Figures(
        total=len(after.items),
        mix=mix,
        distance=mixes.distance(mix.shares, found.target.shares) if mix.shares and found.target else None,
        zones=zones_of(after.items),
        money=money_of(after.items),
        cells=_cells(found, after.items),
        handed_over=len(after.handed_over),
        idle=after.idle,
    )


def step_of(move: Move, seen: Items) -> Step:
    """The move for the arithmetic; one about an initiative that is not seen is about nothing."""
    key = -move.pk
    kind = MoveKind(move.kind)
    if move.initiative_id is not None and (move.initiative_id in seen):
        key = move.initiative_id
    elif move.initiative_id is not None:
        kind = MoveKind.STOP
    facets = facets_at(*from_answers(move.purpose, move.driver)) if move.purpose and move.driver else None
    keys = _filled_by(move)
    zone = move.zone or next((key for name, key in sorted(keys) if name == Dimension.ZONE), "")
    if facets is None and (named := [key for name, key in keys if name == Dimension.FACET]):
        facets = tuple(facet for facet in Facet if facet.value in named) or None
    return Step(
        kind=kind,
        key=key,
        facets=facets,
        zone=zone,
        amount=move.amount,
        currency=move.currency,
        into=move.into_id,
        keys=frozenset((name, each) for name, each in keys if name not in DERIVED),
    )


def _filled_by(move: Move) -> set[tuple[str, str]]:
    cell = move.fills
    return set() if cell is None else {(cell.row_dimension, cell.row), (cell.column_dimension, cell.column)}


def _cells(found: Basis, items: Items) -> list[CellCount]:
    """Every wanted cell before and after, in their own order."""
    pairs = dict.fromkeys((cell.row_dimension, cell.column_dimension) for cell in found.cells)
    counted_cells = {}
    for pair in pairs:
        places = [
            (each.row, each.column) for each in found.cells if (each.row_dimension, each.column_dimension) == pair
        ]
        counted_cells[pair] = (held_in(found.items, pair, places), held_in(items, pair, places))
    made = []
    for cell in found.cells:
        before, after = counted_cells[cell.row_dimension, cell.column_dimension]
        made.append(CellCount(cell, before[cell.row, cell.column], after[cell.row, cell.column]))
    return made


def _items(
    holding: Holding, members: QuerySet[Any, Any], flow: MoneyFlow | None, cells: Sequence[WantedCell]
) -> dict[int, Item]:
    """Each of these initiatives with what moves and figures ask of it."""
    ids = members.values("pk")
    standings = holding.standings().filter(initiative__in=ids).values_list("initiative_id", "facets")
    facets = {pk: tuple(Facet(name) for name in names.split()) for pk, names in standings}
    zones = dict(holding.stays().filter(initiative__in=ids).values_list("initiative_id", "zone__code"))
    money: dict[int, dict[str, Decimal]] = defaultdict(dict)
    if flow is not None:
        sums = counted(members).filter(flow=flow).order_by().values("initiative_id", "currency")
        for row in sums.annotate(sum=Sum("amount")):
            money[row["initiative_id"]][row["currency"]] = row["sum"]
    keys = _keys(holding, members, cells)
    return {
        pk: Item(facets.get(pk), zones.get(pk, ""), priority, money.get(pk, {}), frozenset(keys.get(pk, ())))
        for pk, priority in members.values_list("pk", "priority")
    }


def _keys(
    holding: Holding, members: QuerySet[Any, Any], cells: Sequence[WantedCell]
) -> dict[int, list[tuple[str, str]]]:
    """What each has of the values that are wanted, in the dimensions that no move changes. One query a dimension."""
    asked: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        asked[cell.row_dimension].add(cell.row)
        asked[cell.column_dimension].add(cell.column)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for dimension, values in asked.items():
        if dimension not in DERIVED:
            for pk, key in keys_of(holding, members, dimension, values):
                found[pk].append((dimension, key))
    return found
