from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from polyfolio.lib.events import publish, subscribe, unsubscribe


@dataclass(frozen=True)
class Rang:
    bell: int


@pytest.fixture
def heard() -> Iterator[list[Rang]]:
    rung: list[Rang] = []
    subscribe(Rang, rung.append)
    yield rung
    unsubscribe(Rang, rung.append)


@pytest.mark.django_db
def test_publish_tells_after_the_commit(heard: list[Rang], django_capture_on_commit_callbacks: Callable) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        publish(Rang(1))
        before = list(heard)

    assert (before, heard) == ([], [Rang(1)])


@pytest.mark.django_db
def test_publish_tells_each_subscriber_once(django_capture_on_commit_callbacks: Callable) -> None:
    rung: list[Rang] = []

    def hear(event: Rang) -> None:
        rung.append(event)

    subscribe(Rang, hear)
    subscribe(Rang, hear)
    with django_capture_on_commit_callbacks(execute=True):
        publish(Rang(2))
    unsubscribe(Rang, hear)
    unsubscribe(Rang, hear)

    assert rung == [Rang(2)]
