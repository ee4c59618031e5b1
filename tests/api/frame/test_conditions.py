from __future__ import annotations

from tests.api.conftest import Caller
from tests.factories.vocabulary import make_theme


def test_unchanged_answer_is_not_sent_again(anybody: Caller) -> None:
    make_theme(slug="a-theme", title={"en": "A first theme"})
    tag = anybody.get("/themes/a-theme").headers["ETag"]

    again = anybody.get("/themes/a-theme", If_None_Match=tag)

    assert (again.status, again.body, again.headers["ETag"]) == (304, None, tag)


def test_changed_answer_is_sent(anybody: Caller) -> None:
    theme = make_theme(slug="a-theme", title={"en": "A first theme"})
    tag = anybody.get("/themes").headers["ETag"]
    theme.title = {"en": "A changed name"}
    theme.save()

    again = anybody.get("/themes", If_None_Match=tag)

    assert (again.status, again.body["items"][0]["label"]) == (200, "A changed name")


def test_answers_differ_by_caller_and_language(anybody: Caller) -> None:
    answered = anybody.get("/themes")

    assert answered.headers["Vary"] == "Authorization, Cookie, Accept-Language"
    assert answered.headers["Cache-Control"] == "private, no-cache"
