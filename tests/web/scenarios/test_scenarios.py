"""Scenarios as pages: begun, filled with moves, compared and adopted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.models import MoneyYear
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import MoveKind
from polyfolio.sensemaking.models import Decision, Move, Scenario
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import (
    make_move,
    make_placement,
    make_scenario,
    make_stay,
    make_target_mix,
    make_wanted,
)
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    """Two mission-oriented initiatives on looms, one of them in yellow with 100 euros; blue looms are wanted."""
    network = make_network()
    theme = make_theme(slug="looms", title={"en": "Looms"})
    first = make_initiative(network, themes=[theme], title={"en": "Repair café"})
    portfolio = make_portfolio(network, core=[first, make_initiative(network, themes=[theme])])
    for each in portfolio.entries.all():
        make_placement(portfolio, each.initiative, "mis")
    make_stay(portfolio, first, "yellow")
    MoneyYear.objects.create(initiative=first, year=2024, flow=MoneyFlow.COMMITTED, currency="EUR", amount=Decimal(100))
    make_target_mix(portfolio)
    make_wanted(portfolio, "looms", "blue")
    return portfolio


@pytest.fixture
def first(portfolio: Portfolio) -> Initiative:
    return Initiative.objects.get(label="Repair café")


def address(scenario: Scenario, ending: str = "") -> str:
    return f"{scenario.get_absolute_url()}{ending}"


def numbers(page: str, label: str) -> list[str]:
    """The cells of a row of the comparison, as they read."""
    row = page[page.index(label, page.index("Side by side")) :].partition("</tr>")[0]
    cells = row.split('<td class="number">')[1:]
    return [cell.partition("</td>")[0].replace('<span class="quiet">', "").replace("</span>", "") for cell in cells]


def test_empty_page_teaches(client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_steward(portfolio))

    page = client.get(f"/portfolios/{portfolio.slug}/scenarios/").content.decode()

    assert "No scenario is open" in page


def test_who_may_open_what(client: Client, portfolio: Portfolio) -> None:
    scenario = make_scenario(portfolio)
    pages = [f"/portfolios/{portfolio.slug}/scenarios/", address(scenario), address(scenario, "moves/new/")]

    found = [[client.get(each).status_code for each in pages]]
    for person in (make_user(), make_member(portfolio), make_steward(portfolio)):
        client.force_login(person)
        found.append([client.get(each).status_code for each in pages])

    assert found == [[302, 404, 404], [403, 404, 404], [200, 200, 403], [200, 200, 200]]


def test_from_question_to_decisions(client: Client, portfolio: Portfolio, first: Initiative) -> None:
    steward = make_steward(portfolio)
    client.force_login(steward)
    begun = client.post(
        f"/portfolios/{portfolio.slug}/scenarios/new/",
        {"title": "Less of the same", "question": "And then?", "starts_on": "2026-01-01"},
    )
    scenario = Scenario.objects.get()
    given = {"initiative": f"Repair café [{first.slug}]", "note": "It is done."}

    added = client.post(address(scenario, "moves/new/?kind=stop"), given)
    page = client.get(address(scenario)).content.decode()
    client.post(address(scenario, "adoption/"))
    adopted = client.get(address(scenario)).content.decode()

    assert (begun["Location"], added["Location"]) == (address(scenario), address(scenario, "#moves"))
    for words in ("Stop “Repair café”", "It is done.", "Adopt it: write one decision"):
        assert words in page
    assert "Adopted, as these decisions" in adopted
    assert Decision.objects.get().origin_id == scenario.pk
    again = client.post(address(scenario, "adoption/"), follow=True).content.decode()
    assert "adopted already" in again
    assert Decision.objects.count() == 1


def test_figures_stand_beside_today(client: Client, portfolio: Portfolio, first: Initiative) -> None:
    scenario = make_scenario(portfolio)
    cell = portfolio.wanted_cells.get()
    make_move(scenario, "start", title="New looms", purpose="ada", driver="ada", fills=cell, amount=50, currency="EUR")
    make_move(scenario, "boost", initiative=first, amount=25, currency="EUR")
    client.force_login(make_member(portfolio))

    page = client.get(address(scenario)).content.decode()

    assert numbers(page, "Initiatives") == ["2", "3 (+1)"]
    assert numbers(page, "Mission-oriented") == ["100%", "67% (−33)"]
    assert numbers(page, "Stands elsewhere than intended") == ["75%", "50% (−25)"]
    assert numbers(page, "Committed, EUR") == ["€100", "€175 (+€75)"]
    assert numbers(page, "Holes: wanted and missing") == ["1", "0 (−1)"]
    assert "from 0 to 1, 1 wanted" in page


def test_a_hole_opens_where_its_last_initiative_stops(client: Client, portfolio: Portfolio, first: Initiative) -> None:
    make_wanted(portfolio, "looms", "yellow")
    scenario = make_scenario(portfolio)
    make_move(scenario, "stop", initiative=first)
    client.force_login(make_member(portfolio))

    page = client.get(address(scenario)).content.decode()

    assert numbers(page, "Holes: wanted and missing") == ["1", "2 (+1)"]
    assert "opened" in page


@pytest.mark.parametrize("by", ["count", "priority", "money", "nonsense"])
def test_scenarios_stand_side_by_side(by: str, client: Client, portfolio: Portfolio, first: Initiative) -> None:
    made = [make_scenario(portfolio, title=f"Plan {name}") for name in "AB"]
    for each in made:
        make_move(each, "change_zone", initiative=first, zone="blue")
    client.force_login(make_member(portfolio))

    every = client.get(f"/portfolios/{portfolio.slug}/scenarios/?by={by}").content.decode()
    one = client.get(address(made[0], f"?by={by}&beside={made[1].pk}&beside=x&beside=99999")).content.decode()

    assert [numbers(page, "Blue: carried out") for page in (every, one)] == [["0", "1 (+1)", "1 (+1)"]] * 2


@pytest.mark.parametrize("kind", MoveKind.values)
def test_each_kind_has_a_form_that_refuses_nothing_at_all(kind: str, client: Client, portfolio: Portfolio) -> None:
    scenario = make_scenario(portfolio)
    client.force_login(make_steward(portfolio))

    empty = client.get(address(scenario, f"moves/new/?kind={kind}"))
    refused = client.post(address(scenario, f"moves/new/?kind={kind}"), {"note": "kept words"})

    assert (empty.status_code, refused.status_code, Move.objects.count()) == (200, 422, 0)
    assert "kept words" in refused.content.decode()


def test_what_is_refused_keeps_what_was_typed(client: Client, portfolio: Portfolio, first: Initiative) -> None:
    scenario = make_scenario(portfolio)
    hidden = make_initiative(visibility=Visibility.PRIVATE, slug="zz-hidden")
    client.force_login(make_steward(portfolio))
    wrong: list[dict[str, Any]] = [
        {"initiative": f"Repair café [{first.slug}]", "amount": "-5", "currency": "EUR", "note": "kept words"},
        {"initiative": f"x [{hidden.slug}]", "amount": "5", "currency": "EUR", "note": "kept words"},
        {"initiative": f"Repair café [{first.slug}]", "amount": "a lot", "currency": "EUR", "note": "kept words"},
    ]

    answers = [client.post(address(scenario, "moves/new/?kind=change_money"), each) for each in wrong]

    assert [(each.status_code, "kept words" in each.content.decode()) for each in answers] == [(422, True)] * 3


def test_moves_are_ordered_taken_away_and_brought_back(client: Client, portfolio: Portfolio) -> None:
    scenario = make_scenario(portfolio)
    one, two = (make_move(scenario, "start", title=title) for title in ("one", "two"))
    client.force_login(make_steward(portfolio))

    client.post(address(scenario, f"moves/{two.pk}/shift/"), {"to": "earlier"})
    client.post(address(scenario, f"moves/{one.pk}/edit/"), {"title": "uno"})
    client.post(address(scenario, f"moves/{two.pk}/delete/"))
    toast = client.get(address(scenario)).content.decode()
    undo = toast.rpartition('action="/history/changes/')[2].partition('"')[0]
    client.post(f"/history/changes/{undo}")

    assert [each.title for each in scenario.moves.kept().order_by("position")] == ["two", "uno"]


def test_a_move_about_what_one_may_not_see_is_only_counted(client: Client, portfolio: Portfolio) -> None:
    secret = make_initiative(portfolio.network, title={"en": "Zzsecret"}, visibility=Visibility.STEWARDS)
    make_entry(portfolio, secret)
    scenario = make_scenario(portfolio)
    make_move(scenario, "stop", initiative=secret, note="Zzsecret too")
    client.force_login(make_member(portfolio))

    page = client.get(address(scenario)).content.decode()
    client.force_login(make_steward(portfolio))
    stewards = client.get(address(scenario)).content.decode()

    assert "Zzsecret" not in page
    assert "A move about an initiative that you do not see" in page
    assert numbers(page, "Initiatives") == ["2", "2"]
    assert numbers(stewards, "Initiatives") == ["3", "2 (−1)"]


def test_scripts_in_titles_are_words(client: Client, portfolio: Portfolio) -> None:
    scenario = make_scenario(portfolio, title="<script>alert(1)</script>", question="<img src=x onerror=alert(2)>")
    make_move(scenario, "start", title="<script>alert(3)</script>", note="<script>alert(4)</script>")
    client.force_login(make_steward(portfolio))

    page = client.get(address(scenario)).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_state_and_deletion_have_a_way_back(client: Client, portfolio: Portfolio) -> None:
    scenario = make_scenario(portfolio)
    client.force_login(make_steward(portfolio))

    client.post(address(scenario, "state/"), {"state": "set_aside"})
    aside = Scenario.objects.get().state
    client.post(address(scenario, "state/"), {"state": "open"})
    client.post(address(scenario, "edit/"), {"title": "Other", "starts_on": "2026-02-01"})
    client.post(address(scenario, "delete/"))

    kept = Scenario.objects.get()
    assert (aside, kept.state, kept.title, kept.is_deleted) == ("set_aside", "open", "Other", True)
    assert client.get(address(scenario)).status_code == 404


def test_scenario_costs_the_same_with_many_moves(
    client: Client, portfolio: Portfolio, queries_of: Any, first: Initiative
) -> None:
    scenario = make_scenario(portfolio)
    make_move(scenario, "boost", initiative=first)
    client.force_login(make_steward(portfolio))
    few = queries_of(address(scenario))
    for number in range(40):
        extra = make_initiative(portfolio.network)
        make_entry(portfolio, extra)
        make_move(scenario, "start", title=f"New {number}")
        make_move(scenario, "boost", initiative=extra)

    assert queries_of(address(scenario)) == few
