"""The overview and the lists its figures open."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from polyfolio.portfolios.models import InitiativeSdg, Portfolio
from tests.factories.funding import make_transaction
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, make_target_mix, make_wanted
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def fill(portfolio: Portfolio, number: int) -> None:
    """Initiatives of every visibility with something of everything."""
    theme, owner = make_theme(), make_organisation(portfolio.network)
    grades = ["public", "network", "portfolio", "stewards", "private"]
    for place in range(number):
        initiative = make_initiative(
            portfolio.network,
            visibility=grades[place % 5] if number > 1 else "public",
            owners=[owner],
            countries=["SE", "KE"][: place % 3],
            themes=[theme] if place % 2 else [],
            last_substantive_update_at=LONG_AGO if place % 4 == 0 else datetime.now(UTC),
        )
        InitiativeSdg.objects.create(initiative=initiative, goal=12, standing="main")
        make_entry(portfolio, initiative)
        make_placement(portfolio, initiative, ("mis", "enh", "ada", "ant")[place % 4], "mis")
        make_stay(portfolio, initiative, ("yellow", "green", "blue")[place % 3])
        make_transaction(initiative, 100)


@pytest.fixture
def portfolio() -> Portfolio:
    made = make_portfolio(
        make_network(), slug="circular", title={"en": "Circular city"}, intent={"en": "Nothing is thrown away."}
    )
    fill(made, 12)
    make_target_mix(made, mis=0.4, enh=0.2, ada=0.2, ant=0.2)
    return made


def links_of(html: str) -> set[str]:
    found = re.findall(r'href="(/portfolios/circular/(?:initiatives|organisations|countries)/[^"]*)"', html)
    return {link.replace("&amp;", "&") for link in found}


@pytest.mark.parametrize("who", ["visitor", "member", "steward"])
def test_the_overview_shows_it_and_every_link_opens_a_list(client: Any, portfolio: Portfolio, who: str) -> None:
    if who != "visitor":
        client.force_login({"member": make_member, "steward": make_steward}[who](portfolio))

    response = client.get("/portfolios/circular/")
    html = response.content.decode()

    assert "Circular city" in html
    assert "Nothing is thrown away." in html
    assert len(links_of(html)) > 10
    for link in links_of(html):
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("who", ["visitor", "member", "steward"])
def test_the_pictures_count_what_their_lists_show(client: Any, portfolio: Portfolio, who: str) -> None:
    if who != "visitor":
        client.force_login({"member": make_member, "steward": make_steward}[who](portfolio))
    shown = client.get("/portfolios/circular/").context

    def rows(address: str) -> int:
        total: int = client.get(address).context["listing"].total
        return total

    for figure in shown["figures"][:2]:
        assert figure.value == rows(figure.href)
    assert shown["figures"][2].value == len(client.get(shown["figures"][2].href).context["rows"])
    for field in shown["zones"].fields:
        assert field.count == rows(field.href)
    for goal in shown["sdgs"].named:
        assert goal.count == rows(goal.href)
    for mark in shown["world"].marks:
        assert mark.count == rows(mark.href)
    for row in shown["holes"].rows:
        for cell in row.cells:
            assert cell.count == rows(cell.href)
    assert shown["mix"].unplaced == rows(shown["lists"]["unplaced"])
    assert shown["found"].under_way == rows(shown["lists"]["under_way"])


def test_a_wanted_cell_below_its_threshold_is_a_hole(client: Any, portfolio: Portfolio) -> None:
    theme = portfolio.entries.filter(initiative__themes__isnull=False)[0].initiative.themes.get()
    make_wanted(portfolio, theme.slug, "blue", threshold=99)

    holes = client.get("/portfolios/circular/").context["holes"].holes

    assert [(hole.row.key, hole.column.key) for hole in holes] == [(theme.slug, "blue")]


def test_an_empty_portfolio_teaches(client: Any) -> None:
    portfolio = make_portfolio(slug="young")
    client.force_login(make_steward(portfolio))

    html = client.get("/portfolios/young/").content.decode()

    assert "No initiatives yet" in html
    assert "/portfolios/young/add/" in html


@pytest.mark.parametrize(
    "address",
    [
        "/portfolios/{}/",
        "/portfolios/{}/initiatives/?dormant=with",
        "/portfolios/{}/organisations/",
        "/portfolios/{}/countries/",
        "/portfolios/{}/money/",
        "/portfolios/{}/intent/",
        "/portfolios/{}/people/",
    ],
)
def test_pages_cost_the_same_for_few_and_for_many(client: Any, queries_of: Callable[[str], int], address: str) -> None:
    network = make_network()
    few, many = make_portfolio(network), make_portfolio(network)
    fill(few, 5)
    fill(many, 50)
    client.force_login(make_member(network))

    costs = [queries_of(address.format(each.slug)) for each in (few, many)]

    assert costs[0] == costs[1]


def test_the_overview_costs_the_same_for_nobody(client: Any, queries_of: Callable[[str], int]) -> None:
    network = make_network()
    none, many = make_portfolio(network), make_portfolio(network)
    fill(many, 20)
    client.force_login(make_member(network))

    assert queries_of(f"/portfolios/{none.slug}/") == queries_of(f"/portfolios/{many.slug}/")


def test_the_overview_costs_at_most_fifteen_queries(
    client: Any, portfolio: Portfolio, queries_of: Callable[[str], int]
) -> None:
    client.force_login(make_member(portfolio))

    assert queries_of("/portfolios/circular/") <= 15


def test_a_roll_up_counts_each_initiative_once(client: Any, portfolio: Portfolio) -> None:
    top = make_portfolio(portfolio.network, slug="top")
    portfolio.parents.add(top)
    shared = portfolio.entries.filter(initiative__visibility="public")[0].initiative
    make_entry(top, shared)

    totals = [client.get(f"/portfolios/{slug}/").context["found"].total for slug in ("top", "circular")]

    assert totals[0] == totals[1]


def test_the_list_leaves_dormant_ones_out_and_says_so(client: Any, portfolio: Portfolio) -> None:
    plain = client.get("/portfolios/circular/initiatives/").context
    whole = client.get("/portfolios/circular/initiatives/?dormant=with").context
    only = client.get("/portfolios/circular/initiatives/?dormant=only").context

    assert plain["dormant_left_out"] == only["listing"].total > 0
    assert plain["listing"].total + only["listing"].total == whole["listing"].total


def test_the_list_is_exported_exactly_as_filtered(client: Any, portfolio: Portfolio) -> None:
    address = "/portfolios/circular/initiatives/?dormant=with&zone=green&sort=-title"

    shown = [row.label for row in client.get(address).context["listing"].rows]
    file = b"".join(client.get(f"{address}&export=csv").streaming_content).decode("utf-8-sig")

    assert [row["Initiative"] for row in csv.DictReader(io.StringIO(file))] == shown
    assert shown == sorted(shown, reverse=True)


def test_chips_name_what_is_filtered(client: Any, portfolio: Portfolio) -> None:
    query = "zone=green&facet=mis&class=core&flow=committed&currency=EUR&money_year=0&target=12.5&main_goal=12"

    chips = client.get(f"/portfolios/circular/initiatives/?{query}").context["chips"]

    assert {chip.label for chip in chips} >= {"Zone: Green: between us", "Facet: mission-oriented", "Class: core"}
    assert all("page=" not in chip.query for chip in chips)


@pytest.mark.parametrize("room", ["organisations", "countries", "money"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_list_can_be_taken_along(client: Any, portfolio: Portfolio, room: str, form: str) -> None:
    response = client.get(f"/portfolios/circular/{room}/?export={form}")

    assert response.status_code == 200
    assert f"circular-{room}.{form}" in response["Content-Disposition"]


def test_money_shows_each_flow_with_its_coverage(client: Any, portfolio: Portfolio) -> None:
    context = client.get("/portfolios/circular/money/").context

    (flow,) = context["flows"]
    (total, href) = flow["totals"][0]
    assert (flow["flow"], total.initiatives) == ("committed", client.get(href).context["listing"].total)


def test_the_list_of_portfolios_shows_what_one_sees(client: Any, portfolio: Portfolio) -> None:
    make_portfolio(visibility="private")

    here = client.get(f"/portfolios/?network={portfolio.network.slug}")

    assert [each.slug for each in here.context["page"]] == ["circular"]
    assert client.get("/portfolios/?network=nowhere").status_code == 404
