from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.arithmetic.matrices import Coverage, Hole, Want, holes

keys = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))


def test_holes_of_the_guide() -> None:
    wanted = {("textiles", "blue"): Want(1, "None yet."), ("textiles", "yellow"): Want(2, "One is too few.")}

    found = holes({("textiles", "yellow"): 1, ("tourism", "yellow"): 4}, wanted)

    assert found == [
        Hole("textiles", "blue", 0, 1, "None yet."),
        Hole("textiles", "yellow", 1, 2, "One is too few."),
    ]
    assert [hole.missing for hole in found] == [1, 1]


@given(st.dictionaries(keys, st.integers(0, 5)), st.dictionaries(keys, st.integers(1, 5)))
def test_a_hole_is_wanted_and_below_its_threshold(
    counts: dict[tuple[str, str], int], thresholds: dict[tuple[str, str], int]
) -> None:
    found = holes(counts, {cell: Want(threshold, "") for cell, threshold in thresholds.items()})

    assert {(hole.row, hole.column) for hole in found} == {
        cell for cell, threshold in thresholds.items() if counts.get(cell, 0) < threshold
    }
    assert all(hole.missing > 0 for hole in found)


@pytest.mark.parametrize(
    ("known", "total", "percent", "share"),
    [
        (0, 0, None, None),
        (0, 8, 0, 0.0),
        (8, 8, 100, 1.0),
        (3, 8, 38, 0.375),
        (1, 1000, 1, 0.001),
        (999, 1000, 99, 0.999),
    ],
)
def test_coverage_is_never_rounded_to_all_or_nothing(
    known: int, total: int, percent: int | None, share: float | None
) -> None:
    found = Coverage(known, total, date(2026, 1, 1))

    assert (found.percent, found.share) == (percent, share)
