"""Real files of the field, from the first import to its undoing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from polyfolio.exchange.models import ImportProblem, ImportRun
from polyfolio.funding.models import Transaction
from polyfolio.portfolios.models import Initiative, InitiativeSdg
from tests.exchange.running import NOW, counts, database, import_file, import_path, undo
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db

# (added, failed) of the files that hold activities
EXPECTED = {
    "okfn/xml/who-bra.xml": (134, 0),
    "okfn/xml/usaid-bo.xml": (63, 0),
    "okfn/xml/usaid-bb.xml": (1, 0),
    "okfn/xml/wri-521257057-strategic-plan-2023-2027.xml": (1, 0),
    "okfn/xml/acfspain-co.xml": (1, 0),
    "okfn/xml/acfspain-ph.xml": (6, 0),
}


def not_written(run: ImportRun) -> int:
    return ImportProblem.objects.filter(run=run, code="not-written").count()


@pytest.mark.parametrize("name", EXPECTED)
def test_real_file_is_imported_whole(shared_data: Path, name: str) -> None:
    network = make_network()
    content = (shared_data / "iati" / name).read_bytes()
    before = database()

    first = import_file(content, network=network)
    after = database()
    second = import_file(content, network=network, at=NOW + timedelta(hours=1))

    added, failed = EXPECTED[name]
    assert (counts(first), not_written(first)) == ((added, 0, 0, failed), 0)
    assert (counts(second), database()) == ((0, 0, added, failed), after)
    undo(first, at=NOW + timedelta(hours=2))
    assert database() == before


def test_who_file_has_its_money_and_goals(shared_data: Path) -> None:
    import_path(shared_data / "iati" / "okfn" / "xml" / "who-bra.xml")

    assert Transaction.objects.count() == 735
    assert InitiativeSdg.objects.values("initiative").distinct().count() == 101


def test_every_file_at_hand_is_read_or_told(shared_data: Path) -> None:
    network = make_network()
    paths = sorted((shared_data / "iati").glob("examples/**/*.xml")) + sorted(
        (shared_data / "iati").glob("schema-tests/**/*.xml")
    )
    paths += sorted((shared_data / "iati").glob("okfn/organization-files/*.xml"))
    assert len(paths) > 80

    for number, path in enumerate(paths):
        run = import_file(path.read_bytes(), network=network, at=NOW + timedelta(hours=number))
        assert sum(counts(run)) == run.total, path
        assert not_written(run) == 0, path
        assert run.total or ImportProblem.objects.filter(run=run).exists(), path

    assert Initiative.objects.count() == 3
