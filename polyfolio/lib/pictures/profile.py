"""A profile: values from 0 to 100 one under the other, each with the spread around it and a mark to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyfolio.lib.pictures.shapes import tenths

LENGTH = 100.0


@dataclass(frozen=True, slots=True)
class Ability:
    """One row as given; None where nothing is known. `lower` and `upper` are the ends of the middle half."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    compared: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One row as drawn over a length of 100."""

    label: str
    percent: int | None
    width: float
    band_x: float | None
    band_width: float
    mark_x: float | None
    compared_percent: int | None
    range_words: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Profile:
    bars: tuple[Bar, ...]
    strongest: Bar | None
    weakest: Bar | None

    @property
    def has_spread(self) -> bool:
        return any(bar.band_x is not None for bar in self.bars)

    @property
    def has_comparison(self) -> bool:
        return any(bar.mark_x is not None for bar in self.bars)


def profile(rows: Sequence[Ability]) -> Profile:
    """The drawing of the rows in their order; the strongest and weakest are None where all known ones are alike."""
    bars = tuple(_bar(row) for row in rows)
    known = sorted((bar for bar in bars if bar.percent is not None), key=lambda bar: bar.percent or 0)
    differs = bool(known) and known[0].percent != known[-1].percent
    return Profile(bars, known[-1] if differs else None, known[0] if differs else None)


def _bar(row: Ability) -> Bar:
    has_band = row.lower is not None and row.upper is not None
    lower, upper = row.lower or 0.0, row.upper or 0.0
    return Bar(
        label=row.label,
        percent=None if row.value is None else round(row.value),
        width=tenths(row.value or 0.0),
        band_x=tenths(lower) if has_band else None,
        band_width=tenths(upper - lower) if has_band else 0.0,
        mark_x=None if row.compared is None else tenths(row.compared),
        compared_percent=None if row.compared is None else round(row.compared),
        range_words=(round(lower), round(upper)) if has_band else None,
    )
