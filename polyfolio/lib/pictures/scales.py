"""Scales: which round number an axis ends with, and which class a count falls into."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

CLASSES = 5
ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(4), Decimal(5), Decimal(8), Decimal(10))


@dataclass(frozen=True, slots=True)
class HeatClass:
    """Counts from `low` to `high` are shown alike; the last class is open above."""

    level: int
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class HeatScale:
    """At most five classes of counts with round limits; level 0 is none at all."""

    limits: tuple[int, ...]

    def level(self, count: int) -> int:
        """The class of a count, from 0 to 5."""
        return sum(1 for limit in self.limits if count >= limit)

    @property
    def classes(self) -> tuple[HeatClass, ...]:
        """The classes above none, for the legend."""
        uppers = [*(limit - 1 for limit in self.limits[1:]), None]
        return tuple(
            HeatClass(level, low, high)
            for level, (low, high) in enumerate(zip(self.limits, uppers, strict=False), start=1)
        )


def heat_scale(greatest: int) -> HeatScale:
    """Classes for counts up to `greatest`: one a number where there are few, else 1, 2, 5, 10, … thinned to five."""
    if greatest <= CLASSES:
        return HeatScale(tuple(range(1, max(greatest, 0) + 1)))
    limits = [1]
    while limits[-1] < greatest:
        limits.append(_next_round(limits[-1]))
    if limits[-1] > greatest:
        limits.pop()
    step = math.ceil(len(limits) / CLASSES)
    return HeatScale(tuple(limits[::step]))


def _next_round(number: int) -> int:
    leading = int(str(number)[0])
    return number * 5 // 2 if leading == 2 else number * 2


def round_up(value: Decimal) -> Decimal:
    """The next number of 1, 2, 2.5, 4, 5, 8 × 10ⁿ at or above a positive value; 1 for none."""
    if value <= 0:
        return Decimal(1)
    unit = Decimal(10) ** value.adjusted()
    return next(step * unit for step in ROUND_STEPS if value <= step * unit)
