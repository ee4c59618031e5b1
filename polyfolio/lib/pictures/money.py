"""Money by year, one panel a currency: bars of the given series, stacked where they may be added, else side by side.

Sums never cross currencies, and corrections (negative amounts) hang below the line instead of vanishing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from polyfolio.lib.pictures.scales import round_up
from polyfolio.lib.pictures.shapes import tenths

WIDTH = 400.0
HEIGHT = 220.0
LEFT = 54.0
RIGHT = 6.0
TOP = 14.0
BOTTOM = 30.0
GAP = 0.28
"""Of a year's width: the space between two years."""
WIDEST_BAR = 46.0
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum already made: one year, one currency, one series."""

    year: int
    currency: str
    series: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Series:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `step` is the place of its series, which chooses colour and pattern."""

    year: int
    series: Series
    step: int
    value: Decimal
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class GridLine:
    value: Decimal
    y: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year's column: `x` is its middle; long spans label only some."""

    year: int
    x: float
    is_labelled: bool
    total: Decimal
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One currency; `totals` follow the order of the series, and `total` is None where they must not be added."""

    currency: str
    width: float
    height: float
    left: float
    right: float
    base: float
    bars: tuple[Bar, ...]
    grid: tuple[GridLine, ...]
    years: tuple[Year, ...]
    totals: tuple[Decimal, ...]
    total: Decimal | None

    @property
    def last_year(self) -> int | None:
        return self.years[-1].year if self.years else None


@dataclass(frozen=True, slots=True)
class MoneyPicture:
    series: tuple[Series, ...]
    is_stacked: bool
    panels: tuple[Panel, ...]


def money(amounts: Sequence[Amount], *, series: Sequence[Series], is_stacked: bool = True) -> MoneyPicture:
    """A panel a currency, the one with most entries first, all over the same years."""
    years = _span(amounts)
    currencies: dict[str, list[Amount]] = {}
    for amount in amounts:
        currencies.setdefault(amount.currency, []).append(amount)
    ranked = sorted(currencies.items(), key=lambda item: (-len(item[1]), item[0]))
    return MoneyPicture(
        series=tuple(series),
        is_stacked=is_stacked,
        panels=tuple(_panel(code, own, years, series, is_stacked=is_stacked) for code, own in ranked),
    )


def _span(amounts: Sequence[Amount]) -> range:
    if not amounts:
        return range(0)
    return range(min(each.year for each in amounts), max(each.year for each in amounts) + 1)


def _panel(
    currency: str, amounts: Sequence[Amount], years: range, series: Sequence[Series], *, is_stacked: bool
) -> Panel:
    values: dict[tuple[int, str], Decimal] = {}
    for amount in amounts:
        place = (amount.year, amount.series)
        values[place] = values.get(place, Decimal(0)) + amount.value
    top, bottom = _limits(values, years, series, is_stacked=is_stacked)
    scale = _Scale(top=top, bottom=bottom)
    totals = tuple(sum((values.get((year, each.key), Decimal(0)) for year in years), Decimal(0)) for each in series)
    return Panel(
        currency=currency,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        base=scale.y(Decimal(0)),
        bars=tuple(_bars(values, years, series, scale, is_stacked=is_stacked)),
        grid=tuple(GridLine(value, scale.y(value)) for value in _grid(top, bottom)),
        years=tuple(_year(year, index, years, values, series) for index, year in enumerate(years)),
        totals=totals,
        total=sum(totals, Decimal(0)) if is_stacked else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    top: Decimal
    bottom: Decimal

    def y(self, value: Decimal) -> float:
        part = float((self.top - value) / (self.top - self.bottom))
        return tenths(TOP + part * (HEIGHT - TOP - BOTTOM))


def _limits(
    values: Mapping[tuple[int, str], Decimal], years: range, series: Sequence[Series], *, is_stacked: bool
) -> tuple[Decimal, Decimal]:
    high, low = Decimal(0), Decimal(0)
    for year in years:
        own = [values.get((year, each.key), Decimal(0)) for each in series]
        ups, downs = [each for each in own if each > 0], [each for each in own if each < 0]
        high = max(high, sum(ups, Decimal(0)) if is_stacked else max(ups, default=Decimal(0)))
        low = min(low, sum(downs, Decimal(0)) if is_stacked else min(downs, default=Decimal(0)))
    top = round_up(high) if high or not low else Decimal(0)
    return top, -round_up(-low) if low else Decimal(0)


def _grid(top: Decimal, bottom: Decimal) -> list[Decimal]:
    """None, half and all of the scale, and its foot where there are corrections."""
    lines = [Decimal(0), top / 2, top] if top else [Decimal(0)]
    return [bottom, *lines] if bottom else lines


def _slot(years: range) -> float:
    return (WIDTH - LEFT - RIGHT) / max(len(years), 1)


def _bars(
    values: Mapping[tuple[int, str], Decimal],
    years: range,
    series: Sequence[Series],
    scale: _Scale,
    *,
    is_stacked: bool,
) -> list[Bar]:
    slot = _slot(years)
    beside = 1 if is_stacked else max(len(series), 1)
    width = min(slot * (1 - GAP), WIDEST_BAR * (1 if is_stacked else 1.6)) / beside
    bars = []
    for index, year in enumerate(years):
        middle = LEFT + slot * (index + 0.5)
        up, down = Decimal(0), Decimal(0)
        for step, each in enumerate(series):
            value = values.get((year, each.key), Decimal(0))
            if not value:
                continue
            start = (up if value > 0 else down) if is_stacked else Decimal(0)
            high, low = max(start, start + value), min(start, start + value)
            up, down = (high, down) if value > 0 else (up, low)
            x = middle - width * beside / 2 + (0 if is_stacked else step * width)
            y = scale.y(high)
            height = tenths(max(scale.y(low) - y, 0.8))
            bars.append(Bar(year, each, step + 1, value, tenths(x), y, tenths(width), height))
    return bars


def _year(
    year: int, index: int, years: range, values: Mapping[tuple[int, str], Decimal], series: Sequence[Series]
) -> Year:
    every = -(-len(years) // MOST_LABELS)
    own = tuple(values.get((year, each.key)) for each in series)
    return Year(
        year=year,
        x=tenths(LEFT + _slot(years) * (index + 0.5)),
        is_labelled=(len(years) - 1 - index) % every == 0,
        total=sum((value for value in own if value is not None), Decimal(0)),
        values=own,
    )
