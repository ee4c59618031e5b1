from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polyfolio.search.asked import parse
from polyfolio.search.excerpts import LETTERS_SHOWN, excerpt, marked, marks

FILLER = "Nothing of interest stands in this sentence at all. "


def piece(text: str, words: str, language: str = "en") -> str:
    """The excerpt as one text, hits in brackets."""
    segments = excerpt({language: text}, marks(parse(words), {}), (language,))
    return "".join(f"[{part}]" if is_hit else part for part, is_hit in segments)


def test_excerpt_of_a_short_text_is_the_whole_of_it() -> None:
    assert piece("Farmers save water.", "farmer waters") == "[Farmers] save [water]."


def test_excerpt_begins_before_the_place_with_most_words() -> None:
    text = FILLER * 10 + "Water here. " + FILLER * 10 + "Water for farmers there. " + FILLER * 10

    shown = piece(text, "farmer water")

    assert "[Water] for [farmers] there." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= LETTERS_SHOWN + 20


def test_excerpt_without_any_word_is_the_beginning() -> None:
    assert piece(FILLER * 10, "zebra") == FILLER * 4 + "Nothing of interest stands in…"


def test_excerpt_of_one_endless_word() -> None:
    assert piece("x" * 1000, "zebra") == "x" * 240 + "…"
    assert piece(" " + "x" * 500 + " water " + "x" * 500, "water").startswith("…x")


def test_excerpt_marks_accents_beginnings_and_unspaced_letters() -> None:
    assert piece("Qualité de l'Éducation", "qualite éduca", "fr") == "[Qualité] de l'[Éducation]"
    assert piece("可持续发展", "发展", "zh") == "可持续[发][展]"


def test_excerpt_takes_the_language_in_which_words_stand() -> None:
    texts = {"fr": "De l'eau.", "en": "Water.", "de": ""}

    assert excerpt(texts, marks(parse("water"), {}), ("fr",)) == (("Water", True), (".", False))
    assert excerpt(texts, marks(parse(""), {}), ("fr",)) == (("De l'eau.", False),)
    assert excerpt({}, marks(parse("water"), {}), ()) == ()


def test_marks_take_the_words_for_mistyped_ones() -> None:
    assert marked("Water", "en", marks(parse("watre"), {"watre": ("water",)})) == (("Water", True),)


def test_marks_read_a_few_hundred_hits() -> None:
    assert sum(is_hit for _, is_hit in marked("water " * 1000, "en", marks(parse("water"), {}))) == 300


@given(st.text(), st.text(max_size=12))
def test_marked_pieces_are_the_text(text: str, words: str) -> None:
    assert "".join(part for part, _ in marked(text, "en", marks(parse(words), {}))) == text
