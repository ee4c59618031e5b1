from __future__ import annotations

from datetime import date

import pytest

from polyfolio.network.choices import Capacity
from polyfolio.network.steps import gaps
from polyfolio.notify import steps
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_member, make_steward

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 4)


def test_steward_is_told_of_gaps():
    network = make_network(slug="hub", title={"en": "Hub"})
    body = make_body(network)
    for _number in range(2):
        make_organisation(network)
    covered = make_organisation(network)
    make_role(
        body,
        organisation=covered,
        person=make_person(),
        capacity=Capacity.FOCAL_POINT,
        since_on=date(2025, 1, 1),
        until_on=date(2026, 5, 1),
    )

    found = list(gaps(make_steward(network), TODAY))

    assert [(step.title, step.address) for step in found] == [
        ("2 partners of Hub have no focal point", "/networks/hub/partners/?gap=focal_point"),
        ("1 focal point of Hub has no alternate", "/networks/hub/partners/?gap=alternate"),
        ("1 partner of Hub has a role that ends within six months", "/networks/hub/partners/?gap=ending"),
    ]


def test_nothing_waits_in_a_network_without_partners():
    assert list(gaps(make_steward(make_network()), TODAY)) == []


def test_members_are_not_asked():
    network = make_network()
    make_organisation(network)

    assert list(gaps(make_member(network), TODAY)) == []


def test_gaps_stand_among_my_next_steps():
    network = make_network()
    make_organisation(network)
    user = make_steward(network)

    assert [step.title for step in steps.of(user, on=TODAY)] == [f"1 partner of {network} has no focal point"]
