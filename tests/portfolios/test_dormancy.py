from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from polyfolio.portfolios.actions.dormancy import note_fallen
from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries.dormancy import dormant, is_dormant, months_before
from polyfolio.portfolios.tasks import lapse_roles, note_dormant
from polyfolio.search.models import SearchChange
from tests.factories.network import make_network
from tests.factories.portfolios import make_initiative

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("months", "expected"),
    [(0, (2026, 3, 31)), (1, (2026, 2, 28)), (3, (2025, 12, 31)), (24, (2024, 3, 31)), (25, (2024, 2, 29))],
)
def test_months_before_keeps_the_day_where_it_can(months: int, expected: tuple[int, int, int]) -> None:
    assert months_before(NOW, months) == datetime(*expected, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_dormant_follows_the_network_and_the_clock() -> None:
    usual, slow = make_network(), make_network(dormant_after_months=36)
    ages = {"fresh": (2025, 1, 1), "warned": (2024, 4, 15), "dormant": (2024, 3, 30), "long": (2020, 1, 1)}
    rows = {
        (network, name): make_initiative(network, last_substantive_update_at=datetime(*day, tzinfo=UTC))
        for network in (usual, slow)
        for name, day in ages.items()
    }

    found = set(Initiative.objects.filter(dormant(NOW)))
    warned = set(Initiative.objects.filter(dormant(NOW, earlier_by=1)))

    assert found == {rows[usual, "dormant"], rows[usual, "long"], rows[slow, "long"]}
    assert warned == found | {rows[usual, "warned"]}
    assert found == {each for each in rows.values() if is_dormant(each, NOW)}


@pytest.mark.django_db
def test_note_fallen_tells_the_index_of_those_alone() -> None:
    network = make_network()
    days = {"long": (2020, 1, 1), "fallen": (2024, 3, 30), "fresh": (2025, 1, 1)}
    rows = {
        name: make_initiative(network, last_substantive_update_at=datetime(*day, tzinfo=UTC))
        for name, day in days.items()
    }

    number = note_fallen(since=NOW - timedelta(days=2), at=NOW)

    assert (number, list(SearchChange.objects.values_list("object_id", flat=True))) == (1, [rows["fallen"].pk])


@pytest.mark.django_db
def test_tasks_run_without_anything_to_do() -> None:
    lapse_roles.call_local()
    note_dormant.call_local()

    assert SearchChange.objects.count() == 0
