from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from polyfolio.audit import listeners
from polyfolio.audit.actions import changes
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list]:
    rows: list = []

    def listener(told):
        rows.append(list(told))

    listeners.listen(listener)
    listeners.listen(listener)
    yield rows
    listeners._listeners.remove(listener)


def test_listeners_hear_single_rows_once(heard):
    row = changes.write(record=make_network(), verb="network.create", by=None, at=timezone.now())

    assert heard == [[row]]


def test_listeners_hear_batches_at_once(heard):
    rows = [
        changes.prepare(record=make_network(), verb="network.create", by=None, at=timezone.now()) for _number in "ab"
    ]

    changes.write_many(rows)

    assert heard == [rows]
