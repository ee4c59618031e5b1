"""What an initiative reports of its results, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from polyfolio.lib.texts import Texts
from polyfolio.reporting.choices import ResultLevel, ValueKind
from polyfolio.reporting.models import Result


@dataclass(frozen=True)
class ShownValue:
    kind: ValueKind
    text: str
    number: Decimal | None
    starts_on: date | None
    ends_on: date | None
    year: int | None

    @property
    def latest(self) -> tuple[int, str]:
        """What values of one kind are ordered by: their year, then their end."""
        last = self.ends_on or self.starts_on
        return (self.year or (last.year if last else 0), last.isoformat() if last else "")


@dataclass
class ShownIndicator:
    """An indicator with its baseline, the latest target and the latest actual value; None is not known."""

    title: Texts
    measure: str
    values: list[ShownValue] = field(default_factory=list)

    def _last(self, kind: ValueKind) -> ShownValue | None:
        return max((each for each in self.values if each.kind == kind), key=lambda each: each.latest, default=None)

    @property
    def baseline(self) -> ShownValue | None:
        return self._last(ValueKind.BASELINE)

    @property
    def target(self) -> ShownValue | None:
        return self._last(ValueKind.TARGET)

    @property
    def actual(self) -> ShownValue | None:
        return self._last(ValueKind.ACTUAL)


@dataclass
class ShownResult:
    level: ResultLevel
    title: Texts
    indicators: list[ShownIndicator] = field(default_factory=list)


COLUMNS = (
    "pk",
    "level",
    "title",
    "indicators__pk",
    "indicators__title",
    "indicators__measure",
    "indicators__values__kind",
    "indicators__values__text",
    "indicators__values__number",
    "indicators__values__starts_on",
    "indicators__values__ends_on",
    "indicators__values__year",
)


def results_of(initiative_id: int) -> list[ShownResult]:
    """The results with their indicators and values, in their order. One query."""
    rows = Result.objects.filter(initiative=initiative_id).order_by(
        "position", "pk", "indicators__position", "indicators__pk", "indicators__values__pk"
    )
    results: dict[int, ShownResult] = {}
    indicators: dict[int, ShownIndicator] = {}
    for row in rows.values_list(*COLUMNS):
        _take(row, results, indicators)
    return list(results.values())


def _take(row: tuple[Any, ...], results: dict[int, ShownResult], indicators: dict[int, ShownIndicator]) -> None:
    pk, level, title, indicator_pk, indicator_title, measure, kind, *value = row
    result = results.setdefault(pk, ShownResult(ResultLevel(level), title))
    if indicator_pk is None:
        return
    if indicator_pk not in indicators:
        indicators[indicator_pk] = ShownIndicator(indicator_title or {}, measure or "")
        result.indicators.append(indicators[indicator_pk])
    if kind is not None:
        text, number, starts_on, ends_on, year = value
        indicators[indicator_pk].values.append(ShownValue(ValueKind(kind), text, number, starts_on, ends_on, year))
