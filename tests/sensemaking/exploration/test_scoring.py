"""Scores of one person, by hand and by property."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.refusals import RefusedError
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration import scoring
from polyfolio.sensemaking.exploration.answers import LONGEST_NOTE, read_answer, read_answers, read_note, read_ticks
from polyfolio.sensemaking.exploration.items import Item, ItemKind, all_items, facet_items, item
from polyfolio.sensemaking.exploration.readings import key_of
from tests.sensemaking.exploration.answering import able, favouring

MIS, ENH, ADA, ANT = Facet


def known(key: str) -> Item:
    found = item(key)
    assert found is not None
    return found


def scores(answers: Any) -> dict[str, Fraction | None]:
    return {facet.value: score for facet, score in scoring.result(answers).facets.items()}


@pytest.mark.parametrize("facet", Facet)
def test_each_facet_in_turn_reaches_all_and_no_other_does(facet: Facet) -> None:
    """12 items give everybody 4; in the 4 rankings the favourite gets 4, the others 2, 1 and 0."""
    found = scoring.result(favouring(facet)).facets
    second, third, fourth = (each for each in Facet if each is not facet)

    assert found == {
        facet: Fraction(100),
        second: Fraction("87.5"),
        third: Fraction("81.25"),
        fourth: Fraction(75),
    }
    assert scoring.facet_points(favouring(facet), second) == (56, 64)


@pytest.mark.parametrize("facet", Facet)
def test_one_facet_alone(facet: Facet) -> None:
    """Without what rankings give to the second and third place, the others have nothing."""
    found = scoring.result(favouring(facet, others=False))
    second, third, fourth = (each for each in Facet if each is not facet)

    assert found.facets == {facet: Fraction(100), second: Fraction("12.5"), third: Fraction("6.25"), fourth: 0}
    assert found.tendency == {facet}


HAND_COMPUTED: dict[str, tuple[dict[str, dict[str, int]], dict[str, Any]]] = {
    "nothing": ({}, {"mis": None, "enh": None, "ada": None, "ant": None}),
    "an agreement": (
        {"focus": {"mis": 4, "enh": 3, "ada": 2, "ant": 0}},
        {"mis": 100, "enh": 75, "ada": 50, "ant": 0},
    ),
    "an agreement half answered": (
        {"focus": {"mis": 1, "ant": 0}},
        {"mis": 25, "enh": None, "ada": None, "ant": 0},
    ),
    "a ranking": (
        {"leaders": {"ant": 1, "mis": 2, "ada": 3, "enh": 4}},
        {"mis": 50, "enh": 0, "ada": 25, "ant": 100},
    ),
    "two statements of two": (
        {"risks": {"mis_1": 2, "mis_2": 1, "enh_1": 1, "ada_2": 0}},
        {"mis": 75, "enh": 50, "ada": 0, "ant": None},
    ),
    "ticks worth four": ({"funded": {"enh": 1}}, {"mis": 0, "enh": 100, "ada": 0, "ant": 0}),
    "ticks worth two": ({"data": {"mis_1": 1, "ant_1": 1, "ant_2": 1}}, {"mis": 50, "enh": 0, "ada": 0, "ant": 100}),
    "ticks worth one": (
        {"methods": {"mis_1": 1, "enh_1": 1, "enh_2": 1, "enh_3": 1}},
        {"mis": 25, "enh": 75, "ada": 0, "ant": 0},
    ),
    "none of these": ({"methods": {}}, {"mis": 0, "enh": 0, "ada": 0, "ant": 0}),
    "none of these beside an agreement": (
        {"methods": {}, "focus": {"mis": 4, "enh": 2, "ada": 1, "ant": 0}},
        {"mis": 50, "enh": 25, "ada": "12.5", "ant": 0},
    ),
    "thirds stay thirds": (
        {"focus": {"mis": 4}, "projects": {"mis": 0}, "strategy": {"mis": 0}},
        {"mis": Fraction(100, 3), "enh": None, "ada": None, "ant": None},
    ),
    "an item there is not": ({"weather": {"mis": 4}}, {"mis": None, "enh": None, "ada": None, "ant": None}),
}


@pytest.mark.parametrize(("answers", "expected"), HAND_COMPUTED.values(), ids=list(HAND_COMPUTED))
def test_by_hand(answers: dict[str, dict[str, int]], expected: dict[str, Any]) -> None:
    exact = {key: None if value is None else Fraction(value) for key, value in expected.items()}

    assert scores(answers) == exact


def test_fifty_is_in_the_tendency_and_a_hair_less_is_not() -> None:
    assert scoring.tendency({MIS: Fraction(50), ENH: Fraction(4999, 100), ADA: None, ANT: Fraction(0)}) == {MIS}
    assert key_of({ANT, MIS}) == "mis ant"
    assert key_of(()) == "none"


def test_capability_is_the_mean_of_what_is_known() -> None:
    """`need` 6 of 8, `overview` 1 of 4, `people` 2 of the 4 that one statement gives."""
    answers = {"need": {"s1": 4, "s2": 2}, "overview": {"s1": 1}, "people": {"s3": 2}}
    found = scoring.result(answers)

    known_scores = {key: score for key, score in found.abilities.items() if score is not None}
    assert known_scores == {"need": Fraction(75), "overview": Fraction(25), "people": Fraction(50)}
    assert found.capability == Fraction(50)
    assert scoring.result(able(3)).capability == Fraction(75)
    assert scoring.result({}).capability is None


def test_what_is_unanswered() -> None:
    answers = favouring(MIS) | able(2)
    assert scoring.unanswered(answers) == []

    del answers["funded"], answers["leaders"]
    answers["focus"] = {"mis": 4}
    answers["methods"] = {}
    assert [each.key for each in scoring.unanswered(answers)] == ["focus", "leaders", "funded"]


def test_scores_are_kept_exactly() -> None:
    found = scoring.result({"focus": {"mis": 4}, "projects": {"mis": 0}, "strategy": {"mis": 0}, "overview": {"s1": 3}})

    assert scoring.from_json(scoring.to_json(found)) == found


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("leaders", {"mis": 1, "enh": 1, "ada": 3, "ant": 4}, "same place"),
    ("leaders", {"mis": 1, "enh": 2}, "all four"),
    ("leaders", {"mis": 1, "enh": 2, "ada": 3, "ant": 5}, "first to fourth"),
    ("leaders", {"mis": 0, "enh": 1, "ada": 2, "ant": 3}, "first to fourth"),
    ("focus", {"mis": 5}, "between 0 and 4"),
    ("focus", {"mis": -1}, "between 0 and 4"),
    ("risks", {"mis_1": 3}, "between 0 and 2"),
    ("overview", {"s1": 9}, "between 0 and 4"),
    ("focus", {"weather": 1}, "no statement"),
    ("focus", {"mis": "much"}, "not a number"),
    ("focus", {"mis": "<script>alert(1)</script>"}, "not a number"),
    ("focus", {"mis": 1.5}, "not a number"),
    ("methods", {"mis_1": 7}, "ticked or not"),
]


@pytest.mark.parametrize(("key", "values", "words"), REFUSED)
def test_refused(key: str, values: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        read_answer(known(key), values)


def test_left_open_is_no_answer() -> None:
    assert read_answer(known("leaders"), {"mis": "", "enh": None}) is None
    assert read_answer(known("focus"), {}) is None
    assert read_ticks(known("methods"), [], is_none=False) is None
    assert read_ticks(known("methods"), [], is_none=True) == {}
    assert read_ticks(known("methods"), ["mis_1"], is_none=False) == {"mis_1": 1}
    with pytest.raises(RefusedError, match="none of these"):
        read_ticks(known("methods"), ["mis_1"], is_none=True)


def test_answers_to_several_items() -> None:
    assert read_answers({"focus": {"mis": "3"}, "leaders": {}}) == {"focus": {"mis": 3}}
    for wrong in ({"weather": {}}, {"focus": [1]}):
        with pytest.raises(RefusedError, match="no question"):
            read_answers(wrong)


def test_notes() -> None:
    assert read_note(" one\r\ntwo\x00 ") == "one\ntwo"
    assert len(read_note("x" * LONGEST_NOTE)) == 10_000
    with pytest.raises(RefusedError, match="10001 letters"):
        read_note("x" * 10_001)


# Properties -------------------------------------------------------------------------------------


@st.composite
def answer_to(draw: Any, asked: Item) -> dict[str, int] | None:
    if asked.kind is ItemKind.RANKING:
        order = draw(st.none() | st.permutations(range(1, 5)))
        return None if order is None else {each.key: place for each, place in zip(asked.statements, order, strict=True)}
    if asked.kind is ItemKind.TICKS:
        ticked = draw(st.none() | st.sets(st.sampled_from([each.key for each in asked.statements])))
        return None if ticked is None else dict.fromkeys(sorted(ticked), 1)
    given_points = {each.key: draw(st.none() | st.integers(0, each.most)) for each in asked.statements}
    return {key: points for key, points in given_points.items() if points is not None} or None


@st.composite
def questionnaires(draw: Any) -> dict[str, dict[str, int]]:
    found = {asked.key: draw(answer_to(asked)) for asked in all_items()}
    return {key: answer for key, answer in found.items() if answer is not None}


@given(questionnaires())
def test_scores_lie_between_0_and_100(answers: dict[str, dict[str, int]]) -> None:
    found = scoring.result(answers)

    assert all(score is None or 0 <= score <= 100 for score in (*found.facets.values(), *found.abilities.values()))
    assert found.capability is None or 0 <= found.capability <= 100
    assert read_answers(answers) == answers
    assert scoring.from_json(scoring.to_json(found)) == found


@given(
    questionnaires(), st.sampled_from([each for each in facet_items() if each.kind is ItemKind.AGREEMENT]), st.data()
)
def test_an_answer_for_one_facet_changes_no_other_facets_maximum(answers: Any, asked: Item, data: Any) -> None:
    statement = data.draw(st.sampled_from(asked.statements))
    points = data.draw(st.integers(0, statement.most))
    after = answers | {asked.key: answers.get(asked.key, {}) | {statement.key: points}}

    for facet in Facet:
        if facet is not statement.facet:
            assert scoring.facet_points(after, facet) == scoring.facet_points(answers, facet)


@given(st.lists(questionnaires(), min_size=5, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(asked: list[Any], chance: Any) -> None:
    results = [scoring.result(each) for each in asked]
    mixed = list(results)
    chance.shuffle(mixed)

    assert scoring.group(mixed) == scoring.group(results)


@given(questionnaires())
def test_never_all_four_at_a_hundred_once_a_ranking_is_answered(answers: Any) -> None:
    ranked = any(asked.key in answers for asked in facet_items() if asked.kind is ItemKind.RANKING)
    full = sum(1 for score in scoring.result(answers).facets.values() if score == 100)

    assert not ranked or full < 4
