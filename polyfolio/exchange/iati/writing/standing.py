"""What stands here now around the initiatives of a batch: one query a table, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from polyfolio.exchange.iati.writing.mapping.parts import PARTS, RESULTS, Part, Row
from polyfolio.exchange.iati.writing.results import INDICATOR, RESULT, VALUE, IndicatorTree, ResultTree
from polyfolio.reporting.models import Indicator, IndicatorValue, Result


@dataclass(slots=True)
class Standing:
    """The rows around one initiative with their keys, by part; its results with theirs."""

    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=lambda: {name: [] for name in PARTS})
    results: list[tuple[int, ResultTree]] = field(default_factory=list)


def standing(initiatives: Collection[int], names: Iterable[str] = (*PARTS, RESULTS)) -> dict[int, Standing]:
    """What stands around each of these initiatives, in the parts of these names."""
    found = {pk: Standing() for pk in initiatives}
    if not found:
        return found
    wanted = set(names)
    for name, part in PARTS.items():
        if name in wanted:
            _read(part, name, found)
    if RESULTS in wanted:
        _read_results(found)
    return found


def _read(part: Part, name: str, found: dict[int, Standing]) -> None:
    rows: Any = part.model._default_manager.filter(initiative__in=list(found)).order_by("pk")
    if name == "identifiers":
        rows = rows.exclude(scheme="iati")
    for owner, pk, *row in rows.values_list("initiative_id", "pk", *part.columns):
        found[owner].rows[name].append((pk, tuple(row)))


def _read_results(found: dict[int, Standing]) -> None:
    values: dict[int, list[Row]] = defaultdict(list)
    of_these = {"indicator__result__initiative__in": list(found)}
    for indicator, *row in IndicatorValue.objects.filter(**of_these).order_by("pk").values_list("indicator_id", *VALUE):
        values[indicator].append(tuple(row))
    indicators: dict[int, list[IndicatorTree]] = defaultdict(list)
    known = Indicator.objects.filter(result__initiative__in=list(found)).order_by("position", "pk")
    for result, pk, *row in known.values_list("result_id", "pk", *INDICATOR):
        indicators[result].append((tuple(row), tuple(values[pk])))
    results = Result.objects.filter(initiative__in=list(found)).order_by("position", "pk")
    for owner, pk, *row in results.values_list("initiative_id", "pk", *RESULT):
        found[owner].results.append((pk, (tuple(row), tuple(indicators[pk]))))
