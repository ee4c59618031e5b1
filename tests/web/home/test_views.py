"""The front page: what is open to whom, counted, each figure opening its list."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


def make_some(amount: int) -> None:
    theme = make_theme(title={"en": "Wells"})
    for _ in range(amount):
        network = make_network()
        core = [make_initiative(network, countries=["KE", "PE"], themes=[theme])]
        make_portfolio(network, core=core)
        make_organisation()


def test_visitor_reads_what_is_open(client: Client) -> None:
    make_some(2)
    make_initiative(visibility="network", countries=["FR"])

    answer = client.get("/")

    front = answer.context["front"]
    assert (front.initiatives, front.organisations, front.countries.countries, front.located) == (2, 2, 2, 2)
    assert [(label, held) for _, label, held in front.themes] == [("Wells", 2)]
    assert [portfolio.held for portfolio in front.portfolios] == [1, 1]
    assert "/search/?kind=initiative&country=KE" in unescape(answer.content.decode())


def test_member_reads_the_network_too(client: Client) -> None:
    network = make_network(visibility="network", title={"en": "Lantern network"})
    make_initiative(network, visibility="network", countries=["FR"])
    seen = {}

    for name, user in (("visitor", None), ("member", make_member(network)), ("stranger", make_member(make_network()))):
        client.logout() if user is None else client.force_login(user)
        answer = client.get("/")
        seen[name] = (answer.context["front"].initiatives, b"Lantern network" in answer.content)

    assert seen == {"visitor": (0, False), "member": (1, True), "stranger": (0, False)}


def test_greatest_portfolio_of_every_network_is_shown(client: Client) -> None:
    great = make_network()
    for _ in range(12):
        make_portfolio(great, core=[make_initiative(great), make_initiative(great)])
    small = make_portfolio(make_network())

    shown = client.get("/").context["front"].portfolios

    assert (len(shown), shown[-1]) == (8, small)


def test_nothing_yet_says_how_to_begin(client: Client) -> None:
    visitor = client.get("/").content.decode()
    client.force_login(make_admin())
    admin = client.get("/").content.decode()

    assert ("Nothing is here yet" in visitor, "/networks/new/" in visitor, "/networks/new/" in admin) == (
        True,
        False,
        True,
    )


def test_costs_the_same_for_one_and_for_fifty(client: Client) -> None:
    make_some(1)
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    make_some(49)

    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert (len(many), len(many) <= 12) == (len(few), True)
