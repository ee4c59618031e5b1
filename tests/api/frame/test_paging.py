from __future__ import annotations

import pytest

from polyfolio.vocabulary.models import Theme
from tests.api.conftest import Caller
from tests.factories.vocabulary import make_theme


@pytest.fixture(autouse=True)
def _no_themes(db: None) -> None:
    Theme.objects.all().delete()


def test_list_answers_a_part_and_the_total(anybody: Caller) -> None:
    for letter in "abcde":
        make_theme(slug=letter, title={"en": f"Theme {letter}"})

    answered = anybody.get("/themes?limit=2&offset=2&sort=-label")

    assert [each["slug"] for each in answered.body["items"]] == ["c", "b"]
    assert {name: answered.body[name] for name in ("total", "limit", "offset")} == {
        "total": 5,
        "limit": 2,
        "offset": 2,
    }


def test_list_links_to_its_other_parts(anybody: Caller) -> None:
    for _each in range(5):
        make_theme()

    answered = anybody.get("/themes?limit=2&offset=2&q=theme")

    assert answered.headers["Link"].split(", ") == [
        '</api/v1/themes?limit=2&offset=0&q=theme>; rel="first"',
        '</api/v1/themes?limit=2&offset=4&q=theme>; rel="last"',
        '</api/v1/themes?limit=2&offset=0&q=theme>; rel="prev"',
        '</api/v1/themes?limit=2&offset=4&q=theme>; rel="next"',
    ]


def test_list_beyond_its_end_is_empty(anybody: Caller) -> None:
    make_theme()

    answered = anybody.get("/themes?offset=50")

    assert (answered.body["total"], answered.body["items"]) == (1, [])
    assert answered.headers["Link"].split(", ")[0] == '</api/v1/themes?offset=0>; rel="first"'


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "offset=-1", "sort=nothing"])
def test_list_refuses_what_it_cannot_answer(anybody: Caller, query: str) -> None:
    answered = anybody.get(f"/themes?{query}")

    assert (answered.status, answered.body["detail"][0]["loc"]) == (422, ["query", query.partition("=")[0]])
