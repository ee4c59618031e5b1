from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from polyfolio.audit.models import AuditRecord
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Person
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_steward, make_user

pytestmark = pytest.mark.django_db

EMPTY_ROWS = {"works_at-TOTAL_FORMS": "2", "works_at-INITIAL_FORMS": "0"}


@pytest.fixture
def network():
    return make_network()


@pytest.fixture
def steward(client, network):
    user = make_steward(network)
    client.force_login(user)
    return user


def test_page_shows_work_and_roles_and_hides_the_address(client, network):
    works = make_organisation(network, title={"en": "Works"})
    person = make_person(works, name="Ada", email="ada@example.org", may_be_named=True, languages=["vi"])
    make_role(make_body(network, title={"en": "Desk"}), person=person, capacity=Capacity.LEAD)

    text = client.get(f"/persons/{person.pk}/").content.decode()

    assert "Works" in text
    assert "Desk" in text
    assert "ada@example.org" not in text
    client.force_login(make_steward(network))
    assert "ada@example.org" in client.get(f"/persons/{person.pk}/").content.decode()


def test_who_did_not_agree_is_not_there(client):
    assert client.get(f"/persons/{make_person().pk}/").status_code == 404


def test_record_edit_delete_and_undo(client, network, steward):
    make_organisation(network, slug="works", title={"en": "Works"})

    made = client.post(
        "/persons/new/",
        {
            "name": "Ada",
            "email": "ada@example.org",
            "languages": "vi\nen",
            "works_at-0-organisation": "Works [works]",
            "works_at-0-title": "Engineer",
            "works_at-0-since_on": "2020-01-01",
        }
        | EMPTY_ROWS,
    )
    person = Person.objects.get()
    assert made["Location"] == f"/persons/{person.pk}/"
    assert list(person.affiliations.values_list("organisation__slug", "title", "since_on")) == [
        ("works", "Engineer", date(2020, 1, 1))
    ]
    assert "Works [works]" in client.get(f"/persons/{person.pk}/edit/").content.decode()

    client.post(f"/persons/{person.pk}/edit/", {"name": "Ada L.", "may_be_named": "on"} | EMPTY_ROWS)
    person.refresh_from_db()
    assert (person.name, person.may_be_named, person.affiliations.count()) == ("Ada L.", True, 0)

    client.post(f"/persons/{person.pk}/delete/")
    assert client.get(f"/persons/{person.pk}/").status_code == 404
    client.post(reverse("undo", args=[AuditRecord.objects.latest("pk").pk]))
    assert client.get(f"/persons/{person.pk}/").status_code == 200


def test_forms_name_their_mistakes(client, network, steward):
    make_organisation(network, slug="works", title={"en": "Works"})
    person = make_person(created_by=steward)
    rows = EMPTY_ROWS | {
        "works_at-0-organisation": "Works [works]",
        "works_at-0-since_on": "2026-01-01",
        "works_at-0-until_on": "2025-01-01",
    }

    for address in ("/persons/new/", f"/persons/{person.pk}/edit/"):
        nameless = client.post(address, {"name": ""} | EMPTY_ROWS)
        backwards = client.post(address, {"name": "Ada"} | rows)
        assert (nameless.status_code, backwards.status_code) == (422, 422)
        assert b"before the first" in backwards.content


def test_forget_says_what_it_does_and_does_it(client, network, steward):
    person = make_person(name="Zoë", email="zoe@example.org", created_by=steward)
    make_role(make_body(network), person=person)

    asked = client.get(f"/persons/{person.pk}/forget/").content.decode()
    assert "One role stays recorded" in asked

    client.post(f"/persons/{person.pk}/forget/")
    assert Person.objects.get(pk=person.pk).name == "[erased]"


def test_own_person_is_ones_own_to_edit(client):
    user = make_user()
    person = make_person(user=user)
    client.force_login(user)

    assert client.get(f"/persons/{person.pk}/edit/").status_code == 200
