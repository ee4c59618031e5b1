from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.actions import persons
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Person
from polyfolio.network.queries import persons as queries
from polyfolio.people.choices import GrantRole
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_create():
    organisation = make_organisation(title={"en": "Works"})
    user = make_member(organisation, GrantRole.FOCAL_POINT)

    made = persons.create(
        name=" Ada ",
        email="ada@example.org",
        may_be_named=True,
        affiliations=[{"organisation": organisation, "title": "Engineer", "since_on": date(2020, 1, 1)}],
        by=user,
        at=AT,
    )

    assert (made.name, made.created_by) == ("Ada", user)
    assert list(made.affiliations.values_list("organisation", "title", "since_on", "until_on")) == [
        (organisation.pk, "Engineer", date(2020, 1, 1), None)
    ]
    assert AuditRecord.objects.get().after["affiliations"] == [
        {
            "organisation": {"id": organisation.pk, "label": "Works"},
            "title": "Engineer",
            "since_on": "2020-01-01",
            "until_on": None,
        }
    ]


def test_create_refuses():
    admin = make_admin()
    backwards = {
        "organisation": make_organisation(),
        "since_on": date(2026, 1, 1),
        "until_on": date(2025, 1, 1),
    }

    with pytest.raises(RefusedError):
        persons.create(name=" ", by=admin, at=AT)
    with pytest.raises(RefusedError, match="before"):
        persons.create(name="Ada", affiliations=[backwards], by=admin, at=AT)
    with pytest.raises(NotAllowedError):
        persons.create(name="Ada", by=make_user(), at=AT)


def test_edit():
    organisation = make_organisation()
    person = make_person(organisation, name="Ada")

    row = persons.edit(person=person, values={"name": "Ada L."}, affiliations=[], by=make_admin(), at=AT, reason="r")

    assert row is not None
    assert row.after == {"name": "Ada L.", "affiliations": []}
    assert not person.affiliations.exists()


def test_edit_refuses():
    person = make_person()

    with pytest.raises(RefusedError):
        persons.edit(person=person, values={"name": " "}, by=make_admin(), at=AT)
    with pytest.raises(NotAllowedError):
        persons.edit(person=person, values={}, by=make_user(), at=AT)


def test_edit_of_oneself():
    user = make_user()
    person = make_person(user=user)

    row = persons.edit(person=person, values={"may_be_named": True}, by=user, at=AT)

    assert row is not None


def test_delete():
    person = make_person()

    with pytest.raises(NotAllowedError):
        persons.delete(person=person, by=make_user(), at=AT)
    persons.delete(person=person, by=make_admin(), at=AT)

    assert Person.objects.get(pk=person.pk).is_deleted


def test_link_account_gives_and_takes_what_the_roles_bring():
    body, user, other = make_body(), make_user(), make_user()
    person = make_person()
    make_role(body, person=person, capacity=Capacity.STEWARD, since_on=date(2020, 1, 1))

    persons.link_account(person=person, user=user, by=None, at=AT)
    assert ("steward", body.pk) in set(user.grants.values_list("role", "scope_id"))

    persons.link_account(person=person, user=other, by=None, at=AT)
    assert not user.grants.exists()
    assert other.grants.exists()

    persons.link_account(person=person, user=None, by=None, at=AT)
    persons.link_account(person=person, user=None, by=None, at=AT)
    assert not other.grants.exists()
    assert AuditRecord.objects.filter(verb="person.link_account").count() == 2 + 1


def test_link_account_refuses_an_account_of_another():
    user = make_user()
    make_person(user=user)

    with pytest.raises(RefusedError, match="another person"):
        persons.link_account(person=make_person(), user=user, by=None, at=AT)


def test_erase_masks_name_and_address_everywhere():
    network = make_network()
    user = make_user()
    person = make_person(make_organisation(), name="Zoë Ångström", email="zoe@example.org", user=user)
    person.affiliations.update(title="Head of everything")
    role = make_role(make_body(network), person=person, capacity=Capacity.LEAD)
    persons.edit(person=person, values={"name": "Zoë Ångström-Bell"}, by=make_admin(), at=AT)

    persons.erase(person=Person.objects.get(pk=person.pk), by=make_steward(network), at=AT)

    found = Person.objects.get(pk=person.pk)
    assert (found.name, found.email, found.user, found.may_be_named, found.is_deleted) == (
        "[erased]",
        "",
        None,
        False,
        True,
    )
    assert found.affiliations.get().title == ""
    assert role.body.roles.get().capacity == Capacity.LEAD
    assert "Zoë" not in str(list(AuditRecord.objects.values()))


def test_erase_is_refused_to_those_who_may_not():
    with pytest.raises(NotAllowedError):
        persons.erase(person=make_person(), by=make_user(), at=AT)


def test_queries():
    organisation = make_organisation()
    named = make_person(organisation, name="Ada Lovelace", may_be_named=True)
    hidden = make_person(organisation, name="Ada Hidden")
    role = make_role(make_body(), person=named)

    assert queries.find(None, named.pk) == named
    assert list(queries.at(None, organisation)) == [named]
    assert list(queries.named(None, "lovelace ada")) == [named]
    assert list(queries.roles_of(None, named)) == [role]
    with pytest.raises(Person.DoesNotExist):
        queries.find(None, hidden.pk)
