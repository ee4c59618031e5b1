"""The matrix, its lists and files, and what is wanted."""

from __future__ import annotations

import re
from html import unescape
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polyfolio.portfolios.models import InitiativeSdg, Portfolio
from polyfolio.sensemaking.choices import Dimension
from polyfolio.sensemaking.models import WantedCell
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import holding
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.reporting import make_indicator, make_result
from tests.factories.sensemaking import make_placement, make_stay, make_wanted, tag
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    """Two initiatives on one theme, one of them in yellow, placed and for a country and a goal."""
    network = make_network()
    theme = make_theme(slug="looms", title={"en": "Looms"})
    firm = make_organisation(network, kind="company")
    first = make_initiative(network, themes=[theme], countries=["KE"], goals=[12], owners=[firm])
    InitiativeSdg.objects.create(initiative=first, goal=12, target="12.5")
    make_indicator(make_result(first), title={"en": "Looms mended & kept"})
    portfolio = make_portfolio(network, core=[first, make_initiative(network, themes=[theme])])
    make_stay(portfolio, first, "yellow")
    make_placement(portfolio, first, "mis")
    for kind in ("lever", "field", "own_theme"):
        tag(portfolio, first, kind, "one")
    return portfolio


def shown(client: Client, portfolio: Portfolio, query: str = "") -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/holes/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("row", "column"), list(combinations(Dimension.values, 2)))
def test_each_cell_opens_a_list_of_as_many_rows(row: str, column: str, client: Client, portfolio: Portfolio) -> None:
    held = holding(portfolio, None)

    page = shown(client, portfolio, f"?row={row}&column={column}&empty=with")

    cells = re.findall(r'href="[^"?]*\?([^"]*)" class="cell[^>]*>\s*<span>([\d·]+)', page)
    wrong = [
        (query, said)
        for query, said in cells
        if narrowed(held, dict(parse_qsl(unescape(query))), at=timezone.now()).count() != int(said.replace("·", "0"))
    ]
    assert (wrong, len(cells) > 0) == ([], "sector" not in (row, column) and "programme" not in (row, column))


def test_empty_portfolio_teaches(client: Client) -> None:
    assert "Nothing to compare yet" in shown(client, make_portfolio(make_network()))


def test_dimensions_of_which_nothing_is_known_say_so(client: Client, portfolio: Portfolio) -> None:
    assert "Nothing is known in these two dimensions" in shown(client, portfolio, "?row=sector&column=zone")


def test_matrix_is_a_file(client: Client, portfolio: Portfolio) -> None:
    answer: Any = client.get(f"/portfolios/{portfolio.slug}/holes/?export=csv")

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[1:] == ["Looms,1,0,0"]


def test_who_may_mark_what_is_wanted(client: Client, portfolio: Portfolio) -> None:
    addresses = [f"/portfolios/{portfolio.slug}/holes/want/", f"/portfolios/{portfolio.slug}/holes/unwant/"]

    found = [(client.get(addresses[0]).status_code, client.post(addresses[1]).status_code)]
    for person in (make_member(portfolio), make_steward(portfolio)):
        client.force_login(person)
        found.append((client.get(addresses[0]).status_code, client.post(addresses[1]).status_code))

    assert found == [(302, 302), (403, 403), (200, 404)]
    assert client.get(addresses[1]).status_code == 405


def wish(**values: Any) -> dict[str, Any]:
    place = {"row": "zone", "row_key": "blue", "column": "theme", "column_key": "looms"}
    return place | {"threshold": 2, "reason": "Nobody carries it on"} | values


def test_marked_cell_is_a_hole_and_stands_out(client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_steward(portfolio))

    answer = client.post(f"/portfolios/{portfolio.slug}/holes/want/", wish())
    page = client.get(answer["Location"]).content.decode()

    for words in ("is-hole", "Nobody carries it on", "0 of 2 wanted", "1 hole: wanted and missing"):
        assert words in page
    assert (WantedCell.objects.get().row, WantedCell.objects.get().column) == ("looms", "blue")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"threshold": 0}, {"column_key": "nonsense"}])
def test_what_is_refused_keeps_what_was_typed(wrong: dict[str, Any], client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_steward(portfolio))

    answer = client.post(f"/portfolios/{portfolio.slug}/holes/want/", wish(**wrong))

    assert answer.status_code == 422
    assert str(wish(**wrong)["reason"]) in answer.content.decode()
    assert not WantedCell.objects.exists()


def test_marking_again_changes_and_unmarking_keeps_the_reason(client: Client, portfolio: Portfolio) -> None:
    cell = make_wanted(portfolio, "looms", "blue")
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/holes/"

    form = client.get(f"{address}want/?row=theme&row_key=looms&column=zone&column_key=blue").content.decode()
    client.post(f"{address}want/", wish(threshold=3))
    cell.refresh_from_db()
    client.post(f"{address}unwant/", {"cell": cell.pk, "reason": "Done elsewhere"})

    assert "Nobody works on it yet." in form
    assert cell.threshold == 3
    assert not WantedCell.objects.exists()


def test_filled_wish_is_no_hole(client: Client, portfolio: Portfolio) -> None:
    make_wanted(portfolio, "looms", "yellow")

    page = shown(client, portfolio)

    assert "Everything that is wanted is there" in page
    assert "filled: 1 of 1 wanted" in page


def test_cells_lead_to_wanting_them_only_for_those_who_may(client: Client, portfolio: Portfolio) -> None:
    as_visitor = shown(client, portfolio, "?mark=1")
    client.force_login(make_steward(portfolio))

    assert ("holes/want/?row=theme&amp;row_key=" in as_visitor) is False
    assert "holes/want/?row=theme&amp;row_key=looms" in shown(client, portfolio, "?mark=1")


@pytest.mark.parametrize("amount", [1, 50])
def test_page_costs_the_same_for_much_as_for_little(
    amount: int, client: Client, portfolio: Portfolio, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(amount):
        theme = make_theme(slug=f"cloth-{number}")
        make_entry(portfolio, make_initiative(portfolio.network, themes=[theme]))
        make_wanted(portfolio, theme.slug, "blue")
    client.force_login(make_steward(portfolio))
    shown(client, portfolio)

    with django_assert_max_num_queries(26):
        shown(client, portfolio)


def test_more_than_thirty_rows_are_folded_and_shown_on_demand(client: Client, portfolio: Portfolio) -> None:
    for number in range(81):
        make_theme(slug=f"cloth-{number}")

    folded, whole = shown(client, portfolio, "?empty=with"), shown(client, portfolio, "?empty=with&rows=all")

    assert re.search(r"rows=all&amp;empty=with\">\d+ more rows with fewer", folded)
    assert (folded.count('<th scope="row">'), whole.count('<th scope="row">') > 81) == (30, True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?row=weather&column=zone", "Nothing is known of one of the dimensions"),
        ("?row=<script>&column=zone", "Nothing is known of one of the dimensions"),
        ("?row=zone&column=zone", "A dimension against itself says nothing"),
    ],
)
def test_address_that_names_no_matrix_is_told_so(query: str, words: str, client: Client, portfolio: Portfolio) -> None:
    page = shown(client, portfolio, query)

    assert (words in page, "<script>&" in page) == (True, False)
