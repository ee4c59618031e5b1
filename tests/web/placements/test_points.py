"""Points with halos, parts of the mix, and what moved since a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils import timezone

from polyfolio.people.choices import Visibility
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import holding
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_member, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, make_target_mix
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    return make_portfolio(make_network())


def placed(portfolio: Portfolio, purpose: str, *, on: date | None = None, **fields: Any) -> Initiative:
    initiative = make_initiative(portfolio.network, **fields)
    make_entry(portfolio, initiative, entered_on=on)
    moment = {"placed_at": datetime(on.year, on.month, on.day, 12, tzinfo=UTC)} if on else {}
    make_placement(portfolio, initiative, purpose, **moment)
    return initiative


def shown(client: Client, portfolio: Portfolio, query: str = "", page: str = "mix") -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/{page}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_contested_points_say_who_placed_them_where_and_why(client: Client, portfolio: Portfolio) -> None:
    initiative = placed(portfolio, "mis", title={"en": "Repair café"})
    make_placement(
        portfolio, initiative, "ada", assessor=make_user(name="Anna Example"), rationale="People <b>asked</b> for it."
    )
    client.force_login(make_member(portfolio))

    page = shown(client, portfolio)

    point = re.search(r'<a class="point[^>]*aria-label="([^"]*)"', page)
    assert point is not None
    for words in ("Repair café", "contested", "Anna Example", "To answer needs from below", "People &lt;b&gt;asked"):
        assert words in point[1]
    twin = page[page.index("<caption>The points") :]
    assert "Anna Example" in twin
    assert "<b>asked" not in page


def test_visitors_read_what_was_said_not_who_said_it(client: Client, portfolio: Portfolio) -> None:
    initiative = placed(portfolio, "mis")
    make_placement(portfolio, initiative, "ada", assessor=make_user(name="Anna Example"), rationale="A reason.")

    page = shown(client, portfolio)

    assert "To answer needs from below" in page
    assert "Anna Example" not in page
    assert "A reason." not in page


def test_at_most_400_points_are_drawn_and_the_rest_said(
    client: Client, portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polyfolio.web.placements.mixing.POINTS_DRAWN", 3)
    for _number in range(5):
        placed(portfolio, "mis")

    page = shown(client, portfolio)

    assert (page.count('<a class="point'), "3 of 5 placed initiatives are drawn" in page) == (3, True)
    assert '<a class="point' not in shown(client, portfolio, "?points=none")


def test_each_part_counts_what_its_list_shows(client: Client, portfolio: Portfolio) -> None:
    theme, programme = make_theme(slug="looms"), make_body(portfolio.network, kind="programme")
    firm = make_organisation(portfolio.network)
    placed(portfolio, "mis", themes=[theme], programmes=[programme], owners=[firm], countries=["KE"])
    placed(portfolio, "ada", title={"en": "Other"})
    words = Initiative.objects.exclude(label="Other").get().label

    queries = [
        "?theme=looms",
        f"?programme={programme.slug}",
        f"?organisation={firm.slug}",
        f"?organisation=Anything+[{firm.slug}]",
        "?country=KE",
        f"?q={words}",
        "?theme=looms&by=priority&country=KE",
    ]
    pages = [shown(client, portfolio, query) for query in queries]

    assert [page.count('<a class="point') for page in pages] == [1] * 7
    lists = [
        re.findall(r'href="([^"]*facet=mis[^"]*)"', page[page.index('id="facets"') :])[0].replace("&amp;", "&")
        for page in pages
    ]
    asked = [dict(parse_qsl(each.partition("?")[2])) for each in lists]
    held = holding(portfolio, None)
    assert [narrowed(held, each, at=timezone.now()).count() for each in asked] == [1] * 7


@pytest.mark.parametrize("query", ["?theme=nonsense", "?country=XX", "?organisation=nobody", "?q=%00%27"])
def test_a_part_of_nothing_says_so(query: str, client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis")

    assert "No initiative is in this part" in shown(client, portfolio, query)


def test_a_hidden_organisation_is_no_part(client: Client, portfolio: Portfolio) -> None:
    firm = make_organisation(portfolio.network, visibility=Visibility.PRIVATE)
    placed(portfolio, "mis", owners=[firm])

    assert "No initiative is in this part" in shown(client, portfolio, f"?organisation={firm.slug}")


def test_drift_is_told_in_points_and_distance(client: Client, portfolio: Portfolio) -> None:
    day = date(2025, 1, 1)
    placed(portfolio, "mis", on=day)
    placed(portfolio, "ada", on=day + timedelta(days=2))
    make_target_mix(portfolio)

    page = shown(client, portfolio, "?since=2025-01-01")

    drift = page[page.index('id="drift"') :]
    cells = re.findall(r'<td class="number"[^>]*>([^<]*)</td>', drift[: drift.index("</table>")])
    assert cells == ["100%", "50%", "−50", "0%", "0%", "0", "0%", "50%", "+50", "0%", "0%", "0", "75%", "50%"]
    assert 'class="diamond-earlier"' in page
    assert 'class="diamond-arrow"' in page


@pytest.mark.parametrize("by", ["count", "priority", "money"])
def test_drift_weighs_as_the_mix_does(by: str, client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", on=date(2025, 1, 1), priority="high")

    assert "What moved since" in shown(client, portfolio, f"?since=2025-02-01&by={by}") or by == "money"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2999-01-01", "lies in the future"),
        ("1999-01-01", "its first one is 2025-01-01"),
        ("soon", "is not a day"),
        ("2025-02-31", "is not a day"),
        ("<script>", "is not a day"),
    ],
)
def test_wrong_days_are_refused_with_what_to_do(day: str, words: str, client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", on=date(2025, 1, 1))

    for page in (shown(client, portfolio, f"?since={day}"), shown(client, portfolio, f"?on={day}", "replay")):
        assert words in page
        assert "<script>alert" not in page


def test_replay_steps_through_the_months(client: Client, portfolio: Portfolio) -> None:
    initiative = placed(portfolio, "mis", on=date(2025, 1, 15))
    make_stay(portfolio, initiative, "yellow", since_on=date(2025, 3, 1))
    placed(portfolio, "ada", on=date(2025, 4, 2))

    pages = [shown(client, portfolio, f"?month={month}", "replay") for month in (0, 2, 3, 99999)]
    days = [re.search(r"<h2[^>]*>([^<]*)</h2>", page[page.index('id="replay"') :]) for page in pages]
    counts = [re.findall(r'<td class="number">(\d+)</td>', page[page.rindex("<caption>") :]) for page in pages]

    assert [each[1] for each in days if each] == ["31 January 2025", "31 March 2025", "30 April 2025", "Today"]
    assert counts == [["0", "0", "0", "1"], ["1", "0", "0", "0"], ["1", "0", "0", "1"], ["1", "0", "0", "1"]]


def test_replay_step_is_a_fragment(client: Client, portfolio: Portfolio) -> None:
    placed(portfolio, "mis", on=date(2025, 1, 15))

    answer = client.get(f"/portfolios/{portfolio.slug}/replay/?month=1", headers={"HX-Request": "true"})

    assert "28 February 2025" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_replay_of_nothing_teaches(client: Client, portfolio: Portfolio) -> None:
    assert "Nothing has happened yet" in shown(client, portfolio, page="replay")


def test_steps_cost_the_same_for_much_as_for_little(client: Client, portfolio: Portfolio, queries_of: Any) -> None:
    day = timezone.localdate() - timedelta(days=400)
    placed(portfolio, "mis", on=day)
    addresses = [f"/portfolios/{portfolio.slug}/replay/?month=3", f"/portfolios/{portfolio.slug}/mix/?since={day}"]
    few = [queries_of(each) for each in addresses]
    for _number in range(30):
        make_placement(portfolio, placed(portfolio, "ada", on=day), "mis")

    assert [queries_of(each) for each in addresses] == few
