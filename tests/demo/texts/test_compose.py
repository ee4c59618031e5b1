"""Composed initiatives: thousands of them, no two alike, none with a slip of grammar."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

import pytest

from polyfolio.demo import files
from polyfolio.demo.texts import base, compose
from polyfolio.portfolios.choices import InitiativeKind
from polyfolio.sensemaking.choices import Facet
from tests.demo.texts.helping import repeated, unknown_codes, words

TEXTS = compose.compose_many(5400)
FLOORS = {"titles": 25, "openings": 40, "middles": 40, "findings": 40, "materials": 60, "groups": 60, "methods": 60}
FLAWS = re.compile(r"[{}|]|  |\.\.| [,.;]|\b(\w+) \1\b|\ba [aeio]|\ban [^aeiouh]", re.IGNORECASE)
NEIGHBOURHOOD = 40


def sentences(text: Mapping[str, Any]) -> str:
    return "\n".join(str(text[name]) for name in ("title", "summary", "objective", "daily_life"))


def five_grams(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"[\w'-]+", text.lower())
    return {tuple(found[start : start + 5]) for start in range(len(found) - 4)}


def overlap(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """The share of the shorter text's five-word phrases that the other has too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def test_three_years_of_texts_are_distinct() -> None:
    found = [
        repeated(text["code"] for text in TEXTS),
        repeated(text["title"] for text in TEXTS),
        repeated(text["summary"] for text in TEXTS),
    ]

    assert found == [[], [], []]


def test_texts_have_no_open_slot_no_doubled_word_and_no_wrong_article() -> None:
    wrong = [text["title"] for text in TEXTS if FLAWS.search(sentences(text))]

    assert wrong == []


def test_texts_have_sane_lengths() -> None:
    wrong = [
        text["code"]
        for text in TEXTS
        if not (55 <= words(text["summary"]) <= 110 and 15 <= len(text["title"]) <= 100)
        or not (4 <= words(text["objective"]) <= 30 and 4 <= words(text["daily_life"]) <= 30)
    ]

    assert wrong == []


def test_texts_speak_the_fields_codes() -> None:
    assert unknown_codes(TEXTS) == []


def test_programmes_have_equal_shares() -> None:
    shares = {name: len([text for text in TEXTS if text["programme"] == name]) for name in base.PROGRAMMES}

    assert shares == dict.fromkeys(base.PROGRAMMES, 900)


def test_neighbours_in_the_series_share_hardly_a_phrase() -> None:
    phrases = [five_grams(text["summary"]) for text in TEXTS]

    closest = max(overlap(one, other) for one, other in itertools.pairwise(phrases))

    assert closest <= 0.1


@pytest.mark.parametrize("programme", base.PROGRAMMES)
def test_texts_near_each_other_in_a_programme_share_few_phrases(programme: str) -> None:
    phrases = [five_grams(text["summary"]) for text in TEXTS if text["programme"] == programme]

    closest = max(
        overlap(one, other)
        for number, one in enumerate(phrases)
        for other in phrases[number + 1 : number + 1 + NEIGHBOURHOOD]
    )

    assert closest <= 0.6


def test_composing_twice_gives_the_same() -> None:
    once = compose.compose("buildings", 41, seed=3)

    assert once == compose.compose("buildings", 41, seed=3)


def test_another_seed_gives_other_texts() -> None:
    other = {text["summary"] for text in compose.compose_many(60, seed=2)}

    assert other.isdisjoint(text["summary"] for text in TEXTS)


def test_composing_goes_on_from_where_it_stopped() -> None:
    more = compose.compose_many(6, first=7)

    assert more == [compose.compose(name, 7) for name in base.PROGRAMMES]


@pytest.mark.parametrize("programme", base.PROGRAMMES)
def test_grammar_holds_as_many_parts_as_promised(programme: str) -> None:
    grammar = files.document(f"grammar/{programme}")

    short = [name for name, floor in FLOORS.items() if len({str(part) for part in grammar[name]}) < floor]

    assert short == []


@pytest.mark.parametrize("programme", base.PROGRAMMES)
def test_grammar_points_only_to_what_it_has(programme: str) -> None:
    grammar = files.document(f"grammar/{programme}")
    topics = {part.partition(": ")[0] for name in ("openings", "middles", "findings") for part in grammar[name]}

    wrong = [
        title["title"]
        for title in grammar["titles"]
        if title["objective"] >= len(grammar["objectives"])
        or title["daily_life"] >= len(grammar["daily_life"])
        or title["kind"] not in InitiativeKind.values
        or title["facet"] not in Facet.values
        or not topics.issuperset(title["topics"])
    ]

    assert wrong == []


def test_a_topic_without_sentences_says_what_to_do() -> None:
    with pytest.raises(LookupError, match="write one without a topic"):
        compose._fitting(["water: Rain fell."], ["heat"], 0)


def test_a_colon_inside_a_sentence_is_no_topic() -> None:
    found = compose._fitting(["Two lessons stand out: ask, then listen."], [], 5)

    assert found == "Two lessons stand out: ask, then listen."


def test_a_method_is_introduced_before_it_is_known() -> None:
    told = compose._introduce("Nobody came. The {method} failed, and then the {method} worked.")

    assert told == "Nobody came. A {method} failed, and then the {method} worked."


def test_a_method_in_mid_sentence_is_introduced_too() -> None:
    told = compose._introduce("Rain fixed the {method}.")

    assert told == "Rain fixed a {method}."
