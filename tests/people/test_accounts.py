from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.models import Person
from polyfolio.notify.actions import notices
from polyfolio.people.actions import accounts, tokens
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import User
from polyfolio.people.queries import demo_users, grants_on, holders, stewards_of
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import PASSWORD, make_admin, make_grant, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_create_confirms_the_address():
    user = accounts.create(email=" Ada@Example.org ", name=" Ada ", password=PASSWORD, by=None, at=AT)

    assert (user.email, user.name, user.joined_at) == ("ada@example.org", "Ada", AT)
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True, email="ada@example.org").exists()
    assert AuditRecord.objects.get().verb == "user.create"


def test_create_is_the_administrators():
    accounts.create(email="a@example.org", name="", password=None, by=make_admin(), at=AT)

    with pytest.raises(NotAllowedError):
        accounts.create(email="b@example.org", name="", password=None, by=make_user(), at=AT)


def test_create_refuses_a_second_account():
    make_user(email="ada@example.org")

    with pytest.raises(RefusedError, match="already"):
        accounts.create(email="ADA@example.org", name="", password=None, by=None, at=AT)


def test_address_is_unique_whatever_its_letters():
    make_user(email="ada@example.org")

    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="ADA@example.org")])


def test_change():
    user = make_user(name="Ada")

    accounts.change(user=user, name=" Ada L. ", language="fr", by=user, at=AT)

    user.refresh_from_db()
    assert (user.name, user.language) == ("Ada L.", "fr")
    assert list(AuditRecord.objects.values_list("verb", "before", "after")) == [
        ("user.change", {"name": "Ada", "language": ""}, {"name": "Ada L.", "language": "fr"})
    ]


def test_change_of_nothing_writes_nothing():
    user = make_user(name="Ada")

    accounts.change(user=user, name="Ada", language="", by=user, at=AT)

    assert not AuditRecord.objects.exists()


def test_change_refuses_unknown_languages():
    user = make_user()

    with pytest.raises(RefusedError):
        accounts.change(user=user, name="x", language="tlh", by=user, at=AT)


def test_change_is_refused_for_others():
    with pytest.raises(NotAllowedError):
        accounts.change(user=make_user(), name="x", language="", by=make_user(), at=AT)


@pytest.mark.parametrize(("language", "expected"), [("es", "es"), ("tlh", "")])
def test_set_language(language, expected):
    user = make_user()

    accounts.set_language(user=user, language=language)

    assert User.objects.get(pk=user.pk).language == expected


def test_visit_ends_after_half_an_hour():
    user = make_user()

    assert accounts.visit(user=user, at=AT) is None
    assert accounts.visit(user=user, at=AT + timedelta(seconds=20)) is None
    assert user.visited_at == AT
    assert accounts.visit(user=user, at=AT + timedelta(minutes=10)) is None
    assert user.visited_at == AT + timedelta(minutes=10)
    assert accounts.visit(user=user, at=AT + timedelta(hours=5)) == AT + timedelta(minutes=10)


def test_demo_user_only_on_a_demo_and_only_the_demos(settings):
    flagged, other = make_user(is_demo=True), make_user()
    make_user(is_demo=True, is_active=False)

    with pytest.raises(NotAllowedError):
        accounts.demo_user(flagged.pk)
    assert list(demo_users()) == []

    settings.POLYFOLIO_DEMO = True
    assert accounts.demo_user(flagged.pk) == flagged
    assert list(demo_users()) == [flagged]
    with pytest.raises(NotAllowedError):
        accounts.demo_user(other.pk)


def whole_person():
    """Somebody with something in every room."""
    network = make_network(title={"en": "Hub"})
    user = make_steward(network, name="Zoë Ångström", email="zoe@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = make_person(make_organisation(title={"en": "Works"}), name="Zoë Ångström", email=user.email, user=user)
    make_role(make_body(network), person=person)
    tokens.create(user=user, name="export", by=user, at=AT)
    notices.give(user=user, text="Hello", at=AT)
    return user, person


def test_export_holds_everything():
    user, _person = whole_person()

    held = accounts.export(user=user, by=user)

    assert set(held) >= {"account", "log", "notices", "person", "files"}
    assert held["account"]["roles"][0]["role"] == "steward"
    assert held["account"]["tokens"][0]["name"] == "export"
    assert held["person"]["works_at"][0]["organisation"] == "Works"
    assert held["person"]["roles"][0]["capacity"] == "partner"
    assert held["notices"][0]["text"] == "Hello"
    assert held["log"][0]["what"] == "user.create_token"


def test_export_of_somebody_without_records():
    user = make_user()

    assert accounts.export(user=user, by=user)["person"] is None


def test_export_is_refused_to_others():
    with pytest.raises(NotAllowedError):
        accounts.export(user=make_user(), by=make_user())


def test_erase_forgets_the_person_in_every_room(client):
    user, person = whole_person()
    client.force_login(user)
    make_admin()
    accounts.change(user=user, name="Zoë Ångström", language="fr", by=user, at=AT)

    accounts.erase(user=user, by=user, at=AT)

    user.refresh_from_db()
    person = Person.objects.get(pk=person.pk)
    assert (user.name, user.is_active, user.has_usable_password()) == ("[erased]", False, False)
    assert user.email.endswith("@erased.invalid")
    assert (person.name, person.email, person.user, person.is_deleted) == ("[erased]", "", None, True)
    assert not user.grants.exists()
    assert not user.api_tokens.exists()
    assert not user.notices.exists()
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Session.objects.exists()
    everything = str(list(AuditRecord.objects.values()))
    assert "Zoë" not in everything
    assert "Ångström" not in everything
    assert "zoe@example.org" not in everything
    assert AuditRecord.objects.filter(verb="user.erase").exists()


def test_erase_refuses_the_only_administrator():
    admin = make_admin()

    with pytest.raises(RefusedError, match="only administrator"):
        accounts.erase(user=admin, by=admin, at=AT)

    assert User.objects.get(pk=admin.pk).is_active


def test_erase_of_one_of_two_administrators():
    admin, other = make_admin(), make_user()
    make_grant(other, GrantRole.ADMIN)

    accounts.erase(user=admin, by=other, at=AT)

    assert not User.objects.get(pk=admin.pk).is_active


def test_erase_is_refused_to_others():
    with pytest.raises(NotAllowedError):
        accounts.erase(user=make_user(), by=make_user(), at=AT)


def test_whom_to_ask():
    network = make_network()
    organisation = make_organisation(network)
    steward, admin = make_steward(network, name="Ilse"), make_admin(name="Root")
    make_member(network)

    assert list(stewards_of(organisation)) == [steward]
    assert list(stewards_of(make_organisation())) == [admin]
    assert list(stewards_of(None)) == [admin]


def test_grants_on_and_holders():
    network = make_network()
    steward, member = make_steward(network), make_member(network)
    make_steward(network, is_active=False)

    assert [grant.user for grant in grants_on(network)] == [member, steward]
    assert list(holders("network", [network.pk], ["steward"])) == [steward]


def test_users_are_called_by_name_or_address():
    assert str(make_user(name="Ada", email="ada1@example.org")) == "Ada"
    assert str(make_user(name="", email="ada2@example.org")) == "ada2"
