"""Results with their indicators and values, as trees of rows of the reporting room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.writing.mapping.crosswalk import Crosswalk
from polyfolio.exchange.iati.writing.mapping.mentions import text_of
from polyfolio.exchange.iati.writing.mapping.parts import Row, comparable
from polyfolio.lib import bulk
from polyfolio.lib.fields import shorten
from polyfolio.lib.texts import Texts
from polyfolio.reporting.choices import ResultLevel, ValueKind
from polyfolio.reporting.models import Indicator, IndicatorValue, Result

# (columns of the result, its indicators: (columns, rows of values))
IndicatorTree = tuple[Row, tuple[Row, ...]]
ResultTree = tuple[Row, tuple[IndicatorTree, ...]]

RESULT = ("level", "title", "label", "description", "is_aggregable", "position")
INDICATOR = (
    "measure",
    "title",
    "label",
    "description",
    "reference",
    "reference_vocabulary",
    "is_ascending",
    "is_aggregable",
    "position",
)
VALUE = ("kind", "starts_on", "ends_on", "year", "text", "number", "dimensions", "comment")
MILLIONTH = Decimal("0.000001")
MOST_POSITIONS = 32_000


def result_trees(found: Iterable[data.Result], crosswalk: Crosswalk) -> list[ResultTree]:
    return [
        (
            (
                crosswalk.result_levels.get(item.type, ResultLevel.OTHER.value),
                item.titles,
                _label(item.titles),
                item.descriptions,
                item.is_aggregable,
                min(number, MOST_POSITIONS),
            ),
            tuple(_indicator(each, place) for place, each in enumerate(item.indicators)),
        )
        for number, item in enumerate(found)
    ]


def _indicator(item: data.Indicator, place: int) -> IndicatorTree:
    reference = item.references[0] if item.references else None
    columns = (
        item.measure[:10],
        item.titles,
        _label(item.titles),
        item.descriptions,
        reference.code if reference else "",
        reference.vocabulary if reference else "",
        item.is_ascending,
        item.is_aggregable,
        min(place, MOST_POSITIONS),
    )
    return columns, tuple(_values(item))


def _values(item: data.Indicator) -> Iterator[Row]:
    for baseline in item.baselines:
        yield _value(ValueKind.BASELINE.value, (baseline.on, None, baseline.year), baseline.measurement)
    for period in item.periods:
        span = (period.starts_on, period.ends_on, None)
        for target in period.targets:
            yield _value(ValueKind.TARGET.value, span, target)
        for actual in period.actuals:
            yield _value(ValueKind.ACTUAL.value, span, actual)


def _value(kind: str, span: tuple[Any, Any, int | None], found: data.Measurement) -> Row:
    number = found.number
    if number is not None and number.as_tuple().exponent not in range(-6, 1):
        number = number.quantize(MILLIONTH, ROUND_HALF_EVEN)
    return (kind, *span, found.value, number, dict(found.dimensions), found.comments)


def _label(titles: Texts) -> str:
    return shorten(text_of(titles), 300) if titles else ""


def same_as(tree: ResultTree) -> tuple[Any, ...]:
    """What a result shares with every one that says the same."""
    columns, indicators = tree
    return (
        tuple(comparable(value) for value in columns),
        tuple(
            (tuple(comparable(value) for value in own), tuple(tuple(map(comparable, row)) for row in values))
            for own, values in indicators
        ),
    )


def insert(trees: Iterable[tuple[int, ResultTree]]) -> None:
    """Write results of (initiative, tree), three statements however many there are."""
    pairs = list(trees)
    if not pairs:
        return
    result_keys = bulk.reserve(Result, len(pairs))
    bulk.insert(
        Result,
        ("id", "initiative_id", *RESULT),
        ((key, initiative, *tree[0]) for key, (initiative, tree) in zip(result_keys, pairs, strict=True)),
    )
    indicators = [(key, each) for key, (_owner, tree) in zip(result_keys, pairs, strict=True) for each in tree[1]]
    indicator_keys = bulk.reserve(Indicator, len(indicators))
    bulk.insert(
        Indicator,
        ("id", "result_id", *INDICATOR),
        ((key, result, *each[0]) for key, (result, each) in zip(indicator_keys, indicators, strict=True)),
    )
    values = ((key, *row) for key, (_result, each) in zip(indicator_keys, indicators, strict=True) for row in each[1])
    bulk.insert(IndicatorValue, ("indicator_id", *VALUE), values)
