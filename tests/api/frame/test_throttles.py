from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.api.conftest import Caller
from tests.factories.people import make_user


@pytest.fixture(autouse=True)
def _slow(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.POLYFOLIO_API_RATES = {"read": 2, "write": 1, "anonymous": 1}
    monkeypatch.setattr("time.time", lambda: 1_800_000_015.0)
    cache.clear()
    yield
    cache.clear()


def test_minute_of_a_token_is_its_own(caller: Callable[..., Caller]) -> None:
    user = make_user()
    first, second = caller(user), caller(user)

    statuses = [first.get("/me").status for _each in range(3)]

    assert (statuses, second.get("/me").status) == ([200, 200, 429], 200)


def test_used_up_minute_says_when_to_come_back(anybody: Caller) -> None:
    anybody.get("/themes")

    answered = anybody.get("/themes")

    assert (answered.status, answered.headers["Retry-After"]) == (429, "46")
    assert answered.body["detail"][0]["remedy"] == "Wait as many seconds as “Retry-After” says."


def test_writes_are_counted_apart(caller: Callable[..., Caller]) -> None:
    call = caller(make_user())

    statuses = [call.put("/me", {"name": "Ada"}).status for _each in range(2)]

    assert (statuses, call.get("/me").status) == ([200, 429], 200)
