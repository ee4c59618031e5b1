"""Hole matrices and coverage: pure arithmetic over counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Cell = tuple[str, str]


@dataclass(frozen=True)
class Want:
    """A steward wants a cell to hold at least `threshold` initiatives, and says why."""

    threshold: int
    reason: str


@dataclass(frozen=True)
class Hole:
    """A wanted cell that holds less than its threshold."""

    row: str
    column: str
    count: int
    threshold: int
    reason: str

    @property
    def missing(self) -> int:
        return self.threshold - self.count


@dataclass(frozen=True)
class Coverage:
    """A figure's numerator and denominator at a date: of how many items is something known, or true."""

    known: int
    total: int
    on: date

    @property
    def share(self) -> float | None:
        return self.known / self.total if self.total else None

    @property
    def percent(self) -> int | None:
        """Never rounded up to all or down to nothing."""
        if not self.total:
            return None
        if self.known in (0, self.total):
            return 100 * self.known // self.total
        return min(99, max(1, round(100 * self.known / self.total)))


def holes(counts: Mapping[Cell, int], wanted: Mapping[Cell, Want]) -> list[Hole]:
    """Wanted cells below their threshold, the emptiest first; an empty cell that nobody wants is no hole."""
    found = [
        Hole(row, column, counts.get((row, column), 0), want.threshold, want.reason)
        for (row, column), want in wanted.items()
        if counts.get((row, column), 0) < want.threshold
    ]
    return sorted(found, key=lambda hole: (-hole.missing, hole.row, hole.column))
