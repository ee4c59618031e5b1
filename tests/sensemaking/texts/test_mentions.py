"""Reading who is named in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.texts.mentions import Mention, handle, mentions

PEOPLE = [(1, "Ann Berg, steward"), (2, "Ann Berg-Olsen"), (3, "Ann"), (4, "Zoë Ünal")]


def found(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.words, each.keys) for each in mentions(text, PEOPLE)]


def test_the_longest_name_that_fits_is_meant() -> None:
    assert found("@Ann Berg and @ann berg-olsen, @ANN! @zoë ünal") == [
        ("Ann Berg", (1,)),
        ("ann berg-olsen", (2,)),
        ("ANN", (3,)),
        ("zoë ünal", (4,)),
    ]


def test_unknown_names_are_found_and_borne_by_nobody() -> None:
    assert found("@Bo Ek said so; @annika too") == [("Bo Ek", ()), ("annika", ())]


def test_addresses_and_lone_signs_name_nobody() -> None:
    assert found("write to ann@example.org, or @ home, 3 @ 5, @@Ann") == []


def test_people_of_one_name_are_all_meant() -> None:
    assert mentions("@Bo", [(1, "Bo"), (2, "bo, desk")]) == [Mention(0, 3, "Bo", (1, 2))]


def test_handle_is_the_name_before_its_comma() -> None:
    assert handle("Ilse Brandt, steward") == "Ilse Brandt"


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(), st.text(max_size=12)), max_size=4))
def test_what_is_found_stands_in_the_text(text: str, people: list[tuple[int, str]]) -> None:
    for each in mentions(text, people):
        assert text[each.start] == "@"
        assert text[each.start + 1 : each.end] == each.words
