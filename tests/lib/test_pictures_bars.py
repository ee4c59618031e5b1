import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.pictures.bars import Part, status_bar


def test_segments_stand_side_by_side():
    bar = status_bar([Part("met", 3, "good", "/met/"), Part("none", 0), Part("late", 1, "bad")])

    assert [(s.label, s.x, s.width, s.percent, s.tone, s.href) for s in bar.segments] == [
        ("met", 0.0, 75.0, 75, "good", "/met/"),
        ("late", 75.0, 25.0, 25, "bad", ""),
    ]


def test_rest_of_the_whole_stays_empty():
    bar = status_bar([Part("in", 1)], total=4, target=0.75)

    assert (bar.total, bar.percent, bar.target_x) == (4, 25, 75.0)


def test_nothing_at_all():
    bar = status_bar([])

    assert (bar.total, bar.percent, bar.segments, bar.target_x) == (0, 0, (), None)


@pytest.mark.parametrize(("count", "total", "percent"), [(1, 1000, 1), (999, 1000, 99), (1000, 1000, 100), (0, 9, 0)])
def test_percent_is_all_or_nothing_only_when_it_is(count, total, percent):
    assert status_bar([Part("in", count)], total=total).percent == percent


@given(st.lists(st.integers(0, 10**6), max_size=8))
def test_segments_fill_the_bar_exactly(counts):
    bar = status_bar([Part(str(index), count) for index, count in enumerate(counts)])

    assert sum(segment.width for segment in bar.segments) == pytest.approx(100 if sum(counts) else 0, abs=1)
