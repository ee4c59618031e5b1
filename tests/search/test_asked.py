from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.search.asked import MOST_TERMS, Asked, Term, parse


@pytest.mark.parametrize(
    ("text", "terms", "excluded"),
    [
        ("clean Water", [("clean",), ("water",)], []),
        ("“drinking water” -pump", [("drinking", "water")], [("pump",)]),
        ('-"pump station" water', [("water",)], [("pump", "station")]),
        ("l'eau l’école", [("eau",), ("école",)], []),
        ("women's rights", [("women",), ("rights",)], []),
        ("COVID-19", [("covid", "19")], []),
        ("the water of life", [("water",), ("life",)], []),
        ("the of", [("the",), ("of",)], []),
        ("- -- l'", [("l",)], []),
        ('"', [], []),
    ],
)
def test_parse(text: str, terms: list[tuple[str, ...]], excluded: list[tuple[str, ...]]) -> None:
    asked = parse(text)

    assert [one.words for one in asked.terms] == terms
    assert [one.words for one in asked.excluded] == excluded


@pytest.mark.parametrize(
    ("text", "is_begun"),
    [("water edu", True), ("water ed", False), ('"water"', False), ("water.", False), ("a-edu", True)],
)
def test_parse_takes_the_last_word_as_begun(text: str, is_begun: bool) -> None:
    assert parse(text).terms[-1].is_begun is is_begun


def test_parse_takes_so_many_terms() -> None:
    assert len(parse(" ".join(f"word{number}" for number in range(50))).terms) == MOST_TERMS


def test_nothing_asked() -> None:
    assert parse("  ") == Asked()
    assert parse("").is_empty
    assert Term(("Élan",)).plain == ("elan",)


@given(st.text())
def test_parse_never_fails(text: str) -> None:
    assert all(one.plain for one in parse(text).terms)
