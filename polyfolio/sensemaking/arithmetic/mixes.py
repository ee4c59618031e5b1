"""The mix of a portfolio over the four facets, and what can be said of it: pure arithmetic.

Evenness is Shannon's entropy over its maximum (Pielou, 1966); the distance is the total variation distance. An even
mix is never called good: what fits depends on remit, context and time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from polyfolio.sensemaking.choices import Facet

PRIORITY_WEIGHTS = {"high": 3.0, "medium": 2.0, "low": 1.0}


class Weight(StrEnum):
    """What one initiative weighs: 1, its budget, or 3, 2 and 1 for high, medium and low priority."""

    COUNT = "count"
    BUDGET = "budget"
    PRIORITY = "priority"


@dataclass(frozen=True)
class Weighed:
    """Initiatives that stand alike: their facets (none: mixed), how many, how many with a weight, and their weight."""

    facets: tuple[Facet, ...]
    count: int
    known: int
    weight: float


@dataclass(frozen=True)
class Mix:
    """Shares by facet (they sum to 1), None where nothing weighs anything.

    `parts` holds by facet how many initiatives stand at the tip and how many on its edges. `placed` counts those in
    the sum's facets, `known` those of them that carry a weight; mixed and unplaced stand apart.
    """

    shares: dict[Facet, float] | None
    parts: dict[Facet, tuple[int, int]]
    placed: int
    known: int
    mixed: int
    unplaced: int
    weight: float
    mixed_weight: float

    @property
    def total(self) -> int:
        return self.placed + self.mixed + self.unplaced

    def count(self, facet: Facet) -> int:
        """Initiatives that count for a facet, wholly or by half: the rows of the list that its figure opens."""
        return sum(self.parts[facet])


def mix(groups: Iterable[Weighed], *, unplaced: int) -> Mix:
    """p(facet) = Σ w × share(facet) / Σ w over the placed initiatives; a share is 1 at a tip and ½ on an edge."""
    sums = dict.fromkeys(Facet, 0.0)
    tips, edges = dict.fromkeys(Facet, 0), dict.fromkeys(Facet, 0)
    placed = known = mixed = 0
    total = mixed_weight = 0.0
    for group in groups:
        weight = max(group.weight, 0.0)
        if not group.facets:
            mixed += group.count
            mixed_weight += weight
            continue
        placed += group.count
        known += group.known
        total += weight
        for facet in group.facets:
            sums[facet] += weight / len(group.facets)
            (tips if len(group.facets) == 1 else edges)[facet] += group.count
    return Mix(
        shares={facet: value / total for facet, value in sums.items()} if total else None,
        parts={facet: (tips[facet], edges[facet]) for facet in Facet},
        placed=placed,
        known=known,
        mixed=mixed,
        unplaced=unplaced,
        weight=total,
        mixed_weight=mixed_weight,
    )


def evenness(shares: Mapping[Facet, float]) -> float:
    """−Σ p ln p / ln 4: 1 when each facet has a quarter, 0 when one has all."""
    entropy = -sum(share * math.log(share) for share in shares.values() if share > 0)
    return min(1.0, max(0.0, entropy / math.log(len(Facet))))


def distance(actual: Mapping[Facet, float], intended: Mapping[Facet, float]) -> float:
    """½ Σ |p − t|: the share that stands elsewhere than intended, from 0 to 1."""
    return sum(abs(actual.get(facet, 0.0) - intended.get(facet, 0.0)) for facet in Facet) / 2
