"""Where an initiative stands on the diamond: pure arithmetic from answers and shares to a point, facets and doubt.

The diamond and its facets are OECD OPSI's (Innovation Facets Model); the point, the median over assessors, the
eighths and what is contested are ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from polyfolio.sensemaking.choices import Facet, FacetAnswer

CONTESTED_FROM = 0.5
"""An interquartile range of x or y from here on makes an initiative contested, where its frame says nothing else."""
MIXED_WITHIN = 0.25
"""A point with |x| + |y| below this stands too near the middle to lean to any facet, where its frame says no other."""

RING = (Facet.ANTICIPATORY, Facet.MISSION, Facet.ENHANCEMENT, Facet.ADAPTIVE)
"""The tips counter-clockwise from the right; neighbours share an edge, and opposites stand two apart."""
TIPS = {
    Facet.ANTICIPATORY: (1.0, 0.0),
    Facet.MISSION: (0.0, 1.0),
    Facet.ENHANCEMENT: (-1.0, 0.0),
    Facet.ADAPTIVE: (0.0, -1.0),
}
MIDDLE = (0.0, 0.0)

Spot = tuple[float, float]


@dataclass(frozen=True)
class Stand:
    """An initiative's place: its point, and the facets it counts for (none: mixed; two: half each)."""

    x: float
    y: float
    facets: tuple[Facet, ...]
    is_contested: bool
    is_agreed: bool
    spread: float

    @property
    def is_mixed(self) -> bool:
        return not self.facets

    def share(self, facet: Facet) -> float:
        """What it gives to a facet in the mix: 1 alone, ½ on an edge, else 0."""
        return 1 / len(self.facets) if facet in self.facets else 0.0


def from_answers(purpose: str, driver: str) -> Spot:
    """The same answer twice is that tip, neighbours are the middle of their edge, opposites or “all” the middle."""
    if FacetAnswer.ALL in (purpose, driver):
        return MIDDLE
    first, second = TIPS[Facet(purpose)], TIPS[Facet(driver)]
    return ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)


def from_shares(shares: Mapping[str, float]) -> Spot:
    """The point x = (ANT − ENH) / 100, y = (MIS − ADA) / 100 for shares from 0 to 100; a missing one is 0."""
    mis, enh, ada, ant = (float(shares.get(facet, 0)) for facet in Facet)
    return ((ant - enh) / 100, (mis - ada) / 100)


def facets_at(x: float, y: float, mixed_within: float = MIXED_WITHIN) -> tuple[Facet, ...]:
    """The facet, or the two neighbours, whose eighth of the diamond a point stands in; none near the middle."""
    if abs(x) + abs(y) < mixed_within:
        return ()
    eighth = round(math.degrees(math.atan2(y, x)) / 45) % 8
    found = {RING[eighth // 2]} if eighth % 2 == 0 else {RING[eighth // 2], RING[(eighth // 2 + 1) % 4]}
    return tuple(facet for facet in Facet if facet in found)


def spread(values: Sequence[float]) -> float:
    """The interquartile range, with quartiles interpolated between the values; 0 for one value."""
    if len(values) < 2:
        return 0.0
    lower, _middle, upper = quantiles(values, n=4, method="inclusive")
    return upper - lower


def are_opposed(spots: Sequence[Spot]) -> bool:
    """Whether two of them stand at opposite tips."""
    chosen = {facets_at(x, y) for x, y in spots}
    return any((RING[place],) in chosen and (RING[place + 2],) in chosen for place in (0, 1))


def stand(
    spots: Sequence[Spot],
    agreed: Spot | None = None,
    *,
    contested_from: float = CONTESTED_FROM,
    mixed_within: float = MIXED_WITHIN,
) -> Stand:
    """Where the latest spot of each assessor puts an initiative: their median, or what was agreed.

    Whether it is contested follows from the assessors also where something was agreed, so that disagreement stays seen.
    """
    if not spots and agreed is None:
        raise ValueError("Nobody has placed this initiative.")
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    x, y = agreed if agreed is not None else (median(xs), median(ys))
    widest = max(spread(xs), spread(ys))
    return Stand(
        x=x,
        y=y,
        facets=facets_at(x, y, mixed_within),
        is_contested=widest >= contested_from or are_opposed(spots),
        is_agreed=agreed is not None,
        spread=widest,
    )
