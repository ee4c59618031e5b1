"""Where an initiative stands between two axes: pure arithmetic from people's points to one point and its region."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from polyfolio.sensemaking.arithmetic.diamond import CONTESTED_FROM, Spot, spread


@dataclass(frozen=True)
class Point:
    """A place between the axes, and how far assessors differ along the axis on which they differ most."""

    x: float
    y: float
    is_contested: bool
    spread: float


def part(thresholds: Sequence[float], value: float) -> int:
    """Which part of an axis a value stands in, counted from the low end; a threshold belongs to the part it begins."""
    return bisect_right(sorted(thresholds), value)


def spot(spots: Sequence[Spot], agreed: Spot | None = None, *, contested_from: float = CONTESTED_FROM) -> Point:
    """The median of the latest point of each assessor, or what was agreed; contested as on the diamond."""
    if not spots and agreed is None:
        raise ValueError("Nobody has placed this initiative.")
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    x, y = agreed if agreed is not None else (median(xs), median(ys))
    widest = max(spread(xs), spread(ys))
    return Point(x, y, widest >= contested_from, widest)
