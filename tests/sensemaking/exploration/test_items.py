"""What is asked: the shape of the questionnaire, and its texts in every language."""

from __future__ import annotations

import pytest

from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.items import (
    ItemKind,
    all_items,
    capability_items,
    facet_items,
    item,
    wordings,
)
from polyfolio.sensemaking.exploration.readings import key_of, readings


def test_sixteen_items_about_facets_and_eight_about_capability() -> None:
    assert (len(facet_items()), len(capability_items())) == (16, 8)
    assert len({each.key for each in all_items()}) == 24


@pytest.mark.parametrize("asked", facet_items(), ids=lambda asked: asked.key)
def test_every_facet_item_can_give_each_facet_four_points(asked) -> None:
    most = {facet: sum(each.most for each in asked.of(facet)) for facet in Facet}

    assert most == dict.fromkeys(Facet, 4)


def test_kinds_stand_as_described() -> None:
    """L, R, L, L, R, l, L, R, L, T4, L, R, T2, T2, T1, l: by kind and by how much one statement is worth."""
    made = [(each.kind, each.statements[0].most) for each in facet_items()]
    agree, half = (ItemKind.AGREEMENT, 4), (ItemKind.AGREEMENT, 2)
    rank, tick = (ItemKind.RANKING, 4), ItemKind.TICKS

    assert made == [
        *(agree, rank, agree, agree, rank, half, agree, rank),
        *(agree, (tick, 4), agree, rank, (tick, 2), (tick, 2), (tick, 1), half),
    ]


def test_no_facet_is_always_asked_first() -> None:
    first = [each.statements[0].facet for each in facet_items()]

    assert {facet: first.count(facet) for facet in Facet} == dict.fromkeys(Facet, 4)


def test_an_unknown_item_is_none() -> None:
    assert item("nothing") is None


def test_every_language_has_every_text() -> None:
    english = {key: set(words) for key, words in wordings()["en"].items()}

    assert set(english) == {each.key for each in all_items()}
    for language, items in wordings().items():
        assert {key: set(words) for key, words in items.items()} == english, language
        assert all(text.strip() for words in items.values() for text in words.values()), language


def test_texts_hold_nothing_but_what_is_used() -> None:
    for asked in all_items():
        named = {"title", "question", "help"} | {each.key for each in asked.statements}
        assert set(wordings()["en"][asked.key]) == named


def test_sixteen_readings_of_sixty_to_one_hundred_and_twenty_words() -> None:
    sets = [{facet for place, facet in enumerate(Facet) if number >> place & 1} for number in range(16)]
    lengths = {key_of(each): len(readings()[key_of(each)]["en"].split()) for each in sets}

    assert len(lengths) == len(readings()) == 16
    assert all(60 <= length <= 120 for length in lengths.values()), lengths


def test_items_are_asked_in_three_languages_and_readings_at_least_in_english() -> None:
    assert set(wordings()) == {"en", "fr", "es"}
    assert all({"en"} <= set(texts) <= set(wordings()) for texts in readings().values())
