from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.arithmetic.axes import part, spot
from polyfolio.sensemaking.arithmetic.measures import Conversion, Days, Span, conversion, days

TODAY = date(2026, 1, 1)
JAN, MARCH, MAY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1)

spans = st.lists(
    st.builds(
        lambda position, start, length: Span(
            position,
            date(2024, 1, 1) + timedelta(days=start),
            None if length is None else date(2024, 1, 1) + timedelta(days=start + length),
        ),
        st.integers(0, 3),
        st.integers(0, 700),
        st.one_of(st.none(), st.integers(0, 200)),
    ),
    max_size=6,
)
many = st.dictionaries(st.integers(1, 9), spans, max_size=6)


def test_days_are_the_median_of_all_that_stood_there_until_today() -> None:
    given = {1: [Span(0, JAN, MARCH), Span(1, MARCH)], 2: [Span(0, MAY)], 3: []}

    found = [days(given, position, TODAY) for position in (0, 1, 2)]

    assert found == [Days(152, 2), Days(306, 1), Days(None, 0)]


def test_days_told_twice_count_once() -> None:
    given = {1: [Span(0, JAN, MAY), Span(0, MARCH, MAY), Span(0, JAN, MARCH)]}

    assert days(given, 0, TODAY) == Days((MAY - JAN).days, 1)


def test_going_on_may_leave_a_zone_out_but_not_go_back() -> None:
    given = {
        1: [Span(0, JAN, MARCH), Span(2, MARCH)],
        2: [Span(1, JAN, MARCH), Span(0, MARCH)],
        3: [Span(0, JAN, JAN), Span(1, JAN)],
    }

    assert conversion(given, 0) == Conversion(stood=3, went_on=2, median=30)
    assert (conversion(given, 0).percent, conversion({}, 0).percent) == (67, None)


@given(many, st.integers(0, 3))
def test_nobody_goes_on_who_never_stood_there(told: dict[int, list[Span]], position: int) -> None:
    found, spent = conversion(told, position), days(told, position, TODAY)

    assert found.went_on <= found.stood == spent.count
    assert (found.median is None) == (found.went_on == 0)
    assert spent.median is None or spent.median >= 0


@given(st.floats(-1, 1), st.lists(st.floats(-0.99, 0.99), min_size=1, max_size=2, unique=True))
def test_every_point_of_an_axis_stands_in_one_part(value: float, thresholds: list[float]) -> None:
    found = part(thresholds, value)

    ends = [-2.0, *sorted(thresholds), 2.0]
    assert ends[found] <= value < ends[found + 1]


def test_people_who_stand_far_apart_are_contested() -> None:
    near, far = spot([(0, 0), (0.1, 0)]), spot([(-1, 0), (1, 0.2)], contested_from=1.0)

    assert (near.is_contested, far.is_contested, far.x, far.y) == (False, True, 0, 0.1)
    assert spot([(-1, 0)], (0.5, 0.5)).x == 0.5
