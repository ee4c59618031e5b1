from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.arithmetic.mixes import Mix, Weighed, distance, evenness, mix
from polyfolio.sensemaking.choices import Facet

MIS, ENH, ADA, ANT = Facet.MISSION, Facet.ENHANCEMENT, Facet.ADAPTIVE, Facet.ANTICIPATORY
PLACES: list[tuple[Facet, ...]] = [(), *((facet,) for facet in Facet), (MIS, ANT), (ANT, ADA), (ADA, ENH), (ENH, MIS)]
groups = st.lists(
    st.builds(
        Weighed,
        facets=st.sampled_from(PLACES),
        count=st.integers(1, 500),
        known=st.just(0),
        weight=st.floats(-1e6, 1e9, allow_nan=False),
    ),
    max_size=12,
)


def shares(*values: float) -> dict[Facet, float]:
    return dict(zip(Facet, values, strict=True))


mixtures = (
    st.lists(st.integers(0, 1000), min_size=4, max_size=4)
    .filter(any)
    .map(lambda parts: shares(*(part / sum(parts) for part in parts)))
)


def test_mix_by_count_of_the_guide() -> None:
    found = mix(
        [Weighed((MIS,), 1, 1, 1), Weighed((MIS, ANT), 1, 1, 1), Weighed((ENH,), 1, 1, 1), Weighed((), 1, 1, 1)],
        unplaced=1,
    )

    assert found == Mix(
        shares=shares(1.5 / 3, 1 / 3, 0, 0.5 / 3),
        parts={MIS: (1, 1), ENH: (1, 0), ADA: (0, 0), ANT: (0, 1)},
        placed=3,
        known=3,
        mixed=1,
        unplaced=1,
        weight=3.0,
        mixed_weight=1.0,
    )
    assert (found.total, found.count(MIS)) == (5, 2)


def test_mix_by_budget_of_the_guide() -> None:
    found = mix(
        [
            Weighed((MIS,), 1, 1, 100_000),
            Weighed((MIS, ANT), 1, 1, 300_000),
            Weighed((ENH,), 1, 1, 600_000),
            Weighed((), 1, 1, 50_000),
        ],
        unplaced=1,
    )

    assert (found.shares, found.mixed_weight) == (shares(0.25, 0.6, 0, 0.15), 50_000)


def test_mix_by_priority_of_the_guide() -> None:
    found = mix([Weighed((MIS,), 1, 1, 3), Weighed((MIS, ANT), 1, 1, 2), Weighed((ENH,), 1, 1, 1)], unplaced=1)

    assert found.shares == shares(4 / 6, 1 / 6, 0, 1 / 6)


def test_mix_of_nothing_has_no_shares() -> None:
    assert mix([], unplaced=7).shares is None


@given(groups, st.integers(0, 100))
def test_mix_shares_add_to_one_and_everybody_is_counted_once(given_groups: list[Weighed], unplaced: int) -> None:
    found = mix(given_groups, unplaced=unplaced)

    assert found.total == sum(group.count for group in given_groups) + unplaced
    if found.shares is not None:
        assert math.isclose(sum(found.shares.values()), 1, rel_tol=1e-9)
        assert all(0 <= share <= 1 + 1e-12 for share in found.shares.values())


@given(groups)
def test_mix_does_not_depend_on_how_groups_are_cut(given_groups: list[Weighed]) -> None:
    halves = [
        Weighed(group.facets, group.count, group.known, group.weight / 2) for group in given_groups for _ in range(2)
    ]

    whole, cut = mix(given_groups, unplaced=0).shares, mix(halves, unplaced=0).shares

    assert (whole is None) == (cut is None)
    assert whole is None or cut is None or all(math.isclose(whole[each], cut[each], abs_tol=1e-9) for each in Facet)


@pytest.mark.parametrize(
    ("given_shares", "expected"),
    [((0.25, 0.25, 0.25, 0.25), 1.0), ((1, 0, 0, 0), 0.0), ((0.5, 0.25, 0.25, 0), 0.75)],
)
def test_evenness_of_the_guide(given_shares: tuple[float, ...], expected: float) -> None:
    assert math.isclose(evenness(shares(*given_shares)), expected, abs_tol=1e-9)


@given(mixtures)
def test_evenness_lies_between_none_and_all(given_shares: dict[Facet, float]) -> None:
    assert 0 <= evenness(given_shares) <= 1


@given(mixtures, st.permutations(list(Facet)))
def test_evenness_does_not_care_which_facet(given_shares: dict[Facet, float], order: list[Facet]) -> None:
    turned = {facet: given_shares[other] for facet, other in zip(Facet, order, strict=True)}

    assert math.isclose(evenness(turned), evenness(given_shares), abs_tol=1e-9)


def test_distance_of_the_guide() -> None:
    assert math.isclose(distance(shares(0.5, 0.25, 0.25, 0), shares(0.4, 0.2, 0.2, 0.2)), 0.2)


@given(mixtures, mixtures, mixtures)
def test_distance_is_one(first: dict[Facet, float], second: dict[Facet, float], third: dict[Facet, float]) -> None:
    assert distance(first, first) == 0
    assert distance(first, second) == distance(second, first)
    assert 0 <= distance(first, second) <= 1 + 1e-12
    assert distance(first, third) <= distance(first, second) + distance(second, third) + 1e-12
