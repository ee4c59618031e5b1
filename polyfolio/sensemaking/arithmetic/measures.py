"""What stays in zones come to: days, who went on and how fast. Pure arithmetic over dates; the definitions are ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class Span:
    """A stay in the zone at `position`, from a day to a day; the present one has no end."""

    position: int
    since_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Days:
    """The median over `count` initiatives of the days that each spent in a zone; None where none ever stood there."""

    median: int | None
    count: int


@dataclass(frozen=True)
class Conversion:
    """Of `stood` initiatives that ever stood in a zone, `went_on` came into a later one, after so many days."""

    stood: int
    went_on: int
    median: int | None

    @property
    def percent(self) -> int | None:
        return round(100 * self.went_on / self.stood) if self.stood else None


Spans = Mapping[int, Sequence[Span]]


def days(spans: Spans, position: int, today: date) -> Days:
    """Each initiative's days in the zone, present stay included until today; days that overlap count once."""
    found = [
        _days([(each.since_on, each.until_on or today) for each in own if each.position == position])
        for own in spans.values()
        if any(each.position == position for each in own)
    ]
    return Days(_whole_median(found), len(found))


def _days(periods: Iterable[tuple[date, date]]) -> int:
    total, reached = 0, date.min
    for since, until in sorted(periods):
        total += max(0, (until - max(since, reached)).days)
        reached = max(reached, until)
    return total


def conversion(spans: Spans, position: int) -> Conversion:
    """Who came on from a zone: into one further on, on the day they first stood in this one or later."""
    stood, waits = 0, []
    for own in spans.values():
        first = min((each.since_on for each in own if each.position == position), default=None)
        if first is None:
            continue
        stood += 1
        onward = [each.since_on for each in own if each.position > position and each.since_on >= first]
        if onward:
            waits.append((min(onward) - first).days)
    return Conversion(stood, len(waits), _whole_median(waits))


def _whole_median(values: Sequence[int]) -> int | None:
    return round(median(values)) if values else None
