from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.pictures.sdgs import sdg_strip


def test_strip_without_counts_misses_every_goal():
    strip = sdg_strip(main={})

    assert (len(strip.goals), len(strip.missing), strip.named, strip.first) == (17, 17, (), None)


def test_lengths_follow_the_goal_named_most_often():
    goals = sdg_strip(main={12: 6, 13: 2}, other={12: 2}).goals

    assert [(goal.main_length, goal.other_length, goal.length, goal.count) for goal in goals[11:13]] == [
        (75.0, 25.0, 100.0, 8),
        (25.0, 0.0, 25.0, 2),
    ]


def test_goal_named_once_among_thousands_can_be_seen():
    assert sdg_strip(main={1: 1, 2: 5000}).goals[0].main_length == 1.5


def test_first_carries_label_and_address():
    first = sdg_strip(main={3: 1}, labels={3: "Good health"}, href=lambda number: f"/sdg/{number}/").first

    assert first is not None
    assert (first.number, first.label, first.href) == (3, "Good health", "/sdg/3/")


counts = st.dictionaries(st.integers(1, 17), st.integers(0, 10**6))


@given(counts, counts)
def test_no_column_is_taller_than_the_drawing(main, other):
    assert all(0 <= goal.length <= 101.5 for goal in sdg_strip(main=main, other=other).goals)
