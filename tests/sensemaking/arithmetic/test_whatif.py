"""What-if arithmetic: today stays today, and independent moves stand in any order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.arithmetic.mixes import Weight
from polyfolio.sensemaking.arithmetic.whatif import (
    Item,
    Items,
    Outcome,
    Step,
    held_in,
    mix_of,
    money_of,
    play,
    zones_of,
)
from polyfolio.sensemaking.choices import Facet, MoveKind

FACETS = st.sampled_from([None, (), *((facet,) for facet in Facet), (Facet.MISSION, Facet.ANTICIPATORY)])
AMOUNTS = st.decimals(0, 10**9, places=2)
CURRENCIES = st.sampled_from(["EUR", "SEK", "VND"])
ITEM = st.builds(
    Item,
    facets=FACETS,
    zone=st.sampled_from(["", "yellow", "green", "blue"]),
    priority=st.sampled_from(["", "high", "medium", "low"]),
    money=st.dictionaries(CURRENCIES, AMOUNTS, max_size=2),
    keys=st.frozensets(st.sampled_from([("theme", "looms"), ("country", "KE")])),
)
ITEMS = st.dictionaries(st.integers(1, 9), ITEM, max_size=9)
ALONE = [kind for kind in MoveKind if kind != MoveKind.MERGE]


def step(key: int, kind: MoveKind) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        kind=st.just(kind),
        key=st.just(key),
        facets=FACETS,
        zone=st.sampled_from(["", "blue"]),
        amount=st.none() | AMOUNTS,
        currency=CURRENCIES,
    )


@st.composite
def independent(draw: st.DrawFn) -> list[Step]:
    """One move for each of some initiatives, that touches no other."""
    keys = draw(st.lists(st.integers(1, 12), unique=True, max_size=8))
    return [draw(step(key, draw(st.sampled_from(ALONE)))) for key in keys]


def figures(found: Outcome) -> tuple[object, ...]:
    items = found.items
    return (
        mix_of(items),
        mix_of(items, Weight.PRIORITY),
        mix_of(items, Weight.BUDGET, "EUR"),
        money_of(items),
        zones_of(items),
        held_in(items, ("theme", "facet"), [("looms", "mis")]),
        held_in(items, ("zone", "country"), [("blue", "KE")]),
        found.handed_over,
    )


@given(ITEMS)
def test_no_moves_is_today(items: Items) -> None:
    assert play(items, []) == Outcome(items, frozenset(), frozenset())


@given(ITEMS, independent(), st.randoms())
def test_independent_moves_stand_in_any_order(items: Items, steps: list[Step], chance: object) -> None:
    shuffled = list(steps)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert figures(play(items, shuffled)) == figures(play(items, steps))
    assert play(items, shuffled).items == play(items, steps).items


@given(ITEMS, st.integers(1, 9), st.sampled_from([MoveKind.STOP, MoveKind.HAND_OVER]))
def test_what_is_stopped_and_started_again_is_today(items: Items, key: int, ending: MoveKind) -> None:
    if key not in items:
        return

    found = play(items, [Step(ending, key), Step(MoveKind.START, key)])

    assert (found.items, found.handed_over, found.idle) == (items, frozenset(), frozenset())


@given(
    ITEMS, st.lists(st.integers(0, 20).flatmap(lambda key: st.sampled_from(MoveKind).flatmap(lambda k: step(key, k))))
)
def test_today_is_never_touched(items: Items, steps: list[Step]) -> None:
    kept = {key: (item, dict(item.money)) for key, item in items.items()}

    play(items, steps)

    assert {key: (item, dict(item.money)) for key, item in items.items()} == kept


@given(ITEMS, st.integers(1, 9), st.integers(1, 9))
def test_merging_keeps_all_the_money(items: Items, first: int, second: int) -> None:
    if first == second or first not in items or second not in items:
        return

    found = play(items, [Step(MoveKind.MERGE, first, into=second)])

    assert (money_of(found.items), len(found.items)) == (money_of(items), len(items) - 1)


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        (Step(MoveKind.BOOST, 1, amount=Decimal(5), currency="EUR"), Item((), "green", "high", {"EUR": Decimal(15)})),
        (Step(MoveKind.BOOST, 1), Item((), "green", "high", {"EUR": Decimal(10)})),
        (
            Step(MoveKind.RE_PLACE, 1, facets=(Facet.MISSION,)),
            Item((Facet.MISSION,), "green", "", {"EUR": Decimal(10)}),
        ),
        (Step(MoveKind.CHANGE_ZONE, 1, zone="blue"), Item((), "blue", "", {"EUR": Decimal(10)})),
        (
            Step(MoveKind.CHANGE_MONEY, 1, amount=Decimal(0), currency="EUR"),
            Item((), "green", "", {"EUR": Decimal(0)}),
        ),
    ],
)
def test_each_kind_changes_what_it_says(move: Step, expected: Item) -> None:
    today = {1: Item((), "green", "", {"EUR": Decimal(10)})}

    assert play(today, [move]).items == {1: expected}


@pytest.mark.parametrize(
    "move",
    [
        Step(MoveKind.STOP, 2),
        Step(MoveKind.START, 1),
        Step(MoveKind.MERGE, 1, into=1),
        Step(MoveKind.CHANGE_ZONE, 1, zone="green"),
    ],
)
def test_a_move_that_changes_nothing_is_idle(move: Step) -> None:
    today = {1: Item((), "green")}

    assert play(today, [move]) == Outcome(today, frozenset(), frozenset({0}))


def test_something_new_stands_where_its_move_says() -> None:
    new = Step(MoveKind.START, -7, facets=(Facet.ADAPTIVE,), zone="blue", keys=frozenset({("theme", "looms")}))

    found = play({}, [new]).items

    assert held_in(found, ("theme", "zone"), [("looms", "blue"), ("looms", "green")]) == {
        ("looms", "blue"): 1,
        ("looms", "green"): 0,
    }
