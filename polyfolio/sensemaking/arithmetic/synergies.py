"""Synergy candidates: initiatives that stand together and whose partners do not know of each other. Pure arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from polyfolio.sensemaking.arithmetic.matrices import Cell

CROWD = 12
"""A cell that holds more than this is too wide for standing together to mean much."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Candidate:
    """Two initiatives (the lower id first), and the cells in which both stand, the narrowest first."""

    pair: Pair
    cells: tuple[Cell, ...]


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def candidates(
    members: Mapping[Cell, Collection[int]], partners: Mapping[int, Collection[int]], known: Collection[Pair]
) -> list[Candidate]:
    """Pairs that share a cell, have partners but none in common, and are not `known` to each other (linked, decided).

    An initiative without any partner is left out: of it nothing can be said. Those that meet in most cells come
    first, then those that meet in the narrowest one.
    """
    met: dict[Pair, list[Cell]] = defaultdict(list)
    for cell, ids in sorted(members.items(), key=lambda each: (len(set(each[1])), each[0])):
        inside = sorted({pk for pk in ids if partners.get(pk)})
        if len(set(ids)) > CROWD:
            continue
        for pair in combinations(inside, 2):
            if pair not in known and not set(partners[pair[0]]) & set(partners[pair[1]]):
                met[pair].append(cell)
    width = {cell: len(set(ids)) for cell, ids in members.items()}
    found = [Candidate(pair, tuple(cells)) for pair, cells in met.items()]
    return sorted(found, key=lambda each: (-len(each.cells), width[each.cells[0]], each.pair))
