"""The initiatives and resources of a network as lists."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from polyfolio.vocabulary.models import Theme
from tests.factories.network import make_body, make_network
from tests.factories.people import make_steward
from tests.factories.portfolios import make_initiative, make_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return make_network(slug="hub")


def shown(client, query: str = "", page: str = "initiatives") -> list[str]:
    return [row.label for row in client.get(f"/networks/hub/{page}/{query}").context["listing"].rows]


@pytest.fixture
def field(network):
    theme = Theme.objects.get(slug="textiles")
    buying = make_body(network, slug="buying", title={"en": "Buying well"})
    make_initiative(
        network,
        title={"en": "Repair counters"},
        kind="pilot",
        status="implementation",
        countries=["VN", "LA"],
        themes=[theme],
        programmes=[buying],
    )
    make_initiative(network, title={"en": "Second life"}, kind="campaign", status="closed")
    make_initiative(
        network,
        title={"en": "Asleep"},
        kind="idea",
        last_substantive_update_at=timezone.now() - timedelta(days=1200),
    )
    make_initiative(network, title={"en": "Secret"}, visibility="stewards")
    make_initiative(make_network(), title={"en": "Elsewhere"})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Repair counters", "Second life"]),
        ("?sort=-title", ["Second life", "Repair counters"]),
        ("?dormant=with", ["Asleep", "Repair counters", "Second life"]),
        ("?dormant=only", ["Asleep"]),
        ("?q=REPAIR", ["Repair counters"]),
        ("?kind=pilot", ["Repair counters"]),
        ("?status=closed", ["Second life"]),
        ("?programme=buying", ["Repair counters"]),
        ("?theme=textiles", ["Repair counters"]),
        ("?country=VN", ["Repair counters"]),
        ("?kind=dragon&country=XX&status=", ["Repair counters", "Second life"]),
    ],
)
def test_initiatives_are_filtered(client, field, query, expected):
    assert shown(client, query) == expected


def test_figure_of_the_network_opens_exactly_what_it_counts(client, field, network):
    assert client.get("/networks/hub/").context["initiative_count"] == len(shown(client, "?dormant=with"))
    client.force_login(make_steward(network))
    assert client.get("/networks/hub/").context["initiative_count"] == len(shown(client, "?dormant=with")) == 4


def test_filters_are_chips_that_can_be_taken_off(client, field):
    response = client.get("/networks/hub/initiatives/?q=repair&kind=pilot&dormant=with")

    assert [(chip.label, chip.query) for chip in response.context["chips"]] == [
        ("Words in the title: “repair”", "kind=pilot&dormant=with"),
        ("Kind: pilot", "q=repair&dormant=with"),
    ]


def test_export_holds_what_the_list_shows(client, field):
    file = client.get("/networks/hub/initiatives/?kind=pilot&columns=title,countries,programmes,themes&export=csv")

    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["Initiative", "Programmes", "Themes", "Countries"],
        ["Repair counters", "Buying well", "Textiles and fashion", "Vietnam; Laos"],
    ]


def test_resources(client, network):
    make_resource(network, title={"en": "A guide"}, kind="guideline", visibility="public")
    make_resource(network, title={"en": "A tool"}, kind="tool", visibility="public")

    assert shown(client, page="resources") == ["A guide", "A tool"]
    assert shown(client, "?kind=tool", page="resources") == ["A tool"]
    assert shown(client, "?q=guide", page="resources") == ["A guide"]


@pytest.mark.parametrize("page", ["initiatives", "resources"])
def test_empty_lists_teach(client, network, page):
    assert b"yet" in client.get(f"/networks/hub/{page}/").content
    assert b"Take off a filter" in client.get(f"/networks/hub/{page}/?q=x").content


@pytest.mark.parametrize("page", ["initiatives", "resources"])
def test_lists_cost_the_same_for_one_and_fifty(queries_of, network, page):
    theme = Theme.objects.get(slug="textiles")
    body = make_body(network)

    def add(number: int) -> None:
        for _each in range(number):
            make_initiative(network, countries=["VN"], themes=[theme], programmes=[body])
            make_resource(network, visibility="public").themes.set([theme])

    add(1)
    one = queries_of(f"/networks/hub/{page}/")
    add(49)

    assert queries_of(f"/networks/hub/{page}/") == one <= 10
