from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from polyfolio.search import tasks
from polyfolio.search.actions import changes
from polyfolio.search.models import SearchChange
from polyfolio.search.storage.store import store

from .conftest import Shelf, document, found


@pytest.mark.django_db
def test_a_committed_change_is_found(shelf: Shelf, django_capture_on_commit_callbacks) -> None:
    shelf.records[1] = document(1, "Water")

    with django_capture_on_commit_callbacks(execute=True):
        changes.note("initiative", [1])

    assert found("water") == [1]
    assert not (store().root / tasks.NUDGED).exists()


@pytest.mark.django_db
def test_one_nudge_on_its_way_is_enough(shelf: Shelf) -> None:
    shelf.put()
    shelf.records[1] = document(1, "Water")
    marker = store().root / tasks.NUDGED
    marker.touch()
    changes.note("initiative", [1])

    tasks.nudge()
    assert found("water") == []

    os.utime(marker, (time.time() - 60, time.time() - 60))
    tasks.nudge()
    assert found("water") == [1]


@pytest.mark.django_db
def test_the_sweep_finds_what_a_lost_nudge_left(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    SearchChange.objects.update(noted_at=timezone.now() - timezone.timedelta(days=9))
    shelf.records[2] = document(2, "Water")
    changes.note("initiative", [2])
    (store().root / tasks.NUDGED).touch()

    tasks.sweep()

    assert sorted(found("water")) == [1, 2]
    assert list(SearchChange.objects.values_list("object_id", flat=True)) == [2]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_is_not_found(shelf: Shelf, index_folder: Path) -> None:
    from django.db import transaction

    shelf.put(document(1, "Water"))

    class UndoneError(Exception):
        pass

    with pytest.raises(UndoneError), transaction.atomic():
        shelf.records[2] = document(2, "Water")
        changes.note("initiative", [2])
        raise UndoneError

    tasks.catch_up.call_local()
    assert found("water") == [1]
    assert connection.vendor in {"sqlite", "postgresql"}
