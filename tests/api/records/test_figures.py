from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from polyfolio.people.choices import Visibility
from polyfolio.portfolios.models import Portfolio
from tests.api.conftest import Caller
from tests.factories.funding import make_transaction
from tests.factories.people import make_admin
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, make_target_mix, make_wanted
from tests.factories.vocabulary import make_theme

FIGURES = ("mix", "zones", "holes", "money", "sdgs", "countries")


@pytest.fixture
def portfolio(db: None) -> Portfolio:
    """Six initiatives: three placed (one on an edge), one mixed, two that nobody placed; one is seen by few."""
    theme = make_theme(slug="repair")
    first, second, third, fourth, fifth = (
        make_initiative(themes=[theme], countries=["SE"], goals=[12, 13]),
        make_initiative(countries=["SE", "DK"], goals=[12]),
        make_initiative(),
        make_initiative(),
        make_initiative(),
    )
    hidden = make_initiative(visibility=Visibility.PRIVATE, themes=[theme], countries=["SE"], goals=[12])
    portfolio = make_portfolio(core=[first, second, third, fourth], slug="city")
    make_portfolio(core=[first, fifth, hidden], parents=[portfolio], slug="part")
    make_placement(portfolio, first, "mis")
    make_placement(portfolio, second, "mis", "ant")
    make_placement(portfolio, third, "ant")
    make_placement(portfolio, fourth, "mis", "ada")
    make_stay(portfolio, first, "green")
    make_stay(portfolio, second, "yellow")
    make_transaction(first, 100, year=2024)
    make_transaction(second, 50, year=None)
    make_wanted(portfolio, "repair", "green", threshold=2)
    make_wanted(portfolio, "repair", "blue")
    make_target_mix(portfolio)
    return portfolio


def figures_in(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, dict):
        if {"numerator", "list"} <= set(answer):
            yield answer
        for each in answer.values():
            yield from figures_in(each)
    elif isinstance(answer, list):
        for each in answer:
            yield from figures_in(each)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_opens_a_list_of_exactly_its_rows(anybody: Caller, portfolio: Portfolio, name: str) -> None:
    figures = list(figures_in(anybody.get(f"/portfolios/city/{name}").body))

    counted = [(figure["list"], figure["numerator"], figure["denominator"]) for figure in figures]
    assert counted == [(where, anybody.get(where).body["total"], 5) for where, _number, _of in counted]
    assert len(counted) > 2


@pytest.mark.parametrize("name", FIGURES)
def test_figures_count_what_the_caller_sees(caller: Callable[..., Caller], portfolio: Portfolio, name: str) -> None:
    call = caller(make_admin())

    counted = list(figures_in(call.get(f"/portfolios/city/{name}").body))

    assert {figure["denominator"] for figure in counted} == {6}
    assert [figure["numerator"] for figure in counted] == [call.get(each["list"]).body["total"] for each in counted]


def test_mix_spreads_over_the_facets(anybody: Caller, portfolio: Portfolio) -> None:
    mix = anybody.get("/portfolios/city/mix").body

    assert {each["facet"]: (each["share"], each["at_tip"], each["on_edge"]) for each in mix["facets"]} == {
        "mis": (0.5, 1, 1),
        "enh": (0.0, 0, 0),
        "ada": (0.0, 0, 0),
        "ant": (0.5, 1, 1),
    }
    assert {name: mix[name]["numerator"] for name in ("placed", "mixed", "not_placed", "contested")} == {
        "placed": 4,
        "mixed": 1,
        "not_placed": 1,
        "contested": 0,
    }
    assert (mix["evenness"], mix["distance"], mix["weighed"]) == (0.5, 0.5, 3)


def test_mix_by_budget_weighs_what_is_known(anybody: Caller, portfolio: Portfolio) -> None:
    mix = anybody.get("/portfolios/city/mix?weight=budget&flow=committed&currency=EUR").body
    unknown = anybody.get("/portfolios/city/mix?weight=budget&currency=SEK").body

    assert (mix["weighed"], [round(each["share"], 3) for each in mix["facets"]]) == (2, [0.833, 0.0, 0.0, 0.167])
    assert (unknown["weighed"], unknown["evenness"], unknown["distance"]) == (0, None, None)
    assert {each["share"] for each in unknown["facets"]} == {None}


def test_mix_without_a_target_says_so(anybody: Caller) -> None:
    portfolio = make_portfolio()

    mix = anybody.get(f"/portfolios/{portfolio.slug}/mix").body

    assert (mix["target"], mix["distance"], mix["placed"]["denominator"]) == (None, None, 0)


def test_zones_count_where_initiatives_are(anybody: Caller, portfolio: Portfolio) -> None:
    zones = anybody.get("/portfolios/city/zones").body

    assert {each["zone"]: each["initiatives"]["numerator"] for each in zones["zones"]} == {
        "yellow": 1,
        "green": 1,
        "blue": 0,
    }
    assert zones["not_known"]["numerator"] == 3


def test_holes_are_wanted_cells_that_hold_too_little(anybody: Caller, portfolio: Portfolio) -> None:
    holes = anybody.get("/portfolios/city/holes?row=theme&column=zone").body
    turned = anybody.get("/portfolios/city/holes?row=zone&column=theme").body

    cells = {
        (each["row"], each["column"]): (each["initiatives"]["numerator"], each["threshold"], each["is_hole"])
        for each in holes["cells"]
    }
    assert cells == {("repair", "green"): (1, 2, True), ("repair", "blue"): (0, 1, True)}
    assert (holes["holes"], turned["holes"]) == (2, 2)
    assert {(each["column"], each["row"]) for each in turned["cells"]} == set(cells)


def test_matrix_needs_two_dimensions(anybody: Caller, portfolio: Portfolio) -> None:
    refused = anybody.get("/portfolios/city/holes?row=theme&column=theme")

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["query", "column"])


@pytest.mark.parametrize("row", ["sector", "sdg_goal", "country", "programme", "facet"])
def test_matrix_of_any_two_dimensions_opens_its_lists(anybody: Caller, portfolio: Portfolio, row: str) -> None:
    holes = anybody.get(f"/portfolios/city/holes?row={row}&column=zone").body

    counted = [each["initiatives"] for each in holes["cells"]]
    assert [each["numerator"] for each in counted] == [anybody.get(each["list"]).body["total"] for each in counted]


def test_money_is_summed_by_flow_year_and_currency(anybody: Caller, portfolio: Portfolio) -> None:
    money = anybody.get("/portfolios/city/money").body

    assert [
        (each["flow"], each["currency"], each["amount"], each["initiatives"]["numerator"])
        for each in money["by_currency"]
    ] == [("committed", "EUR", "150.00", 2)]
    assert {each["year"]: each["amount"] for each in money["by_year"]} == {None: "50.00", 2024: "100.00"}


def test_goals_and_countries_are_counted_once_each(anybody: Caller, portfolio: Portfolio) -> None:
    sdgs = anybody.get("/portfolios/city/sdgs").body
    countries = anybody.get("/portfolios/city/countries").body

    assert {each["goal"]: (each["main"]["numerator"], each["named"]["numerator"]) for each in sdgs["goals"]} == {
        12: (0, 2),
        13: (0, 1),
    }
    assert sdgs["not_known"]["numerator"] == 3
    assert [(each["country"], each["initiatives"]["numerator"]) for each in countries["countries"]] == [
        ("SE", 2),
        ("DK", 1),
    ]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("class=core", 5),
        ("class=affiliated", 0),
        ("part=part", 2),
        ("status=pipeline&kind=project", 5),
        ("priority=-", 5),
        ("year=2025", 0),
        ("words=initiative", 5),
        ("position=1", 0),
        ("target=12.5", 0),
        ("organisation=nobody", 0),
        ("sector=140", 0),
        ("dormant=only", 0),
        ("facet=placed&country=SE", 2),
        ("flow=committed&currency=EUR&money_year=0", 1),
    ],
)
def test_portfolios_list_is_narrowed(anybody: Caller, portfolio: Portfolio, query: str, total: int) -> None:
    assert anybody.get(f"/portfolios/city/initiatives?{query}").body["total"] == total


@pytest.mark.parametrize("query", ["year=0000", "goal=x", "position=-1", "priority=urgent", "money_year=20", "flow=x"])
def test_filters_that_mean_nothing_are_refused(anybody: Caller, portfolio: Portfolio, query: str) -> None:
    refused = anybody.get(f"/portfolios/city/initiatives?{query}")

    assert (refused.status, refused.body["detail"][0]["loc"][:2]) == (422, ["query", query.partition("=")[0]])
