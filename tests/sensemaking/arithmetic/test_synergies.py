"""Which initiatives could be connected: pairs in a narrow cell without a common partner, link or decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from polyfolio.sensemaking.arithmetic.synergies import CROWD, Candidate, candidates, pair_of

HOUSES, SCHOOLS = ("houses", "green"), ("schools", "green")


def test_pairs_without_a_common_partner() -> None:
    partners = {1: {10}, 2: {11}, 3: {10, 12}, 4: set()}

    found = candidates({HOUSES: [1, 2, 3, 4]}, partners, set())

    assert found == [Candidate((1, 2), (HOUSES,)), Candidate((2, 3), (HOUSES,))]


def test_pairs_that_meet_most_come_first_and_known_ones_not_at_all() -> None:
    partners = {1: {10}, 2: {11}, 3: {12}}
    members = {HOUSES: [1, 2, 3], SCHOOLS: [2, 3]}

    assert candidates(members, partners, {(1, 2)}) == [
        Candidate((2, 3), (SCHOOLS, HOUSES)),
        Candidate((1, 3), (HOUSES,)),
    ]


def test_crowded_cell_says_nothing() -> None:
    crowd = list(range(CROWD + 1))

    assert candidates({HOUSES: crowd}, {each: {each} for each in crowd}, set()) == []


IDS = some.integers(1, 6)


@given(
    members=some.dictionaries(some.sampled_from([HOUSES, SCHOOLS]), some.sets(IDS)),
    partners=some.dictionaries(IDS, some.sets(some.integers(1, 4))),
    known=some.sets(some.tuples(IDS, IDS)),
)
def test_every_candidate_keeps_the_promise(
    members: dict[tuple[str, str], set[int]], partners: dict[int, set[int]], known: set[tuple[int, int]]
) -> None:
    pairs = {pair_of(*each) for each in known}

    found = candidates(members, partners, pairs)

    assert len({each.pair for each in found}) == len(found)
    for each in found:
        one, other = each.pair
        assert one < other
        assert each.pair not in pairs
        assert not partners[one] & partners[other]
        assert all({one, other} <= members[cell] for cell in each.cells)
