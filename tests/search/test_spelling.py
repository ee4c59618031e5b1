from __future__ import annotations

import pytest

from polyfolio.search.spelling import better_spelling, can_slip, slips


@pytest.mark.parametrize("slip", ["wate", "watter", "watar", "awter", "xwater", "waterx"])
def test_slips_hold_every_single_slip(slip: str) -> None:
    assert slip in set(slips("water"))


def test_slips_do_not_hold_the_word_or_two_slips() -> None:
    assert {"water", "wa", "watersx"} & set(slips("water")) == set()


def test_slips_in_other_alphabets() -> None:
    assert "вода" in set(slips("водо"))
    assert "νερο" in set(slips("νερα"))
    assert "2031" in set(slips("2030"))


def test_can_slip() -> None:
    assert [can_slip(word) for word in ("water", "cat", "2030", "x" * 30)] == [True, False, False, False]


def test_better_spelling() -> None:
    assert better_spelling("Watre for Scools", [("watre", "water"), ("scools", "schools")]) == "water for schools"
    assert better_spelling("Water", [("energy", "energie")]) == ""
