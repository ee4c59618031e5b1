"""Results, indicators and values, written straight into the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.choices import ResultLevel, ValueKind
from polyfolio.reporting.models import Indicator, IndicatorValue, Result


def make_result(initiative: Initiative, level: str = ResultLevel.OUTPUT, **fields: Any) -> Result:
    return Result.objects.create(initiative=initiative, level=level, **({"title": {"en": "A result"}} | fields))


def make_indicator(result: Result, **fields: Any) -> Indicator:
    return Indicator.objects.create(result=result, **({"title": {"en": "How many"}, "measure": "1"} | fields))


def make_value(indicator: Indicator, text: str = "7", kind: str = ValueKind.ACTUAL, **fields: Any) -> IndicatorValue:
    values = {"number": Decimal(text) if text.isdigit() else None} | fields
    return IndicatorValue.objects.create(indicator=indicator, kind=kind, text=text, **values)
