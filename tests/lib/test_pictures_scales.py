from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.pictures.scales import HeatClass, heat_scale, round_up


@pytest.mark.parametrize(
    ("greatest", "limits"),
    [
        (0, ()),
        (1, (1,)),
        (5, (1, 2, 3, 4, 5)),
        (9, (1, 2, 5)),
        (34, (1, 2, 5, 10, 20)),
        (900, (1, 5, 20, 100, 500)),
        (1_000_000, (1, 20, 500, 10_000, 200_000)),
    ],
)
def test_heat_scale_has_round_limits(greatest, limits):
    assert heat_scale(greatest).limits == limits


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_heat_level_grows_with_the_count(greatest, count):
    scale = heat_scale(max(greatest, count))

    assert (scale.level(0), scale.level(count) <= scale.level(count + 1) <= 5) == (0, True)


def test_heat_classes_cover_without_gap():
    assert heat_scale(9).classes == (HeatClass(1, 1, 1), HeatClass(2, 2, 4), HeatClass(3, 5, None))


def test_heat_scale_of_nothing_has_no_classes():
    assert heat_scale(0).classes == ()


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("0", "1"),
        ("-4", "1"),
        ("1", "1"),
        ("1.2", "2"),
        ("47", "50"),
        ("610000", "800000"),
        ("9.1", "10"),
        ("0.03", "0.04"),
    ],
)
def test_round_up_reaches_the_next_round_number(value, rounded):
    assert round_up(Decimal(value)) == Decimal(rounded)


@given(st.decimals(min_value="0.0001", max_value="1e15", allow_nan=False, allow_infinity=False))
def test_round_up_is_never_less_and_never_far(value):
    assert value <= round_up(value) <= value * 2
