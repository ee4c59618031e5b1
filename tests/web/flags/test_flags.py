"""Flags on their page and on the overview; every number of them opens its list; thresholds are the portfolio's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import flags as actions
from polyfolio.sensemaking.arithmetic.flags import DEFAULTS
from polyfolio.sensemaking.models import FlagRule
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.flags import rules_of, watch
from polyfolio.sensemaking.queries.holdings import holding
from tests.factories.funding import make_transaction
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio
from tests.factories.sensemaking import make_placement, make_support, make_target_mix

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LAST_YEAR = NOW.year - 1


@pytest.fixture
def portfolio() -> Portfolio:
    """Three initiatives of last year: two short sprints to better what exists, one linked search for a mission."""
    network = make_network()
    owner = make_organisation(network)
    started = {"actual_start_on": datetime(LAST_YEAR, 5, 1, tzinfo=UTC).date()}
    sprints = [
        make_initiative(network, owners=[owner], horizon_months=3, methods=["sprint"], **started) for _ in range(2)
    ]
    search = make_initiative(network, horizon_months=60, methods=["foresight"], **started)
    portfolio = make_portfolio(network, core=[*sprints, search])
    make_link(search, make_initiative(network))
    for initiative, facet, amount in ((sprints[0], "enh", 900), (sprints[1], "enh", 50), (search, "mis", 50)):
        make_placement(portfolio, initiative, facet)
        make_transaction(initiative, amount)
    make_support(portfolio, "mis")
    return portfolio


def page_of(client: Client, portfolio: Portfolio, **headers: str) -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/flags/", headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_each_flag_says_its_number(client: Client, portfolio: Portfolio) -> None:
    page = page_of(client, portfolio)

    for words in (
        "95 % of the money that is known (committed, EUR) goes to enhancement.",
        "One facet holds initiatives and has no support structure: enhancement-oriented.",
        f"2 of 3 look ahead less than 6 months (3 began in {LAST_YEAR}, the others do not tell).",
        "2 of 3 initiatives are linked to no other (67 %).",
        "Nobody stewards the portfolio. No organisation answers for 1 of 3 initiatives.",
        f"2 of 3 that began in {LAST_YEAR} and name a method use “sprint” (67 %).",
        "Not known: it needs an intended mix",
        "0 of 3 initiatives tell neither money nor results (0 %).",
        "6 flags are raised",
    ):
        assert words in page


def test_every_number_opens_its_list(portfolio: Portfolio, client: Client) -> None:
    page = page_of(client, portfolio)

    found = [dict(parse_qsl(query)) for query in re.findall(r'/initiatives/\?([^"]*)"', page)]
    counts = [(narrowed(holding(portfolio, None), query, at=NOW).count(), {**query, "dormant": ""}) for query in found]

    by_name = {next(iter(query)): count for count, query in counts}
    assert by_name == {"facet": 2, "began": 2, "links": 2, "owner": 1, "quantities": 0}


def test_overview_asks_for_the_raised_ones_as_a_part(client: Client, portfolio: Portfolio) -> None:
    overview = client.get(f"/portfolios/{portfolio.slug}/").content.decode()
    part = page_of(client, portfolio, **{"HX-Request": "true"})

    assert f'hx-get="/portfolios/{portfolio.slug}/flags/"' in overview
    assert ("6 flags are raised" in part, "Unquantified" in part, "<html" in part) == (True, False, False)


def test_drift_is_seen_in_placements_of_three_years(portfolio: Portfolio, client: Client) -> None:
    make_target_mix(portfolio, mis=1, enh=0, ada=0, ant=0)
    for days, facet in ((1000, "mis"), (500, "enh")):
        initiative = make_initiative(portfolio.network)
        make_entry(portfolio, initiative)
        make_placement(portfolio, initiative, facet, placed_at=NOW - timedelta(days=days))

    looks = watch(holding(portfolio, None), NOW).facts.looks

    # All for the mission; one of two for it; two of five.
    assert [look.distance for look in looks] == pytest.approx([0.0, 0.5, 0.6])
    assert "0 %" in page_of(client, portfolio)
    assert "50 %" in page_of(client, portfolio)


def test_support_of_yesterday_supports_nothing(portfolio: Portfolio, client: Client) -> None:
    make_support(portfolio, "enh", until_on=(NOW - timedelta(days=2)).date())

    assert "One facet holds initiatives and has no support structure" in page_of(client, portfolio)
    make_support(portfolio, "enh")
    assert "Every facet that holds enough initiatives has a support structure." in page_of(client, portfolio)


def given(**changed: Any) -> dict[str, Any]:
    form = {f"{code}_threshold": threshold for code, threshold in DEFAULTS.items()}
    return form | {f"{code}_is_on": "on" for code in DEFAULTS} | changed


def test_thresholds_are_the_portfolios_own(portfolio: Portfolio, client: Client) -> None:
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/flags/rules/"

    client.post(address, given(projectified_threshold=70, projectified_note="We are young.", fad_is_on=""))

    assert sorted(FlagRule.objects.values_list("code", "threshold", "is_on", "note")) == [
        ("fad", 40, False, ""),
        ("projectified", 70, True, "We are young."),
    ]
    page = page_of(client, portfolio)
    for words in ("We are young.", "Its stewards do not ask for this flag.", "more than 70 %"):
        assert words in page


@pytest.mark.parametrize("wrong", [0, -3, 100, "many", ""])
def test_threshold_that_makes_no_sense_is_refused(wrong: Any, portfolio: Portfolio, client: Client) -> None:
    client.force_login(make_steward(portfolio))

    answer = client.post(
        f"/portfolios/{portfolio.slug}/flags/rules/", given(crisis_threshold=wrong, crisis_note="Kept <b>words</b>")
    )

    assert (answer.status_code, FlagRule.objects.count()) == (422, 0)
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in answer.content.decode()


@pytest.mark.parametrize(("code", "threshold"), [("crisis", 0), ("crisis", 100), ("drift", 1), ("mood", 5)])
def test_action_refuses_what_the_form_would(code: str, threshold: int, portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)

    with pytest.raises(RefusedError):
        actions.set_rule(portfolio=portfolio, code=code, threshold=threshold, is_on=True, by=steward, at=NOW)

    assert [rule.threshold for rule in rules_of(portfolio)] == list(DEFAULTS.values())


def test_only_stewards_change_rules(portfolio: Portfolio, client: Client) -> None:
    address = f"/portfolios/{portfolio.slug}/flags/rules/"
    found = [client.get(address).status_code]
    client.force_login(make_member(portfolio))

    assert [*found, client.get(address).status_code] == [302, 403]


@pytest.mark.parametrize("amount", [1, 30])
def test_page_costs_the_same_for_much_as_for_little(
    amount: int, portfolio: Portfolio, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(amount):
        initiative = make_initiative(portfolio.network)
        make_entry(portfolio, initiative)
        make_placement(portfolio, initiative, "ada")
    page_of(client, portfolio)

    with django_assert_max_num_queries(24):
        page_of(client, portfolio)


def test_empty_portfolio_has_nothing_to_count(client: Client) -> None:
    page = page_of(client, make_portfolio())

    assert "The portfolio holds no initiatives yet" in page
