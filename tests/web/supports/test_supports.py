"""Support structures: listed facet by facet, kept by stewards, deleted with a way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import supports as actions
from polyfolio.sensemaking.models import SupportStructure
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_support

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    network = make_network()
    initiative = make_initiative(network)
    portfolio = make_portfolio(network, core=[initiative])
    make_placement(portfolio, initiative, "ant")
    return portfolio


def form(**values: Any) -> dict[str, Any]:
    given = {"title__en": "Lab <one>", "kind": "lab", "facets": ["ant", "ada"], "amount": "1000.50", "currency": "eur"}
    return given | {"since_on": "2024-01-01", "until_on": "", "note": "", "owner": ""} | values


def listed(client: Client, portfolio: Portfolio) -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/supports/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_added_structure_is_listed_with_what_it_serves(client: Client, portfolio: Portfolio) -> None:
    owner = make_organisation(portfolio.network, title={"en": "Harbour works"})
    client.force_login(make_steward(portfolio))

    answer = client.post(f"/portfolios/{portfolio.slug}/supports/new/", form(owner="Harbour works"))

    made = SupportStructure.objects.get()
    assert answer.status_code == 302
    assert (made.facets, made.owner, made.amount, made.currency) == (["ada", "ant"], owner, Decimal("1000.50"), "EUR")
    page = listed(client, portfolio)
    for words in ("Lab &lt;one&gt;", "Harbour works", "EUR", "since 1 January 2024"):
        assert words in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"title__en": " "},
        {"kind": "wish"},
        {"facets": []},
        {"facets": ["ant", "fun"]},
        {"currency": ""},
        {"currency": "E1"},
        {"amount": "-1"},
        {"amount": "much"},
        {"until_on": "2023-01-01"},
        {"owner": "Nobody knows it"},
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(
    wrong: dict[str, Any], client: Client, portfolio: Portfolio
) -> None:
    client.force_login(make_steward(portfolio))

    answer = client.post(f"/portfolios/{portfolio.slug}/supports/new/", form(note="Typed words", **wrong))

    assert (answer.status_code, SupportStructure.objects.count()) == (422, 0)
    assert "Typed words" in answer.content.decode()


def test_action_itself_refuses_money_without_currency(portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)
    values = {"title": {"en": "Lab"}, "kind": "lab", "facets": ["ant"], "amount": Decimal(1)}

    with pytest.raises(RefusedError, match="currency"):
        actions.create(portfolio=portfolio, values=values, by=steward, at=timezone.now())


def test_edit_keeps_an_owner_whom_one_does_not_see(client: Client, portfolio: Portfolio) -> None:
    hidden = make_organisation(title={"en": "Quiet house"}, visibility="private")
    support = make_support(portfolio, "ant", owner=hidden)
    client.force_login(make_steward(portfolio))

    page = listed(client, portfolio)
    client.post(f"/portfolios/{portfolio.slug}/supports/{support.pk}/", form())

    support.refresh_from_db()
    assert ("Quiet house" in page, support.owner, support.label) == (False, hidden, "Lab <one>")


def test_delete_is_taken_back(client: Client, portfolio: Portfolio) -> None:
    support = make_support(portfolio, "ant")
    client.force_login(make_steward(portfolio))

    client.post(f"/portfolios/{portfolio.slug}/supports/{support.pk}/delete/")
    without = listed(client, portfolio)
    row = AuditRecord.objects.get(verb="supportstructure.delete")
    client.post(f"/history/changes/{row.pk}/undo/")

    assert ("None is recorded yet" in without, "A fund for trying out" in listed(client, portfolio)) == (True, True)


def test_past_structure_serves_nothing_today(client: Client, portfolio: Portfolio) -> None:
    make_support(portfolio, "ant", until_on=date(2020, 1, 1))

    page = listed(client, portfolio)

    assert ("not today" in page, page.count("tone-warn")) == (True, 1)


def test_who_may(client: Client, portfolio: Portfolio) -> None:
    support = make_support(portfolio, "ant")
    addresses = [f"/portfolios/{portfolio.slug}/supports/{end}" for end in ("new/", f"{support.pk}/")]
    found = [[client.get(each).status_code for each in addresses]]
    for person in (make_member(portfolio), make_steward(portfolio)):
        client.force_login(person)
        found.append([client.get(each).status_code for each in addresses])

    assert found == [[302, 302], [403, 403], [200, 200]]


@pytest.mark.parametrize("amount", [1, 30])
def test_page_costs_the_same_for_much_as_for_little(
    amount: int, client: Client, portfolio: Portfolio, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(amount):
        make_support(portfolio, "ant", owner=make_organisation(portfolio.network))
    listed(client, portfolio)

    with django_assert_max_num_queries(8):
        listed(client, portfolio)
