from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from polyfolio.lib import health as findings
from polyfolio.search.actions import changes
from polyfolio.search.health import REINDEX, START_WORKER, IndexHealth, index_health, probe
from polyfolio.search.models import SearchChange, SearchOrigin
from polyfolio.search.storage.store import store

from .conftest import Shelf, document

pytestmark = pytest.mark.django_db


def test_health_without_index(index_folder: Path) -> None:
    assert index_health() == IndexHealth(problem="There is no search index.", remedy=REINDEX)
    with store().rebuilding():
        assert index_health() == IndexHealth(is_rebuilding=True)
        assert probe().sentence == "There is no search index." or probe().is_well


def test_health_of_a_good_index(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    changes.note("initiative", [1, 2])

    health = index_health()

    assert (health.documents, health.lag, health.problem, health.is_rebuilding) == (1, 2, "", False)
    assert health.lag_s < 5
    assert health.built_at is not None
    assert probe().sentence == "1 records, 2 changes waiting."


def test_health_while_rebuilding(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))

    with store().rebuilding():
        assert probe().sentence == "It is being built anew."


@pytest.mark.parametrize(
    ("cause", "problem", "remedy"),
    [
        ("late", "Changes have been waiting for 3600 seconds.", START_WORKER),
        ("origin", "It was made by another version or from another database.", START_WORKER),
        ("failures", "Records that could not be read: initiative 3: KeyError.", "See the log of the worker."),
    ],
)
def test_health_names_what_is_wrong(shelf: Shelf, cause: str, problem: str, remedy: str) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    assert generation is not None
    if cause == "late":
        changes.note("initiative", [1])
        SearchChange.objects.update(noted_at=timezone.now() - timedelta(hours=1))
    elif cause == "origin":
        SearchOrigin.objects.all().delete()
    else:
        state = generation.state()
        assert state is not None
        state.failures = ["initiative 3: KeyError"]
        generation.save(state)

    finding = probe()

    assert (finding.is_well, finding.sentence, finding.remedy) == (False, problem, remedy)
    assert any(one.name == "search index" for one in findings.findings())


def test_health_of_files_that_cannot_be_read(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    assert generation is not None
    generation.meta.write_text("no index")

    health = index_health()

    assert health.problem.startswith("It cannot be opened")
    assert health.remedy == REINDEX
