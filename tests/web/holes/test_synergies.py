"""Initiatives that could be connected, and deciding it with one click."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Decision
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio
from tests.factories.sensemaking import make_stay
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Portfolio, Initiative, Initiative]:
    """Two initiatives on one theme in yellow, of different owners."""
    network, theme = make_network(), make_theme(slug="looms", title={"en": "Looms"})
    one, other = (
        make_initiative(network, title={"en": name}, themes=[theme], owners=[make_organisation(network)])
        for name in ("Mending <days>", "Loom library")
    )
    portfolio = make_portfolio(network, core=[one, other])
    for each in (one, other):
        make_stay(portfolio, each, "yellow")
    return portfolio, one, other


def shown(client: Client, portfolio: Portfolio, query: str = "") -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/synergies/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_pair_is_named_with_its_reason(client: Client, pair: tuple[Portfolio, Initiative, Initiative]) -> None:
    page = shown(client, pair[0])

    for words in ("Mending &lt;days&gt;", "Loom library", "Looms, Yellow", "No organisation takes part in both"):
        assert words in page
    assert "Decide to connect them" not in page


def test_linked_pair_is_no_candidate(client: Client, pair: tuple[Portfolio, Initiative, Initiative]) -> None:
    make_link(pair[1], pair[2])

    assert "Nobody to connect in this matrix" in shown(client, pair[0])


def test_one_click_decides_it_once(client: Client, pair: tuple[Portfolio, Initiative, Initiative]) -> None:
    portfolio, one, other = pair
    client.force_login(make_steward(portfolio))
    given = {"row": "theme", "column": "zone", "one": one.pk, "other": other.pk}

    for _ in range(2):
        client.post(f"/portfolios/{portfolio.slug}/synergies/connect/", given)

    decision = Decision.objects.get()
    assert (decision.kind, set(decision.initiatives.all())) == ("connect", {one, other})
    assert "Nobody to connect in this matrix" in shown(client, portfolio)


@pytest.mark.parametrize("given", [{}, {"one": "x", "other": "-1"}, {"one": "9" * 30, "other": "1"}])
def test_pair_that_is_none_is_refused(
    given: dict[str, str], client: Client, pair: tuple[Portfolio, Initiative, Initiative]
) -> None:
    client.force_login(make_steward(pair[0]))
    same = {"one": pair[1].pk, "other": pair[1].pk}

    answers = [client.post(f"/portfolios/{pair[0].slug}/synergies/connect/", each) for each in (given, same)]

    assert ([answer.status_code for answer in answers], Decision.objects.count()) == ([302, 302], 0)


def test_members_do_not_decide(client: Client, pair: tuple[Portfolio, Initiative, Initiative]) -> None:
    client.force_login(make_member(pair[0]))

    assert client.post(f"/portfolios/{pair[0].slug}/synergies/connect/", {}).status_code == 403


def test_costs_the_same_for_many_pairs(
    client: Client,
    pair: tuple[Portfolio, Initiative, Initiative],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    portfolio = pair[0]
    for number in range(12):
        theme = make_theme(slug=f"cloth-{number}")
        for _ in range(2):
            made = make_initiative(portfolio.network, themes=[theme], owners=[make_organisation(portfolio.network)])
            make_entry(portfolio, made)
            make_stay(portfolio, made, "blue")
    shown(client, portfolio)

    with django_assert_max_num_queries(20):
        page = shown(client, portfolio)

    assert "13 pairs" in page
