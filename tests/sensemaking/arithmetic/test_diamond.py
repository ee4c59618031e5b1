from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.arithmetic.diamond import (
    MIXED_WITHIN,
    Stand,
    are_opposed,
    facets_at,
    from_answers,
    from_shares,
    spread,
    stand,
)
from polyfolio.sensemaking.choices import Facet

MIS, ENH, ADA, ANT = Facet.MISSION, Facet.ENHANCEMENT, Facet.ADAPTIVE, Facet.ANTICIPATORY
OPPOSITE = {MIS: ADA, ADA: MIS, ENH: ANT, ANT: ENH}
units = st.floats(-1, 1, allow_nan=False)
spots = st.tuples(units, units)


@pytest.mark.parametrize(
    ("purpose", "driver", "facets"),
    [
        ("mis", "mis", (MIS,)),
        ("enh", "enh", (ENH,)),
        ("ada", "ada", (ADA,)),
        ("ant", "ant", (ANT,)),
        ("mis", "ant", (MIS, ANT)),
        ("ant", "mis", (MIS, ANT)),
        ("mis", "enh", (MIS, ENH)),
        ("enh", "ada", (ENH, ADA)),
        ("ada", "ant", (ADA, ANT)),
        ("mis", "ada", ()),
        ("enh", "ant", ()),
        ("all", "mis", ()),
        ("mis", "all", ()),
        ("all", "all", ()),
    ],
)
def test_answers_lead_to_facets(purpose: str, driver: str, facets: tuple[Facet, ...]) -> None:
    assert facets_at(*from_answers(purpose, driver)) == facets


def test_from_shares_follows_the_formula() -> None:
    assert from_shares({"mis": 50, "enh": 10, "ada": 0, "ant": 40}) == (0.3, 0.5)


def test_from_shares_takes_a_missing_share_for_none() -> None:
    assert from_shares({"mis": 100}) == (0.0, 1.0)


@given(st.fixed_dictionaries({facet.value: st.integers(0, 100) for facet in Facet}))
def test_from_shares_stays_on_the_picture(shares: dict[str, int]) -> None:
    x, y = from_shares(shares)

    assert abs(x) <= 1
    assert abs(y) <= 1


@given(spots)
def test_facets_at_names_none_one_or_two_neighbours(spot: tuple[float, float]) -> None:
    facets = facets_at(*spot)

    assert len(facets) <= 2
    assert len(facets) < 2 or facets[1] != OPPOSITE[facets[0]]
    assert (not facets) == (abs(spot[0]) + abs(spot[1]) < MIXED_WITHIN)


@given(spots)
def test_facets_at_turns_with_the_diamond(spot: tuple[float, float]) -> None:
    facets = facets_at(*spot)

    turned = facets_at(-spot[0], -spot[1])

    assert set(turned) == {OPPOSITE[facet] for facet in facets}


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0.0), ([0.7], 0.0), ([0.0, 1.0], 0.5), ([1.0, 1.0, 0.5], 0.25), ([1, 1, 0.5, -1], 0.875)],
)
def test_spread_is_the_interquartile_range(values: list[float], expected: float) -> None:
    assert spread(values) == expected


def test_stand_of_one_assessor_is_their_spot() -> None:
    assert stand([(0.0, 1.0)]) == Stand(0.0, 1.0, (MIS,), is_contested=False, is_agreed=False, spread=0.0)


def test_stand_is_the_median_and_contested_by_opposite_tips() -> None:
    found = stand([(0.0, 1.0), (0.0, 1.0), (0.0, 0.5), (0.0, 1.0), (0.0, -1.0)])

    assert (found.y, found.facets, found.is_contested) == (1.0, (MIS,), True)


def test_stand_is_contested_from_a_wide_range() -> None:
    assert stand([(0.0, 1.0), (1.0, 0.0)]).is_contested


def test_stand_is_not_contested_within_the_range() -> None:
    assert not stand([(0.0, 1.0), (0.0, 1.0), (0.0, 0.5)]).is_contested


def test_stand_takes_what_was_agreed_and_still_shows_the_doubt() -> None:
    found = stand([(0.0, 1.0), (0.0, -1.0)], agreed=(1.0, 0.0))

    assert found == Stand(1.0, 0.0, (ANT,), is_contested=True, is_agreed=True, spread=1.0)


def test_stand_of_an_agreement_alone() -> None:
    assert stand([], agreed=(0.0, 0.0)).is_mixed


def test_stand_needs_somebody() -> None:
    with pytest.raises(ValueError, match="Nobody"):
        stand([])


@given(st.lists(spots, min_size=1, max_size=9))
def test_stand_does_not_depend_on_the_order(given_spots: list[tuple[float, float]]) -> None:
    assert stand(given_spots) == stand(given_spots[::-1])


@given(st.lists(spots, min_size=1, max_size=9))
def test_stand_gives_a_whole_share_or_none(given_spots: list[tuple[float, float]]) -> None:
    found = stand(given_spots)

    assert sum(found.share(facet) for facet in Facet) == (0.0 if found.is_mixed else 1.0)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [((0, 1), (0, -1), True), ((1, 0), (-1, 0), True), ((0, 1), (1, 0), False), ((0.5, 0.5), (0, -1), False)],
)
def test_opposite_tips_are_opposed(first: tuple[float, float], second: tuple[float, float], expected: bool) -> None:
    assert are_opposed([first, second]) is expected
