"""What acts come to does not depend on how they arrive."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.workshops.acting import Around, Given, checked
from polyfolio.sensemaking.workshops.boards import fold, middle

TARGETS = ("1", "2", "note-1")
payloads = {
    "place": st.fixed_dictionaries({"x": st.floats(-1, 1), "y": st.floats(-1, 1)}),
    "move": st.fixed_dictionaries({"x": st.floats(-1, 1), "y": st.floats(-1, 1)}),
    "vote": st.fixed_dictionaries({"on": st.booleans()}),
    "note": st.fixed_dictionaries({"text": st.sampled_from(["a", "b"])}),
}
acts = st.lists(
    st.sampled_from(sorted(payloads)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.integers(1, 3), st.sampled_from(TARGETS), payloads[kind])
    ),
    max_size=30,
)


def numbered(rows: list[Any]) -> list[Any]:
    return [
        SimpleNamespace(sequence=number, seat_id=seat, step=0, kind=kind, target=target, payload=payload)
        for number, (kind, seat, target, payload) in enumerate(rows, start=1)
    ]


@given(acts, st.integers(0, 30))
def test_the_order_of_arrival_changes_nothing(rows: list[Any], cut: int) -> None:
    made = numbered(rows)

    assert fold([*reversed(made[cut:]), *made[:cut]]) == fold(made)


@given(acts)
def test_the_last_move_wins_and_nobody_votes_twice(rows: list[Any]) -> None:
    board = fold(numbered(rows))

    moves = [(target, payload) for kind, _seat, target, payload in rows if kind == "move"]
    assert board.moves == {(0, target): payload for target, payload in moves}
    assert all(board.dots(target) <= 3 for target in TARGETS)
    assert len(board.notes) == sum(1 for row in rows if row[0] == "note")


def test_the_middle_is_the_median_or_the_zone_that_most_chose() -> None:
    assert middle([]) is None
    assert middle([{"zone": "a"}, {"zone": "b"}, {"zone": "b"}]) == {"zone": "b"}
    assert middle([{"x": 0, "y": 0}, {"x": 1, "y": 0}, {"x": 0.5, "y": 0.5}]) == {"x": 0.5, "y": 0}


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_every_place_ends_upon_the_diamond(x: float, y: float) -> None:
    steps = [{"does": ["place"], "board": "diamond", "is_private": True}]
    around = Around(steps, 0, (), {"1"}, ())

    kept = checked(Given("c", "place", 0, "1", {"x": x, "y": y}), around)

    assert abs(kept["x"]) + abs(kept["y"]) <= 1.0001
