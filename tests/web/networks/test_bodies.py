from __future__ import annotations

from datetime import date

import pytest

from polyfolio.network.choices import BodyKind
from polyfolio.network.models import Body, Network, Role
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_steward

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


def test_bodies_show_what_stands_under_them(client, network):
    top = make_body(network, title={"en": "Top"})
    middle = make_body(network, title={"en": "Middle"}, parent=top)
    make_body(network, title={"en": "Bottom"}, parent=middle)

    response = client.get("/networks/hub/bodies/")

    [(found, below)] = response.context["tree"]
    assert (found, [each.label for each in below]) == (top, ["Middle", "Bottom"])


def test_empty_bodies_teach(client, network):
    assert "A programme works on a part" in client.get("/networks/hub/bodies/").content.decode()


def test_body_is_made_edited_and_deleted(client, network, steward):
    top = make_body(network, slug="top")

    made = client.post(
        "/networks/hub/bodies/new/",
        {"title__en": "Desk", "kind": BodyKind.COORDINATION_DESK, "parent": top.pk, "position": 3},
    )
    assert made["Location"] == "/networks/hub/bodies/desk/"

    client.post("/networks/hub/bodies/desk/edit/", {"title__en": "Our desk", "kind": "board", "position": 0})
    body = Body.objects.get(slug="desk")
    assert (body.label, body.kind, body.parent) == ("Our desk", "board", None)

    client.post("/networks/hub/bodies/desk/delete/")
    assert client.get("/networks/hub/bodies/desk/").status_code == 404


def test_body_form_names_its_mistakes(client, network, steward):
    make_body(network, slug="desk")

    for address in ("/networks/hub/bodies/new/", "/networks/hub/bodies/desk/edit/"):
        assert client.post(address, {"kind": "board", "position": 0}).status_code == 422


def test_role_is_appointed_changed_superseded_ended_and_taken_out(client, network, steward):
    body = make_body(network, slug="desk")
    ada, bo = make_person(name="Ada"), make_person(name="Bo")
    organisation = make_organisation(network, slug="works", title={"en": "Works"})
    for person in (ada, bo):
        person.affiliations.create(organisation=organisation)

    client.post(
        "/networks/hub/bodies/desk/roles/new/",
        {
            "person": f"Ada [{ada.pk}]",
            "organisation": "Works [works]",
            "capacity": "focal_point",
            "since_on": "2025-01-01",
        },
    )
    role = Role.objects.get()
    address = f"/networks/hub/bodies/desk/roles/{role.pk}/"
    client.post(address, {"capacity": "focal_point", "since_on": "2025-01-01", "pledge": "a day a week"})
    role.refresh_from_db()
    assert role.pledge == "a day a week"

    offered = client.get(f"/networks/hub/bodies/desk/roles/new/?supersedes={role.pk}").content.decode()
    assert "It takes the place of Ada" in offered
    client.post(
        f"/networks/hub/bodies/desk/roles/new/?supersedes={role.pk}",
        {
            "person": f"Bo [{bo.pk}]",
            "organisation": "Works [works]",
            "capacity": "focal_point",
            "since_on": "2026-01-01",
        },
    )
    role.refresh_from_db()
    new = role.superseded_by
    assert new is not None
    assert (new.person, role.until_on) == (bo, date(2025, 12, 31))

    page = client.get("/networks/hub/bodies/desk/").context
    assert ([each.person for each in page["current"]], [each.person for each in page["others"]]) == ([bo], [ada])

    client.post(f"/networks/hub/bodies/desk/roles/{new.pk}/end/")
    client.post(f"/networks/hub/bodies/desk/roles/{new.pk}/delete/")
    new.refresh_from_db()
    assert new.until_on is not None
    assert new.is_deleted
    assert body.roles.count() == 2


@pytest.mark.parametrize("asked", ["0", "x"])
def test_nothing_is_superseded_by_mistake(client, network, steward, asked):
    make_body(network, slug="desk")

    assert client.get(f"/networks/hub/bodies/desk/roles/new/?supersedes={asked}").status_code == 404


def test_role_form_names_its_mistakes(client, network, steward):
    body = make_body(network, slug="desk")
    role = make_role(body)

    nobody = client.post("/networks/hub/bodies/desk/roles/new/", {"capacity": "lead", "since_on": "2025-01-01"})
    backwards = client.post(
        f"/networks/hub/bodies/desk/roles/{role.pk}/",
        {"capacity": "lead", "since_on": "2025-01-01", "until_on": "2024-01-01"},
    )

    assert (nobody.status_code, backwards.status_code) == (422, 422)
    assert b"Say who" in nobody.content
    assert b"cannot end before it begins" in backwards.content
