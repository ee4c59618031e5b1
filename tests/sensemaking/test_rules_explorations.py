"""Who may run explorations, as a table."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from polyfolio.people.rules import may
from tests.factories.explorations import make_exploration
from tests.factories.network import make_network
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_portfolio

pytestmark = pytest.mark.django_db

NETWORK = {"network steward", "network desk", "admin"}
TABLE = {
    ("sensemaking.run_exploration", "network"): NETWORK,
    ("sensemaking.run_exploration", "portfolio"): NETWORK | {"portfolio steward"},
    ("sensemaking.run_exploration", "in network"): NETWORK,
    ("sensemaking.run_exploration", "in portfolio"): NETWORK | {"portfolio steward"},
    ("sensemaking.run_exploration", "nothing"): set(),
}


@pytest.mark.parametrize(("verb", "record"), TABLE, ids=str)
def test_who_may(verb: str, record: str) -> None:
    network = make_network()
    portfolio = make_portfolio(network)
    records = {
        "network": network,
        "portfolio": portfolio,
        "in network": make_exploration(network),
        "in portfolio": make_exploration(portfolio=portfolio),
        "nothing": None,
    }
    people = {
        "visitor": AnonymousUser(),
        "somebody": make_user(),
        "other steward": make_steward(make_network()),
        "network member": make_member(network),
        "network editor": make_member(network, "editor"),
        "network steward": make_steward(network),
        "network desk": make_member(network, "desk"),
        "portfolio steward": make_steward(portfolio),
        "portfolio editor": make_member(portfolio, "editor"),
        "admin": make_admin(),
    }
    expected = TABLE[verb, record] or {"admin"}

    assert {name for name, user in people.items() if may(user, verb, records[record])} == expected
