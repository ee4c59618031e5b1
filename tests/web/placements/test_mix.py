"""The mix page and the intended mix: every figure opens a list of as many rows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.models import MoneyYear
from polyfolio.portfolios.choices import LinkKind
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import TargetMix
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import holding
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio
from tests.factories.sensemaking import make_placement, make_target_mix

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    return make_portfolio(make_network())


def placed(portfolio: Portfolio, purpose: str, driver: str | None = None, budget: int | None = None) -> Initiative:
    initiative = make_initiative(portfolio.network)
    make_entry(portfolio, initiative)
    make_placement(portfolio, initiative, purpose, driver)
    if budget is not None:
        MoneyYear.objects.create(
            initiative=initiative, year=2024, flow=MoneyFlow.BUDGETED, currency="EUR", amount=Decimal(budget)
        )
    return initiative


def shown(client: Client, portfolio: Portfolio, query: str = "") -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/mix/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_mix_teaches(client: Client, portfolio: Portfolio) -> None:
    nothing = shown(client, portfolio)
    make_entry(portfolio, make_initiative(portfolio.network))

    assert "No initiatives yet" in nothing
    assert "Nothing is placed yet" in shown(client, portfolio)


def test_mix_by_money_says_for_how_many_the_amount_is_known(client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", budget=100)
    placed(portfolio, "mis", "ant", budget=300)
    placed(portfolio, "enh", budget=600)
    placed(portfolio, "ada")

    page = shown(client, portfolio, "?by=money")

    assert "known for 3 of 4 in a facet" in page
    assert [words in page for words in ("25%", "60%", "15%")] == [True] * 3


def test_part_does_not_weigh_beside_its_whole(client: Client, portfolio: Portfolio) -> None:
    whole, part = placed(portfolio, "mis", budget=100), placed(portfolio, "ada", budget=100)
    make_link(part, whole, LinkKind.PARENT)

    page = shown(client, portfolio, "?by=money")

    assert "known for 1 of 2 in a facet" in page


@pytest.mark.parametrize("query", ["", "?by=priority", "?by=money", "?by=money&money=nonsense", "?by=nonsense"])
def test_mix_is_shown_however_it_is_asked_for(query: str, client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", budget=5)

    assert "Mission-oriented" in shown(client, portfolio, query)


def test_figures_open_lists_of_as_many_rows(client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", budget=1)
    placed(portfolio, "mis", "ant")
    placed(portfolio, "mis", "ada")
    make_entry(portfolio, make_initiative(portfolio.network))
    held = holding(portfolio, None)

    page = shown(client, portfolio, "?by=money")

    table = page[page.index('id="facets"') : page.index("</table>", page.index('id="facets"'))]
    links = re.findall(r'href="[^"?]*\?([^"]*)">(\d+)</a>', table)
    counts = [
        (int(said), narrowed(held, dict(pair.split("=") for pair in query.split("&amp;")), at=timezone.now()).count())
        for query, said in links
    ]
    assert counts == [(2, 2), (0, 0), (0, 0), (1, 1), (1, 1), (1, 1)]


def test_distance_and_contested_are_said(client: Client, portfolio: Portfolio) -> None:
    contested = placed(portfolio, "mis")
    make_placement(portfolio, contested, "ada")
    placed(portfolio, "enh")
    make_target_mix(portfolio)

    page = shown(client, portfolio)

    for words in ("stands elsewhere than intended", "People see 1 initiative differently", "Fits the remit.", "75%"):
        assert words in page


def test_mix_is_a_file(client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", "ant")

    answer: Any = client.get(f"/portfolios/{portfolio.slug}/mix/?export=csv")

    assert b"".join(answer.streaming_content).decode().splitlines()[1] == "mission-oriented,0.5,,0,1"


@pytest.mark.parametrize("amount", [1, 50])
def test_mix_costs_the_same_for_much_as_for_little(
    amount: int, client: Client, portfolio: Portfolio, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(amount):
        placed(portfolio, "mis", budget=1)
        make_target_mix(portfolio)
    client.force_login(make_steward(portfolio))
    shown(client, portfolio)

    with django_assert_max_num_queries(24):
        shown(client, portfolio)


def test_who_may_say_what_is_intended(client: Client, portfolio: Portfolio) -> None:
    address = f"/portfolios/{portfolio.slug}/mix/target/"

    found = [client.get(address).status_code]
    for person in (make_member(portfolio), make_steward(portfolio)):
        client.force_login(person)
        found.append(client.get(address).status_code)

    assert found == [302, 403, 200]


def test_target_is_set_and_a_wrong_sum_keeps_the_reason(client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/mix/target/"

    wrong = client.post(address, {"mis": "50", "enh": "20", "reason": "Our remit is new"})
    right = client.post(address, {"mis": "50", "enh": "30", "ada": "20", "reason": "Our remit is new"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Our remit is new" in wrong.content.decode()
    assert TargetMix.objects.get().shares == {"mis": 0.5, "enh": 0.3, "ada": 0.2, "ant": 0.0}


def test_hidden_portfolio_is_not_found(client: Client) -> None:
    hidden = make_portfolio(make_network(), visibility="stewards")

    assert [client.get(f"/portfolios/{hidden.slug}/{page}/").status_code for page in ("mix", "holes")] == [404, 404]
