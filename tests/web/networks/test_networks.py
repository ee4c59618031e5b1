from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from polyfolio.audit.models import AuditRecord
from polyfolio.network.choices import Capacity, MembershipState
from polyfolio.network.models import Body, Membership, Network
from polyfolio.portfolios.models import Portfolio
from tests.factories.network import make_body, make_membership, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_steward
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network(slug="hub", title={"en": "Hub", "fr": "Pôle"}, intent={"en": "Nothing is wasted."})


@pytest.fixture
def steward(client, network):
    user = make_steward(network)
    client.force_login(user)
    return user


def partners(client, query: str = ""):
    response = client.get(f"/networks/hub/partners/{query}")
    return response, [row.organisation.label for row in response.context["listing"].rows]


def test_public_face(client, network):
    make_body(network, title={"en": "Buying well"})
    for code in ("VN", "VN", "LA", ""):
        make_organisation(network, country=code)
    make_membership(network, make_organisation(country="SE"), state=MembershipState.LAPSED)
    Portfolio.objects.create(network=network, slug="p", title={"en": "A city"}, visibility="public")

    response = client.get("/networks/hub/")
    text = response.content.decode()

    assert "Nothing is wasted." in text
    assert "Buying well" in text
    assert "A city" in text
    assert (
        response.context["partner_count"],
        response.context["country_count"],
        response.context["located_count"],
    ) == (
        4,
        2,
        3,
    )
    assert "Partners in 2 countries, most of them in Vietnam (2)" in text


def test_every_figure_opens_exactly_what_it_counts(client, network):
    for code in ("VN", "VN", "LA"):
        make_organisation(network, country=code)
    make_membership(network, make_organisation(country="VN"), state=MembershipState.WITHDRAWN)

    response = client.get("/networks/hub/")
    marks = response.context["countries"].marks

    assert {mark.name: (mark.count, len(partners(client, f"?{urlsplit(mark.href).query}")[1])) for mark in marks} == {
        "Vietnam": (2, 2),
        "Laos": (1, 1),
    }
    assert len(partners(client, "?state=active&state=overdue&state=at_risk")[1]) == response.context["partner_count"]


def test_networks_list(client, network):
    make_network(visibility="stewards", title={"en": "Secret"})

    text = client.get("/networks/").content.decode()

    assert "Hub" in text
    assert "Secret" not in text


def test_empty_networks_teach(client):
    assert "An administrator adds the first one" in client.get("/networks/").content.decode()


def test_create_and_edit(client):
    client.force_login(make_admin())
    theme = make_theme()

    made = client.post(
        "/networks/new/",
        {"title__en": "One Hub", "acronym": "OH", "visibility": "public", "themes": [theme.pk]},
    )
    assert made["Location"] == "/networks/oh/"

    edited = client.post(
        "/networks/oh/edit/", {"title__en": "Our Hub", "title__fr": "Le pôle", "acronym": "OH", "visibility": "network"}
    )
    network = Network.objects.get(slug="oh")
    assert edited["Location"] == "/networks/oh/"
    assert (network.title, network.visibility, list(network.themes.all())) == (
        {"en": "Our Hub", "fr": "Le pôle"},
        "network",
        [],
    )


def test_saving_offers_to_take_it_back(client, network, steward):
    client.post("/networks/hub/edit/", {"title__en": "Other", "visibility": "public"})
    row = AuditRecord.objects.latest("pk")

    page = client.get("/networks/hub/").content.decode()
    assert reverse("undo", args=[row.pk]) in page

    client.post(reverse("undo", args=[row.pk]))
    assert Network.objects.get(slug="hub").title == {"en": "Hub", "fr": "Pôle"}


def test_mistakes_are_named_and_nothing_is_lost(client, network, steward):
    response = client.post("/networks/hub/edit/", {"title__vi": "", "acronym": "KEPT", "visibility": "public"})

    assert response.status_code == 422
    assert b"Write it in at least one language." in response.content
    assert b"KEPT" in response.content


def test_saving_nothing_says_so(client, network, steward):
    client.post(
        "/networks/hub/edit/",
        {"title__en": "Hub", "title__fr": "Pôle", "intent__en": "Nothing is wasted.", "visibility": "public"},
    )

    assert "Nothing was changed." in client.get("/networks/hub/").content.decode()


def test_delete_and_undo(client, network):
    client.force_login(make_admin())

    client.post("/networks/hub/delete/")
    assert client.get("/networks/hub/").status_code == 404

    client.post(reverse("undo", args=[AuditRecord.objects.latest("pk").pk]))
    assert client.get("/networks/hub/").status_code == 200


def test_partners_are_filtered_sorted_and_exported_as_shown(client, network, steward):
    programme = make_body(network, slug="buying", title={"en": "Buying well"})
    person = make_person(name="Ada")
    first, second = (
        make_organisation(network, title={"en": "Álfa"}, country="VN", kind="company"),
        make_organisation(network, title={"en": "Beta"}, country="LA", kind="company"),
    )
    make_organisation(network, title={"en": "Gamma"}, kind="ngo")
    make_role(
        programme,
        organisation=first,
        person=person,
        capacity=Capacity.FOCAL_POINT,
        since_on=date(2025, 1, 1),
    )

    response, names = partners(client, "?kind=company&sort=-country")
    assert names == ["Álfa", "Beta"]
    assert partners(client, "?q=alfa")[1] == ["Álfa"]
    assert partners(client, "?programme=buying")[1] == ["Álfa"]
    assert partners(client, "?gap=focal_point&sort=name")[1] == ["Beta", "Gamma"]
    text = response.content.decode()
    assert "Kind: company" in text
    assert "Buying well" in text
    assert "Ada" in text

    file = client.get("/networks/hub/partners/?kind=company&sort=-country&columns=name,country,focal_points&export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert rows == [["Partner", "Country", "Focal points"], ["Álfa", "Vietnam", "Ada"], ["Beta", "Laos", ""]]
    assert second.label == "Beta"


def test_partners_fragment_for_htmx(client, network):
    make_organisation(network)

    response = client.get("/networks/hub/partners/", headers={"HX-Request": "true"})

    assert b"<html" not in response.content
    assert response["Vary"].startswith("HX-Request") or "HX-Request" in response["Vary"]


def test_filters_that_mean_nothing_are_left_out(client, network):
    make_organisation(network, title={"en": "Alfa"})

    assert partners(client, "?kind=dragon&country=xxx&programme=none&gap=x&page=99&sort=password")[1] == ["Alfa"]


def test_chips_lead_to_the_list_without_them(client, network):
    make_organisation(network, country="VN", kind="ngo")

    response, _names = partners(client, "?country=VN&kind=ngo&q=org&page=1")
    chips = {chip.label: parse_qs(chip.query) for chip in response.context["chips"]}

    assert chips == {
        "“org”": {"country": ["VN"], "kind": ["ngo"]},
        "Kind: non-governmental organisation": {"country": ["VN"], "q": ["org"]},
        "Country: Vietnam": {"kind": ["ngo"], "q": ["org"]},
    }


def test_counts_beside_filters_are_the_rows_they_would_leave(client, network):
    for code, kind in (("VN", "ngo"), ("VN", "company"), ("LA", "ngo")):
        make_organisation(network, country=code, kind=kind)

    response, _names = partners(client, "?country=VN")
    counts = {group.name: {value.value: value.count for value in group.values} for group in response.context["groups"]}

    assert counts["kind"] == {"ngo": 1, "company": 1}
    assert counts["country"] == {"VN": 2, "LA": 1}
    assert len(partners(client, "?country=VN&kind=ngo")[1]) == 1
    assert len(partners(client, "?country=VN&country=LA")[1]) == 3


def fill(network: Network, body: Body, number: int) -> None:
    """So many partners with a person each, programmes and portfolios."""
    for _each in range(number):
        organisation = make_organisation(network, country="VN", kind="ngo")
        make_role(body, organisation=organisation, person=make_person(may_be_named=True))
        make_body(network, parent=body)
        Portfolio.objects.create(
            network=network, slug=organisation.slug, title={"en": "A portfolio"}, visibility="public"
        )


@pytest.mark.parametrize("page", ["", "partners/", "bodies/", "bodies/desk/"])
def test_pages_cost_the_same_for_one_and_fifty(queries_of, network, page):
    body = make_body(network, slug="desk")
    fill(network, body, 1)
    one = queries_of(f"/networks/hub/{page}")
    fill(network, body, 49)

    assert queries_of(f"/networks/hub/{page}") == one <= 15


def test_partner_is_added_changed_and_taken_out(client, network, steward):
    organisation = make_organisation(slug="works", title={"en": "Works"})

    client.post("/networks/hub/partners/add/", {"organisation": "Works [works]", "state": "active"})
    assert partners(client)[1] == ["Works"]

    client.post(
        "/networks/hub/partners/works/",
        {"state": "withdrawn", "joined_on": "2020-01-01", "left_on": "2026-01-01", "reason": "moved"},
    )
    membership = Membership.objects.get(organisation=organisation)
    assert (membership.state, membership.left_on) == ("withdrawn", date(2026, 1, 1))

    client.post("/networks/hub/partners/works/", {"remove": "1"})
    assert partners(client)[1] == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Nobody", "Nothing by this name is recorded"),
        ("Works [nobody]", "Nothing by this name is recorded"),
        ("Work", "Choose one of these"),
    ],
)
def test_partner_by_a_name_that_is_not_clear(client, network, steward, words, answer):
    make_organisation(slug="works", title={"en": "Works"})
    make_organisation(slug="works-2", title={"en": "Works"})

    response = client.post("/networks/hub/partners/add/", {"organisation": words, "state": "active"})

    assert response.status_code == 422
    assert answer in response.content.decode()


def test_partner_by_its_plain_name(client, network, steward):
    make_organisation(title={"en": "Works"})
    make_organisation(title={"en": "Works and more"})

    client.post("/networks/hub/partners/add/", {"organisation": "works", "state": "active"})

    assert partners(client)[1] == ["Works"]


def test_partner_form_names_its_mistakes(client, network, steward):
    make_membership(network, make_organisation(slug="works"))

    response = client.post(
        "/networks/hub/partners/works/", {"state": "withdrawn", "joined_on": "2026-01-01", "left_on": "2020-01-01"}
    )

    assert response.status_code == 422
    assert b"cannot leave before it joins" in response.content


def test_choices_while_typing(client, steward):
    make_organisation(slug="works", title={"en": "Works"})
    person = make_person(name="Ada Lovelace", may_be_named=True)

    assert b'value="Works [works]"' in client.get("/choose/organisation/?for=parent&parent=work").content
    assert f"Ada Lovelace [{person.pk}]".encode() in client.get("/choose/person/?q=lovelace").content
    assert b"option" not in client.get("/choose/organisation/?q=w").content
    assert client.get("/choose/dragon/?q=xx").status_code == 404
