"""Which changes an index has applied: not one number, because rows may be committed out of the order of their ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Range = tuple[int, int]


class Applied:
    """A set of change ids: everything up to `low`, and the ranges above it.

    On PostgreSQL a long transaction may commit a low id after higher ones were applied. The gaps between ranges are
    where such ids may still turn up; a gap is given up (`forget`) when it is older than any transaction.
    """

    MOST_GAPS = 200

    def __init__(self, low: int = 0, ranges: Iterable[Sequence[int]] = ()) -> None:
        self.low = low
        self.ranges: list[Range] = [(first, last) for first, last in ranges]

    @property
    def top(self) -> int:
        """The highest applied id."""
        return self.ranges[-1][1] if self.ranges else self.low

    def gaps(self) -> list[Range]:
        """First and last id of each gap below `top`, in order."""
        starts = [self.low, *(last for _, last in self.ranges[:-1])]
        found = [(end + 1, first - 1) for end, (first, _) in zip(starts, self.ranges, strict=False)]
        return [gap for gap in found if gap[0] <= gap[1]]

    def add(self, ids: Iterable[int]) -> None:
        """Enter ids as applied."""
        merged = sorted([*self.ranges, *((number, number) for number in set(ids) if number > self.low)])
        self.ranges = []
        for first, last in merged:
            end = self.ranges[-1][1] if self.ranges else self.low
            if first <= end + 1 and self.ranges:
                self.ranges[-1] = (self.ranges[-1][0], max(end, last))
            elif first <= end + 1:
                self.low = max(self.low, last)
            else:
                self.ranges.append((first, last))
        if len(self.ranges) > self.MOST_GAPS:
            self.forget(self.ranges[-self.MOST_GAPS][0])

    def forget(self, before: int) -> None:
        """Count everything below `before` as applied."""
        low = max(self.low, before - 1)
        kept = self.ranges[bisect_left(self.ranges, low + 1, key=lambda found: found[1]) :]
        while kept and kept[0][0] <= low + 1:
            low = max(low, kept.pop(0)[1])
        self.low, self.ranges = low, kept
