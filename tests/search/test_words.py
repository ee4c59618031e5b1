from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.search.words import is_small, key_text, plain_letters, prepare, split, term, text_language


def test_split_takes_letters_and_digits() -> None:
    assert split("L'Eau: COVID-19, _under_score_ & Straße!") == [
        "l", "eau", "covid", "19", "under", "score", "straße",
    ]  # fmt: skip


def test_prepare_joins_accents_and_spaces_scripts_without_blanks() -> None:
    assert prepare("Que\u0301") == "Qu\u00e9"
    assert split("発展 plan") == ["発", "展", "plan"]
    assert prepare("Qualité") == "Qualité"


@pytest.mark.parametrize(
    ("language", "field"), [("en", "en"), ("en-GB", "en"), ("nb", "no"), ("pt_BR", "pt"), ("pl", "und"), ("", "und")]
)
def test_text_language(language: str, field: str) -> None:
    assert text_language(language) == field


def test_term_stems_and_folds() -> None:
    assert (term("éducations", "fr"), term("éducations"), term("-")) == ("educ", "educations", "")


def test_key_text_ignores_case_accents_and_punctuation() -> None:
    assert key_text("  The “Élan”:  plan-B ") == "the elan plan b"


def test_is_small() -> None:
    assert [is_small(word, ("en", "fr")) for word in ("the", "les", "water")] == [True, True, False]
    assert is_small("der", ("en", "pl")) is False


@given(st.text())
def test_plain_letters_keep_their_places(text: str) -> None:
    assert len(plain_letters(text)) == len(text)


@given(st.text(max_size=40))
def test_any_text_can_be_split(text: str) -> None:
    assert all(word for word in split(text))
    key_text(text)
