"""The search page: what it finds, what its filters count, what its files hold; nothing of its state is lost."""

from __future__ import annotations

import csv
from collections.abc import Callable
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from polyfolio.portfolios.models import Initiative
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio, make_resource
from tests.factories.sensemaking import make_placement, make_stay
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

Reindex = Callable[[], object]
HTMX = {"HX-Request": "true"}


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def titles(answer: Any) -> list[str]:
    return ["".join(words for words, _ in hit.title) for hit in answer.context["hits"]]


def counts(answer: Any) -> dict[str, dict[str, int]]:
    return {
        group.name: {value.label: value.count for value in group.values if value.count}
        for group in answer.context["groups"]
    }


def make_waters(amount: int) -> list[Initiative]:
    network, theme, owner = make_network(), make_theme(title={"en": "Water"}), make_organisation()
    portfolio = make_portfolio(network)
    made = [
        make_initiative(
            network, title={"en": f"Water {n:03}"}, themes=[theme], countries=["KE"], goals=[6], owners=[owner]
        )
        for n in range(amount)
    ]
    for initiative in made:
        make_entry(portfolio, initiative)
        make_placement(portfolio, initiative)
        make_stay(portfolio, initiative, "blue")
    return made


def test_visitor_finds_by_words_and_sees_where_it_stands(client: Client, reindex: Reindex) -> None:
    make_waters(1)
    make_initiative(title={"en": "Roofs"})
    reindex()

    answer = client.get("/search/?q=water&kind=initiative")

    [hit] = answer.context["hits"]
    assert (answer.status_code, titles(answer), answer.context["found"].total) == (200, ["Water 000"], 1)
    assert (hit.membership.label, hit.status.label, [each.label for each in hit.facets], hit.said) == (
        "Core",
        "Pipeline",
        ["Mission-oriented"],
        ("Kenya",),
    )
    assert [each.label for each in hit.zones] == ["Blue: carried out"]
    assert "Blue: carried out" in text(answer)


def test_part_of_the_page_tells_the_address_of_the_whole(client: Client, reindex: Reindex) -> None:
    make_waters(1)
    reindex()

    chosen = client.get("/search/?q=water&kind=initiative&columns=title", headers=HTMX)
    typed = client.get("/search/?q=wat", headers=HTMX | {"HX-Source": "input#search-words"})

    assert (chosen["HX-Push-Url"], typed["HX-Replace-Url"]) == (
        "/search/?q=water&kind=initiative&columns=title",
        "/search/?q=wat",
    )
    assert "<html" not in text(chosen)


def test_mistyped_word_finds_and_says_how_it_is_written(client: Client, reindex: Reindex) -> None:
    make_waters(2)
    reindex()

    answer = client.get("/search/?q=watre&kind=initiative&sort=title")

    assert (titles(answer), answer.context["did_you_mean_query"]) == (
        ["Water 000", "Water 001"],
        "kind=initiative&sort=title&q=water",
    )


def test_filters_count_what_follows_the_others(client: Client, reindex: Reindex) -> None:
    make_waters(3)
    make_initiative(title={"en": "Water elsewhere"}, countries=["PE"])
    reindex()

    answer = client.get("/search/?q=water&kind=initiative&country=PE&filters=1")

    found = counts(answer)
    assert (found["country"], found["status"]) == ({"Kenya": 3, "Peru": 1}, {"Pipeline": 1})
    assert text(client.get("/search/facets/?q=water&country=PE")).count('value="PE" checked') == 1


def test_every_facet_has_a_filter(client: Client, reindex: Reindex) -> None:
    network = make_network()
    organisation = make_organisation(title={"en": "Menders"}, kind="company")
    programme = make_body(network, title={"en": "Buildings"})
    initiative = make_initiative(
        network,
        title={"en": "Water tanks"},
        owners=[organisation],
        programmes=[programme],
        themes=[make_theme(title={"en": "Wells"})],
        countries=["KE"],
        actual_start_on="2024-05-01",
    )
    initiative.sdgs.create(goal=12, target="12.5")
    initiative.sectors.create(vocabulary="2", code="140")
    portfolio = make_portfolio(network, title={"en": "Lasting"}, core=[initiative])
    make_placement(portfolio, initiative, "ada")
    make_stay(portfolio, initiative, "green")
    reindex()

    found = counts(client.get("/search/?q=tanks&filters=1"))

    assert {name: list(labels) for name, labels in found.items()} == {
        "kind": ["Initiative"],
        "theme": ["Wells"],
        "country": ["Kenya"],
        "sdg_goal": [next(iter(found["sdg_goal"]))],
        "status": ["Pipeline"],
        "year": ["2024"],
        "programme": ["Buildings"],
        "portfolio": ["Lasting"],
        "portfolio_class": ["Core"],
        "type": ["Project"],
        "sdg_target": [next(iter(found["sdg_target"]))],
        "sector": ["140"],
        "organisation": ["Menders"],
        "organisation_kind": ["Company"],
        "facet": ["Adaptive"],
        "zone": ["Green: between us"],
        "language": ["English"],
        "dormant": ["With news"],
    }


def test_facet_with_many_values_unfolds(client: Client, reindex: Reindex) -> None:
    codes = ["KE", "PE", "FR", "DE", "SE", "VN", "BR", "IN", "GH", "SN"]
    for code in codes:
        make_initiative(title={"en": "Water"}, countries=[code])
    reindex()

    folded = client.get("/search/facets/?q=water").context["groups"]
    unfolded = client.get("/search/facets/?q=water&all=country").context["groups"]

    [few] = [group for group in folded if group.name == "country"]
    [all_of_them] = [group for group in unfolded if group.name == "country"]
    assert (len(few.values), few.more, len(all_of_them.values), all_of_them.more) == (8, 2, 10, 0)


def test_chosen_filters_are_carried_on_by_every_form(client: Client, reindex: Reindex) -> None:
    make_waters(1)
    reindex()

    page = text(client.get("/search/?q=water&zone=blue&country=KE&sort=title&view=table&columns=zone"))

    for field in ('name="zone" value="blue"', 'name="country" value="KE"', 'name="sort" value="title"'):
        assert f'<input type="hidden" {field}>' in page
    assert '<input type="checkbox" name="columns" value="zone" checked>' in page


@pytest.mark.parametrize(
    "query",
    [
        "page=999999999",
        "page=-5",
        "sort=nonsense",
        "q=" + "water+" * 300,
        "q=" + "x" * 5000,
        "q=%00",
        "theme=%00&organisation=%00",
        "country=ZZ&zone=nonsense&portfolio=nobody&sdg_goal=99&sdg_target=99.9&language=xx&year=never&sector=%27",
        "kind=&theme=&q=",
        'q="',
        "q=-",
        "q=-water",
        "view=table&columns=nonsense",
        "filters=1&all=nonsense",
        "export=pdf",
    ],
)
@pytest.mark.parametrize("address", ["/search/", "/search/facets/", "/search/suggest/"])
def test_bad_address_is_answered(client: Client, reindex: Reindex, address: str, query: str) -> None:
    make_waters(1)
    reindex()

    assert client.get(f"{address}?{query}").status_code == 200


def test_page_beyond_the_last_is_the_last(client: Client, reindex: Reindex) -> None:
    make_waters(23)
    reindex()

    answer = client.get("/search/?q=water&kind=initiative&sort=title&page=999999999")

    assert (answer.context["page"].number, titles(answer)) == (2, ["Water 020", "Water 021", "Water 022"])
    assert "/search/?q=water&kind=initiative&sort=title&page=1" in text(answer)


def test_list_costs_the_same_for_one_and_for_fifty(
    client: Client, reindex: Reindex, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_member(make_network()))
    made = make_waters(50)
    reindex()
    client.get("/search/?q=water")

    for address in ("/search/?", "/search/?view=table&", "/search/facets/?filters=1&"):
        with django_assert_num_queries(_queries(client, f"{address}q=%22{made[0].label}%22")):
            client.get(f"{address}q=water")


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_file_holds_exactly_the_list(client: Client, reindex: Reindex, form: str) -> None:
    make_waters(45)
    make_initiative(title={"en": "Water elsewhere"}, countries=["PE"])
    reindex()
    query = "q=water&country=KE&sort=title&columns=title,zone,theme,country"

    listed = [title for page in (1, 2, 3) for title in titles(client.get(f"/search/?{query}&page={page}"))]
    answer = client.get(f"/search/?{query}&page=2&export={form}")

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    head: list[Any]
    rows: list[list[Any]]
    if form == "csv":
        head, *rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    else:
        head, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert head == ["Title", "Theme", "Country", "Zone"]
    assert [row[0] for row in rows] == listed
    assert rows[0] == ["Water 000", "Water", "Kenya", "Blue: carried out"]


def test_table_shows_the_chosen_columns(client: Client, reindex: Reindex) -> None:
    make_waters(1)
    reindex()

    answer = client.get("/search/?q=water&kind=initiative&view=table&columns=zone&columns=title")

    assert [str(column.label) for column in answer.context["columns"]] == ["Title", "Zone"]
    assert 'data-label="Zone">Blue: carried out' in text(answer)


def test_record_hidden_since_it_was_indexed_stands_in_no_table(client: Client, reindex: Reindex) -> None:
    [initiative] = make_waters(1)
    reindex()
    Initiative.objects.filter(pk=initiative.pk).update(visibility="private")

    answer = client.get("/search/?q=water&kind=initiative&view=table")

    assert answer.context["rows"] == []


def test_portfolio_is_offered_to_those_who_may_make_one(client: Client, reindex: Reindex) -> None:
    make_waters(1)
    network = make_network()
    people = {"visitor": None, "member": make_member(network), "steward": make_steward(network), "admin": make_admin()}
    reindex()

    offered = {}
    for name, user in people.items():
        client.logout() if user is None else client.force_login(user)
        offered[name] = "/portfolios/new/?search=q%3Dwater%26country%3DKE" in text(
            client.get("/search/?q=water&country=KE&page=1")
        )

    assert offered == {"visitor": False, "member": False, "steward": True, "admin": True}


def test_nothing_found_says_what_to_do(client: Client, reindex: Reindex) -> None:
    make_waters(1)
    reindex()

    page = text(client.get("/search/?q=water&country=PE"))

    assert "Take off a filter" in page
    assert "Search everything for “water”" in page


def test_missing_index_is_said(client: Client) -> None:
    assert "The search index is being built" in text(client.get("/search/?q=water"))


def test_suggestions_come_by_kind(client: Client, reindex: Reindex) -> None:
    make_initiative(title={"en": "Repair café"})
    make_organisation(title={"en": "Repair guild"})
    make_resource(title={"en": "Repair manual"}, visibility="public")
    reindex()

    page = client.get("/search/suggest/?q=repa")

    assert {str(label): len(items) for label, items in page.context["groups"]} == {
        "Initiative": 1,
        "Organisation": 1,
        "Resource": 1,
    }
    assert "Search everything for “repa”" in text(page)


def test_suggestions_bear_with_a_word_that_has_just_begun(client: Client, reindex: Reindex) -> None:
    make_initiative(title={"en": "Repair café"})
    reindex()

    assert "Repair" in text(client.get("/search/suggest/?q=repair+c"))
    assert text(client.get("/search/suggest/?q=r")).strip() == ""
    assert "Nothing begins with “xylophone”" in text(client.get("/search/suggest/?q=xylophone"))
