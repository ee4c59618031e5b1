"""Who looks after what, and what has nobody; every number opens its list."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polyfolio.portfolios.models import Portfolio, Position
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.stewardship import stewardship
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member
from tests.factories.portfolios import make_entry, make_initiative, make_participation, make_portfolio

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    """Four initiatives: one with a focal point, two of an owner without one, one of nobody; one holds a position."""
    network = make_network()
    spoken_for, silent = make_organisation(network, title={"en": "Weavers"}), make_organisation(network)
    make_member(spoken_for, "focal_point")
    cared, *others = [make_initiative(network, owners=[owner]) for owner in (spoken_for, silent, silent)]
    orphan = make_initiative(network)
    make_participation(orphan, make_organisation(network, title={"en": "Purse"}), "funding")
    portfolio = make_portfolio(network, core=[*others, orphan])
    position = Position.objects.create(portfolio=portfolio, title={"en": "Repair as a habit"})
    Position.objects.create(portfolio=portfolio, title={"en": "Sharing <more>"}, position=1)
    make_entry(portfolio, cared, position=position)
    return portfolio


def shown(client: Client, portfolio: Portfolio) -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/stewardship/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_counted(portfolio: Portfolio) -> None:
    found = stewardship(holding(portfolio, None), timezone.now())

    assert (found.total, found.without_owner, found.without_focal_point, found.without_position) == (4, 1, 3, 3)
    assert [(each.position.label, each.count) for each in found.positions] == [
        ("Repair as a habit", 1),
        ("Sharing <more>", 0),
    ]
    assert [(each.role.value, each.total) for each in found.roles] == [("funding", 1), ("implementing", 2)]


def test_every_number_opens_its_list(client: Client, portfolio: Portfolio) -> None:
    page = shown(client, portfolio)

    found = re.findall(r'<a href="[^"?]*/initiatives/\?([^"]*)">(\d+)</a>', page)
    held = holding(portfolio, None)
    wrong = [
        query
        for query, count in found
        if narrowed(held, dict(parse_qsl(unescape(query))), at=timezone.now()).count() != int(count)
    ]
    assert (len(found), wrong) == (4, [])


def test_page_says_what_has_nobody(client: Client, portfolio: Portfolio) -> None:
    page = shown(client, portfolio)

    for words in ("nobody is named", "nobody holds it", "Sharing &lt;more&gt;", "Weavers", "Purse"):
        assert words in page


def test_empty_portfolio(client: Client) -> None:
    assert "The portfolio holds no initiatives yet." in shown(client, make_portfolio())


@pytest.mark.parametrize("amount", [1, 30])
def test_page_costs_the_same_for_much_as_for_little(
    amount: int, client: Client, portfolio: Portfolio, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(amount):
        owner = make_organisation(portfolio.network)
        position = Position.objects.create(portfolio=portfolio, title={"en": f"Place {number}"})
        make_entry(portfolio, make_initiative(portfolio.network, owners=[owner]), position=position)
    shown(client, portfolio)

    with django_assert_max_num_queries(16):
        shown(client, portfolio)
