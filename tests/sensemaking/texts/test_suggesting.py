"""What a text suggests an initiative is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.texts.facet_words import WORDS
from polyfolio.sensemaking.texts.suggesting import ENOUGH, TIMES, folded, hits, suggest


@pytest.mark.parametrize(
    ("language", "text", "facet"),
    [
        ("en", "Residents and volunteers co-design it from feedback.", "ada"),
        ("en", "A roadmap and a pledge: climate-neutral by 2030.", "mis"),
        ("en", "Streamlines paperwork and makes it cheaper.", "enh"),
        ("en", "We explore an uncertain future with experiments.", "ant"),
        ("fr", "Les bénévoles et les HABITANTS, face à la crise.", "ada"),
        ("fr", "Prospective : des scénarios pour un avenir incertain.", "ant"),
        ("es", "Digitaliza trámites: más rápido y eficiente.", "enh"),
        ("es", "Una misión, una hoja de ruta y un compromiso para 2030.", "mis"),
    ],
)
def test_clear_words_suggest_their_facet(language: str, text: str, facet: str) -> None:
    found = suggest({language: text})

    assert found is not None
    assert (found.facet, found.language) == (facet, language)
    assert found.score >= ENOUGH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We explore.",
        "explore explore explore explore",
        "explore the future with experiments, for residents and volunteers",
    ],
)
def test_too_little_or_too_mixed_suggests_nothing(text: str) -> None:
    assert suggest({"en": text}) is None


def test_the_words_that_led_to_it_are_told_as_they_stand() -> None:
    found = suggest({"en": "Exploring futures. We explore, by Experiments."})

    assert found is not None
    assert found.words == ["Exploring", "futures", "Experiments"]
    assert found.excerpts()[0] == ("", "Exploring", " futures. We explore, by Experiments.")


def test_unknown_languages_say_nothing_and_the_clearest_language_counts() -> None:
    found = suggest(
        {
            "sw": "explore futures experiments",
            "en": "explore futures by experiments",
            "fr": "explorer l'avenir incertain, prototypes et scénarios",
        }
    )

    assert found is not None
    assert (found.language, found.score) == ("fr", 5)


def test_a_word_speaks_for_one_facet_alone() -> None:
    for facets in WORDS.values():
        words = [word for each in facets.values() for word in each]
        assert len(words) == len(set(words))
        assert all(word == folded(word) and word.strip("_") == word for word in words)


@given(st.text(max_size=200))
def test_folding_keeps_places_and_a_suggestion_stands_out(text: str) -> None:
    assert len(folded(text)) == len(text)
    found = suggest({"en": text})
    if found is not None:
        scores = {facet: len({hit.stem for hit in each}) for facet, each in hits(text, "en").items()}
        others = max(scores[facet] for facet in Facet if facet != found.facet)
        assert found.score >= max(ENOUGH, TIMES * others)
