"""Links between activities stand once both are here, and go when neither side states them any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from polyfolio.exchange.models import StatedLink
from polyfolio.network.models import Network
from polyfolio.portfolios.models import InitiativeLink
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, database, import_file, undo
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network()


def related(identifier: str, *others: str, title: str = "Title") -> str:
    """An activity and whom it states: `1 B` is its parent B, `2 B` its child, `4 B` co-funded with B."""
    stated = "".join(f'<related-activity type="{each[0]}" ref="{each[2:]}"/>' for each in others)
    return activity(COMPLETE.replace("Title", title) + stated, identifier)


def links() -> list[tuple[str, str, str]]:
    """(source, kind, target) by identifier; `?` before a target that is not here."""
    return [(source, kind, target or f"?{identifier}") for source, target, identifier, kind in database()["links"]]


def test_link_waits_for_its_target(network: Network) -> None:
    import_file(file_of(related("A", "1 B")), network=network)
    assert links() == [("A", "parent", "?B")]

    import_file(file_of(related("B")), network=network, at=NOW + timedelta(hours=1))

    assert links() == [("A", "parent", "B")]


def test_child_that_is_not_here_yet_is_linked_when_it_comes(network: Network) -> None:
    import_file(file_of(related("B", "2 A")), network=network)
    assert links() == []

    import_file(file_of(related("A")), network=network)

    assert links() == [("A", "parent", "B")]


def test_both_sides_state_one_link(network: Network) -> None:
    import_file(file_of(related("A", "1 B"), related("B", "2 A")), network=network)

    assert links() == [("A", "parent", "B")]
    assert StatedLink.objects.count() == 2


def test_other_kinds_make_no_link(network: Network) -> None:
    import_file(file_of(related("A", "3 B", "4 B", "5 B", "1 A"), related("B")), network=network)

    assert links() == [("A", "co_funded", "B")]


def test_link_goes_when_its_source_drops_it(network: Network) -> None:
    import_file(file_of(related("A", "1 B"), related("B")), network=network)

    import_file(file_of(related("A", title="New")), network=network)

    assert links() == []


def test_waiting_link_goes_when_its_source_drops_it(network: Network) -> None:
    import_file(file_of(related("A", "1 B")), network=network)

    import_file(file_of(related("A", title="New")), network=network)

    assert links() == []


def test_link_stays_while_the_other_side_states_it(network: Network) -> None:
    import_file(file_of(related("A", "1 B"), related("B", "2 A")), network=network)

    import_file(file_of(related("A", title="New")), network=network)

    assert links() == [("A", "parent", "B")]
    import_file(file_of(related("B", title="New")), network=network)
    assert links() == []


def test_confirmed_link_stays_when_the_source_drops_it(network: Network) -> None:
    import_file(file_of(related("A", "1 B"), related("B")), network=network)
    InitiativeLink.objects.update(confidence="confirmed")

    import_file(file_of(related("A", title="New")), network=network)

    assert links() == [("A", "parent", "B")]


def test_link_that_a_person_made_already_is_not_doubled(network: Network) -> None:
    import_file(file_of(related("A", "1 B")), network=network)
    import_file(file_of(related("C")), network=network)
    waiting = InitiativeLink.objects.get()
    InitiativeLink.objects.create(source=waiting.source, target_identifier="B", kind="parent")

    import_file(file_of(related("B")), network=network)

    assert links() == [("A", "parent", "B")]


def test_undo_lets_the_link_wait_again(network: Network) -> None:
    import_file(file_of(related("A", "1 C", "2 D")), network=network)
    before = database()
    run = import_file(file_of(related("C"), related("D")), network=network, at=NOW + timedelta(hours=1))
    assert links() == [("A", "parent", "C"), ("D", "parent", "A")]

    undo(run, at=NOW + timedelta(hours=2))

    assert database() == before


def test_undo_takes_the_links_of_what_it_takes(network: Network) -> None:
    import_file(file_of(related("A")), network=network)
    before = database()
    run = import_file(file_of(related("B", "1 A", "2 X")), network=network, at=NOW + timedelta(hours=1))
    assert links() == [("B", "parent", "A")]

    undo(run, at=NOW + timedelta(hours=2))

    assert database() == before
    assert InitiativeLink.objects.count() == 0


def test_undo_of_a_change_states_the_earlier_links(network: Network) -> None:
    import_file(file_of(related("A", "1 B"), related("B"), related("C")), network=network)
    before = database()
    run = import_file(file_of(related("A", "1 C", title="New")), network=network, at=NOW + timedelta(hours=1))
    assert links() == [("A", "parent", "C")]

    undo(run, at=NOW + timedelta(hours=2))

    assert database() == before
