from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.db import IntegrityError
from django.test import RequestFactory
from ninja.errors import HttpError

from polyfolio.api.frame import problems
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import RefusedError
from tests.api.conftest import Caller
from tests.factories.people import make_user


@pytest.mark.parametrize(
    ("error", "status", "loc"),
    [
        (problems.of_refusal(None, RefusedError("No.", field="title")), 422, ["body", "title"]),
        (problems.of_refusal(None, RefusedError("No.")), 409, []),
        (problems.of_refusal(None, TransitionError("No.")), 409, []),
        (problems.of_validation(None, ValidationError({"url": ["No."]})), 422, ["body", "url"]),
        (problems.of_validation(None, ValidationError("No.")), 422, ["body"]),
        (problems.of_clash(None, IntegrityError()), 409, []),
        (problems.of_size(None, RequestDataTooBig()), 413, ["body"]),
        (problems.of_http(None, HttpError(403, "No.")), 403, []),
    ],
)
def test_refusals_read_alike(error: object, status: int, loc: list[str]) -> None:
    import orjson

    body = orjson.loads(error.content)

    assert (error.status_code, body["detail"][0]["loc"], set(body["detail"][0])) == (
        status,
        loc,
        {"loc", "message", "remedy"},
    )


def test_refusal_of_a_shape_names_each_place(caller: Callable[..., Caller]) -> None:
    answered = caller(make_user()).put("/me", {"language": "en", "nickname": "Ada"})

    assert (answered.status, answered.body["detail"]) == (
        422,
        [
            {"loc": ["body", "name"], "message": "Field required", "remedy": "Add this field."},
            {
                "loc": ["body", "nickname"],
                "message": "Extra inputs are not permitted",
                "remedy": "Leave this field out, or correct its name.",
            },
        ],
    )


def test_refusal_of_an_action_names_the_field(caller: Callable[..., Caller]) -> None:
    answered = caller(make_user()).put("/me", {"name": "Ada", "language": "xx"})

    assert (answered.status, answered.body["detail"][0]) == (
        422,
        {
            "loc": ["body", "language"],
            "message": "Choose one of the languages.",
            "remedy": "Change this value and send it again.",
        },
    )


def test_body_that_is_no_json_is_refused(caller: Callable[..., Caller]) -> None:
    answered = caller(make_user()).put("/me", "{")

    assert (answered.status, answered.body["detail"][0]["loc"]) == (400, ["body"])


def test_unknown_address_is_refused_in_the_same_words(anybody: Caller) -> None:
    assert [anybody.get(path).status for path in ("/nothing", "/themes/", "/themes/none")] == [404, 404, 404]
    assert anybody.get("/nothing").body["detail"][0]["message"] == "There is nothing here, or you may not see it."


def test_unknown_method_is_refused_with_those_that_are_known(anybody: Caller) -> None:
    answered = anybody.delete("/themes")

    assert (answered.status, answered.headers["Allow"]) == (405, "GET, HEAD")


def test_head_is_a_get_without_its_body(anybody: Caller) -> None:
    whole = anybody.get("/themes")

    answered = anybody("HEAD", "/themes")

    assert (answered.status, answered.body, answered.headers["ETag"]) == (200, None, whole.headers["ETag"])


def test_moved_record_is_named_at_its_new_address() -> None:
    class Match:
        kwargs = {"slug": "old"}

    class Record:
        slug = "new"

        def __str__(self) -> str:
            return "New"

    from polyfolio.lib.refusals import MovedError

    request = RequestFactory().get("/api/v1/organisations/old/history?limit=2")
    request.resolver_match = Match()

    answered = problems.of_moved(request, MovedError(Record()))

    assert (answered.status_code, answered["Location"]) == (308, "/api/v1/organisations/new/history?limit=2")


def test_refusal_of_one_of_several_filters_names_the_filter(anybody: Caller) -> None:
    answered = anybody.get("/initiatives?kind=pilot,party")

    assert (answered.status, answered.body["detail"][0]["loc"]) == (422, ["query", "kind", 1])
