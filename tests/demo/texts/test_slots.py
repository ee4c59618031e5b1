"""Filling slots: capitals and words at the beginning of a sentence."""

from __future__ import annotations

import random
import re

import pytest

from polyfolio.demo.texts import slots


def test_slots_begin_sentences_with_words_and_capitals() -> None:
    pattern = "{Group} met. {Few} left, {Some} stayed, {Weeks} passed."

    filled = slots.fill(pattern, {"group": "bakers"}, random.Random(1))

    assert re.sub(r"[A-Z][a-z-]+", "X", filled) == "X met. X left, X stayed, X weeks passed."


def test_figures_within_a_sentence_are_numerals() -> None:
    filled = slots.fill("{group}: {pct} % of {many}", {"group": "bakers"}, random.Random(1))

    assert re.sub(r"\d+", "0", filled) == "bakers: 0 % of 0"


@pytest.mark.parametrize(("number", "expected"), [(7, "seven"), (19, "nineteen"), (40, "forty"), (62, "sixty-two")])
def test_spelled_numbers(number: int, expected: str) -> None:
    assert slots.spelled(number) == expected


def test_capital_leaves_the_rest_untouched() -> None:
    assert slots.capital("e-books in Łódź") == "E-books in Łódź"
