from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from polyfolio.audit.models import AuditRecord
from polyfolio.network.models import Organisation
from polyfolio.people.choices import GrantRole
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_initiative, make_participation
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

EMPTY_ROWS = {
    "identifiers-TOTAL_FORMS": "2",
    "identifiers-INITIAL_FORMS": "0",
    "places-TOTAL_FORMS": "2",
    "places-INITIAL_FORMS": "0",
}


@pytest.fixture
def network():
    return make_network(slug="hub")


@pytest.fixture
def steward(client, network):
    user = make_steward(network)
    client.force_login(user)
    return user


def given(**more: Any) -> dict[str, Any]:
    return {"title__en": "Works", "visibility": "public"} | EMPTY_ROWS | more


def test_page_shows_its_work_and_its_partners(client, network):
    works, shop, hidden = (
        make_organisation(network, slug="works", title={"en": "Works"}, country="VN", drivers={"en": "Profit."}),
        make_organisation(network, title={"en": "Shop"}),
        make_organisation(network, title={"en": "Hidden"}, visibility="private"),
    )
    parent = make_organisation(title={"en": "Ministry"})
    child, heir = (
        make_organisation(title={"en": "Branch"}, parent=works),
        make_organisation(title={"en": "Heir"}),
    )
    Organisation.objects.filter(pk=works.pk).update(parent=parent, successor=heir)
    first, second = (
        make_initiative(network, owners=[works], title={"en": "Repair counters"}),
        make_initiative(network, owners=[works], title={"en": "Second life"}),
    )
    secret = make_initiative(network, owners=[works], title={"en": "Secret"}, visibility="stewards")
    for initiative in (first, second, secret):
        make_participation(initiative, shop)
        make_participation(initiative, hidden)
    make_role(make_body(network, title={"en": "Buying well"}), organisation=works)
    make_person(works, name="Ada", may_be_named=True)

    response = client.get("/organisations/works/")
    text = response.content.decode()

    assert response.context["initiative_count"] == 2
    assert [(each.organisation, each.count) for each in response.context["partners"]] == [(shop, 2)]
    for words in ("Repair counters", "Second life", "Ministry", "Branch", "Heir", "Buying well", "Ada", "Vietnam"):
        assert words in text
    assert "Secret" not in text
    assert "Hidden" not in text
    assert child.parent == works


def test_work_opens_as_the_list_it_was_counted_from(client, network):
    works = make_organisation(network, slug="works")
    for number in range(3):
        make_initiative(network, owners=[works], title={"en": f"Initiative {number}"})

    response = client.get("/organisations/works/work/?sort=-initiative")
    file = client.get("/organisations/works/work/?sort=-initiative&columns=initiative,role&export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))

    assert [row.initiative.label for row in response.context["listing"].rows] == [
        "Initiative 2",
        "Initiative 1",
        "Initiative 0",
    ]
    assert [row[0] for row in rows] == ["Initiative", "Initiative 2", "Initiative 1", "Initiative 0"]
    assert response.context["listing"].total == client.get("/organisations/works/").context["initiative_count"]


@pytest.mark.parametrize("page", ["", "work/"])
def test_pages_cost_the_same_for_one_and_fifty(queries_of, network, page):
    works = make_organisation(network, slug="works")

    def add(number: int) -> None:
        for _each in range(number):
            make_participation(make_initiative(network, owners=[works]), make_organisation())
            make_role(make_body(network), organisation=works)
            make_person(works, may_be_named=True)

    add(1)
    one = queries_of(f"/organisations/works/{page}")
    add(49)

    assert queries_of(f"/organisations/works/{page}") == one <= 15


def test_merged_address_redirects_on_every_page(client, network, steward):
    kept, merged = make_organisation(network, slug="kept"), make_organisation(network, slug="merged")

    response = client.post("/organisations/merged/merge/", {"kept": "kept [kept]", "reason": "the same"})

    assert response["Location"] == "/organisations/kept/"
    for page in ("", "work/", "edit/"):
        moved = client.get(f"/organisations/merged/{page}")
        assert (moved.status_code, moved["Location"]) == (301, f"/organisations/kept/{page}")
    assert (kept.pk, merged.pk) == tuple(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def test_merge_says_no_in_the_form(client, network, steward):
    make_organisation(network, slug="works")

    response = client.post("/organisations/works/merge/", {"kept": "x [works]"})

    assert response.status_code == 422
    assert b"two different organisations" in response.content


def test_merge_with_what_one_does_not_steward(client, network, steward):
    make_organisation(network, slug="works")
    make_organisation(make_network(), slug="strange")

    assert client.post("/organisations/works/merge/", {"kept": "x [strange]"}).status_code == 403


def test_record_a_partner_with_everything(client, network, steward):
    theme = make_theme()
    parent = make_organisation(slug="ministry", title={"en": "Ministry"})

    response = client.post(
        "/organisations/new/?network=hub",
        given(
            title__vi="Xưởng",
            acronym="W",
            other_names="The Works\nWork Shops",
            kind="informal_group",
            country="VN",
            website="works.example",
            languages="vi",
            description__en="Mends things.",
            themes=[theme.pk],
            parent="Ministry [ministry]",
            **{
                "identifiers-0-scheme": "ROR",
                "identifiers-0-value": "05abc",
                "places-1-name": "Huế",
                "places-1-country": "VN",
                "places-1-latitude": "16.46",
            },
        ),
    )

    made = Organisation.objects.get(slug="works")
    assert response["Location"] == "/organisations/works/"
    assert (made.title, made.other_names, made.kind, made.website, made.parent) == (
        {"en": "Works", "vi": "Xưởng"},
        ["The Works", "Work Shops"],
        "informal_group",
        "https://works.example",
        parent,
    )
    assert list(made.identifiers.values_list("scheme", "value")) == [("ROR", "05abc")]
    assert list(made.places.values_list("name", "latitude")) == [("Huế", 16.46)]
    assert list(made.themes.all()) == [theme]
    assert [each.network for each in made.memberships.all()] == [network]


def test_record_asks_about_doubles_once(client, network, steward):
    make_organisation(title={"en": "The Works Ltd."}, country="VN")

    asked = client.post("/organisations/new/", given())
    assert (asked.status_code, Organisation.objects.count()) == (200, 1)
    assert "The Works Ltd." in asked.content.decode()
    assert "has the same name" in asked.content.decode()

    client.post("/organisations/new/", given(is_another="1"))
    assert Organisation.objects.count() == 2


def test_record_begins_with_the_name_that_was_looked_for(client, steward):
    assert b'value="New Works"' in client.get("/organisations/new/?name=New+Works").content
    assert client.get("/organisations/new/?network=nowhere").status_code == 404


def test_record_names_every_mistake(client, network, steward):
    make_organisation(title={"en": "Other"}).identifiers.create(scheme="ROR", value="1")
    wrong = client.post(
        "/organisations/new/",
        given(title__en="", website="no address", **{"places-0-latitude": "99", "identifiers-0-scheme": "x"}),
    )
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Write it in at least one language." in text
    assert "valid URL" in text
    assert "less than or equal to 90" in text

    taken = client.post(
        "/organisations/new/",
        given(is_another="1", **{"identifiers-0-scheme": "ROR", "identifiers-0-value": "1"}),
    )
    assert "is the identifier of “Other”" in taken.content.decode()


def test_look_alikes_while_typing(client, network, steward):
    make_organisation(title={"en": "Ministry of Water"}, country="VN")

    near = client.post("/organisations/alike/", {"title__en": "Ministry of Wat"}).content.decode()

    assert "Ministry of Water" in near
    assert "Vietnam" in near
    assert client.post("/organisations/alike/", {"title__en": ""}).content.strip() == b""


def test_edit_keeps_what_the_form_does_not_change(client, network):
    organisation = make_organisation(network, slug="works", title={"en": "Works"}, country="VN")
    organisation.identifiers.create(scheme="ROR", value="1")
    organisation.places.create(name="Huế", latitude=16.46)
    client.force_login(make_member(organisation, GrantRole.FOCAL_POINT))

    page = client.get("/organisations/works/edit/")
    assert b'value="ROR"' in page.content

    client.post(
        "/organisations/works/edit/",
        given(
            title__en="New Works",
            country="VN",
            **{
                "identifiers-INITIAL_FORMS": "1",
                "identifiers-0-scheme": "ROR",
                "identifiers-0-value": "1",
                "places-INITIAL_FORMS": "1",
                "places-0-name": "",
            },
        ),
    )

    organisation.refresh_from_db()
    assert (organisation.label, organisation.country) == ("New Works", "VN")
    assert organisation.identifiers.count() == 1
    assert not organisation.places.exists()
    row = AuditRecord.objects.get()
    assert set(row.after) == {"title", "places"}


def test_edit_names_mistakes_of_the_action(client, network, steward):
    make_organisation(network, slug="works")

    response = client.post("/organisations/works/edit/", given(parent="x [works]"))

    assert response.status_code == 422
    assert b"stand above itself" in response.content


def test_delete_and_undo(client, network, steward):
    make_organisation(network, slug="works")

    client.post("/organisations/works/delete/")
    home = client.get("/next-steps/").content.decode()
    undo = reverse("undo", args=[AuditRecord.objects.latest("pk").pk])
    assert undo in home
    assert client.get("/organisations/works/").status_code == 404

    assert client.post(undo)["Location"] == "/organisations/works/"
    assert client.get("/organisations/works/").status_code == 200


def test_texts_of_others_are_never_run(client, network):
    evil = '<script>alert("x")</script>'
    make_organisation(
        network,
        slug="works",
        title={"en": f'A "{evil}"'},
        description={"en": evil},
        other_names=[evil],
        acronym=evil,
        drivers={"en": evil},
    )

    for address in ("/organisations/works/", "/networks/hub/partners/?columns=name,acronym"):
        text = client.get(address).content.decode()
        assert evil not in text
        assert "&lt;script&gt;" in text
