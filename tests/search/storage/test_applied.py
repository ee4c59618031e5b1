from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polyfolio.search.storage.applied import Applied

ids = st.sets(st.integers(1, 60))


def members(applied: Applied) -> set[int]:
    return set(range(1, applied.low + 1)).union(*(range(first, last + 1) for first, last in applied.ranges))


@given(st.integers(0, 20), st.lists(ids, max_size=6))
def test_add_holds_exactly_what_was_added(low: int, batches: list[set[int]]) -> None:
    applied = Applied(low)

    for batch in batches:
        applied.add(batch)

    expected = set(range(1, low + 1)).union(*batches)
    assert members(applied) == expected
    assert applied.top == max(expected, default=low)
    missing = set().union(*(range(first, last + 1) for first, last in applied.gaps()))
    assert missing == set(range(1, applied.top + 1)) - expected
    assert all(second[0] > first[1] + 1 for first, second in zip(applied.ranges, applied.ranges[1:], strict=False))


@given(st.integers(0, 20), ids, st.integers(0, 70))
def test_forget_counts_everything_before_as_applied(low: int, added: set[int], before: int) -> None:
    applied = Applied(low)
    applied.add(added)

    applied.forget(before)

    assert members(applied) == set(range(1, max(low, before - 1) + 1)) | added | set(range(1, low + 1))


def test_gaps_are_given_up_when_there_are_too_many() -> None:
    applied = Applied(0)

    applied.add(range(2, 2000, 2))

    assert len(applied.ranges) <= Applied.MOST_GAPS
    assert applied.top == 1998


def test_applied_survives_being_written_down() -> None:
    applied = Applied(3)
    applied.add([5, 6, 9])

    again = Applied(applied.low, [list(one) for one in applied.ranges])

    assert (again.low, again.ranges, again.gaps()) == (3, [(5, 6), (9, 9)], [(4, 4), (7, 8)])
