from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.pictures.money import HEIGHT, WIDTH, Amount, Series, money

BASE, LED = Series("base", "Base"), Series("led", "Led")


def amount(year: int, value: int, *, series: str = "base", currency: str = "SEK") -> Amount:
    return Amount(year, currency, series, Decimal(value))


def test_no_amounts_make_no_panel():
    assert money([], series=[BASE]).panels == ()


def test_a_panel_a_currency_the_fullest_first():
    picture = money([amount(2024, 1, currency="EUR"), amount(2023, 1), amount(2024, 1)], series=[BASE])

    assert [(panel.currency, [year.year for year in panel.years]) for panel in picture.panels] == [
        ("SEK", [2023, 2024]),
        ("EUR", [2023, 2024]),
    ]


def test_amounts_of_one_place_are_added():
    panel = money([amount(2024, 30), amount(2024, 20)], series=[BASE]).panels[0]

    assert (panel.total, panel.totals, [bar.value for bar in panel.bars], panel.last_year) == (
        50,
        (50,),
        [50],
        2024,
    )


def test_stacked_bars_stand_on_one_another():
    bars = money([amount(2024, 60), amount(2024, 40, series="led")], series=[BASE, LED]).panels[0].bars

    assert [(bar.step, bar.x, bar.y, bar.height) for bar in bars] == [(1, 201.0, 84.4, 105.6), (2, 201.0, 14.0, 70.4)]


def test_bars_side_by_side_have_no_total():
    panel = money([amount(2024, 60), amount(2024, 40, series="led")], series=[BASE, LED], is_stacked=False).panels[0]

    first, second = panel.bars
    assert (panel.total, panel.totals, second.x - first.x) == (None, (60, 40), pytest.approx(first.width))
    assert first.y + first.height == pytest.approx(second.y + second.height, abs=0.11)


def test_corrections_hang_below_the_line():
    panel = money([amount(2024, 100), amount(2024, -30, series="led")], series=[BASE, LED]).panels[0]

    up, down = panel.bars
    assert (up.y < panel.base, down.y == panel.base, [line.value for line in panel.grid]) == (
        True,
        True,
        [-40, 0, 50, 100],
    )


def test_nothing_but_corrections_has_a_scale():
    panel = money([amount(2024, -30)], series=[BASE]).panels[0]

    assert ([line.value for line in panel.grid], panel.base) == ([-40, 0], 14.0)


def test_missing_value_is_not_zero():
    panel = money([amount(2023, 1), amount(2024, 2, series="led")], series=[BASE, LED]).panels[0]

    assert [year.values for year in panel.years] == [(1, None), (None, 2)]


def test_unknown_series_is_not_drawn():
    assert money([amount(2024, 1, series="other")], series=[BASE]).panels[0].bars == ()


def test_long_spans_label_only_some_years_and_always_the_last():
    years = money([amount(1998, 1), amount(2024, 1)], series=[BASE]).panels[0].years

    labelled = [year.year for year in years if year.is_labelled]
    assert (len(labelled) <= 8, labelled[-1]) == (True, 2024)


@given(
    st.lists(
        st.tuples(st.integers(1990, 2040), st.sampled_from(["base", "led"]), st.integers(-(10**12), 10**12)),
        max_size=30,
    ),
    st.booleans(),
)
def test_every_bar_lies_on_the_sheet(given_amounts, is_stacked):
    picture = money(
        [amount(year, value, series=series) for year, series, value in given_amounts],
        series=[BASE, LED],
        is_stacked=is_stacked,
    )

    for panel in picture.panels:
        for bar in panel.bars:
            assert bar.x >= 0
            assert bar.x + bar.width <= WIDTH
            assert bar.y >= 0
            assert bar.y + bar.height <= HEIGHT
