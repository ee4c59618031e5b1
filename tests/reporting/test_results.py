from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.reporting.actions import results
from polyfolio.reporting.actions.results import Measured, Reported, Value, number_in
from polyfolio.reporting.choices import ValueKind
from polyfolio.reporting.models import IndicatorValue, Result
from polyfolio.reporting.queries.results import results_of
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.portfolios import make_initiative
from tests.factories.reporting import make_indicator, make_result, make_value

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_write_makes_these_the_results() -> None:
    initiative = make_initiative()
    make_result(initiative)
    reported = Reported(
        "outcome",
        {"en": "Repair is normal"},
        [Measured({"en": "Cafés"}, [Value("actual", "12", year=2025), Value("target", "20 or so", year=2026)])],
    )

    results.write(initiative=initiative, results=[reported], by=make_steward(initiative.network), at=NOW)

    assert Result.objects.get().label == "Repair is normal"
    assert list(IndicatorValue.objects.values_list("kind", "text", "number")) == [
        ("actual", "12", Decimal(12)),
        ("target", "20 or so", None),
    ]


@pytest.mark.parametrize("given", [Reported("outcome", {}), Reported("wish", {"en": "A"})])
def test_write_refuses_what_cannot_be(given: Reported) -> None:
    with pytest.raises((RefusedError, ValidationError)):
        results.write(initiative=make_initiative(), results=[given], by=make_admin(), at=NOW)


def test_write_is_for_those_who_edit() -> None:
    with pytest.raises(NotAllowedError):
        results.write(initiative=make_initiative(), results=[], by=make_user(), at=NOW)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 1 200.5 ", "1200.5"), ("-3", -3), ("", None), ("many", None), ("NaN", None), ("1e30", None)],
)
def test_number_in(text: str, number: Any) -> None:
    assert number_in(text) == (None if number is None else Decimal(number))


def test_results_of_an_initiative_in_one_query(django_assert_num_queries: Any) -> None:
    initiative = make_initiative()
    bare = make_result(initiative, position=1)
    result = make_result(initiative, level="outcome", title={"en": "Repair is normal"})
    indicator, empty = make_indicator(result), make_indicator(result, position=1, title={})
    make_value(indicator, "1", ValueKind.BASELINE, year=2020)
    make_value(indicator, "5", year=2024)
    make_value(indicator, "9", ends_on=date(2025, 12, 31))
    make_value(indicator, "7", ends_on=date(2025, 6, 30))

    with django_assert_num_queries(1):
        found = results_of(initiative.pk)

    assert [(each.level, each.title) for each in found] == [
        ("outcome", {"en": "Repair is normal"}),
        ("output", bare.title),
    ]
    first, second = found[0].indicators
    assert (first.baseline and first.baseline.text, first.target, first.actual and first.actual.text) == (
        "1",
        None,
        "9",
    )
    assert (second.title, second.values, found[1].indicators) == (empty.title, [], [])
