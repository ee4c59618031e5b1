"""Who may open which page: every route of these doors, enumerated from the addresses themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.actions import changes, records
from polyfolio.files.actions import attachments
from polyfolio.network.choices import Capacity
from polyfolio.notify.actions import notices
from polyfolio.people.actions import invitations, tokens
from polyfolio.people.choices import GrantRole, Visibility
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_grant, make_member, make_steward, make_user
from tests.house.test_routes import OURS

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
DOORS = (
    "account",
    "attachments",
    "bodies",
    "choosing",
    "history",
    "networks",
    "next_steps",
    "organisations",
    "persons",
)
PEOPLE = ("visitor", "somebody", "member", "focal_point", "steward", "admin")

# What each of PEOPLE gets. 302 for a visitor leads to signing in; for a POST that was allowed, to the next page.
EVERYBODY = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
SPEAKING = (302, 403, 403, 200, 200, 200)
STEWARDS = (302, 403, 403, 403, 200, 200)
ADMINS = (302, 403, 403, 403, 403, 200)
DO_ALL = (302,) * 6
DO_SPEAKING = (302, 403, 403, 302, 302, 302)
DO_STEWARDS = (302, 403, 403, 403, 302, 302)
DO_ADMINS = (302, 403, 403, 403, 403, 302)

# route → (the names of what its address holds, what each gets)
PAGES: dict[str, tuple[tuple[int, ...], dict[str, str]]] = {
    "account": (SIGNED_IN, {}),
    "account_tokens": (SIGNED_IN, {}),
    "account_export": (SIGNED_IN, {}),
    "account_erase": (SIGNED_IN, {}),
    "invitation": (EVERYBODY, {"secret": "secret"}),
    "scope_roles": (SPEAKING, {"scope_type": "organisation_type", "scope_id": "organisation"}),
    "attachment": (EVERYBODY, {"pk": "attachment", "name": "attachment_name"}),
    "attachment_add": (SIGNED_IN, {"subject_type": "organisation_type", "subject_id": "organisation"}),
    "bodies": (EVERYBODY, {"slug": "network"}),
    "body": (EVERYBODY, {"slug": "network", "body": "body"}),
    "body_new": (STEWARDS, {"slug": "network"}),
    "body_edit": (STEWARDS, {"slug": "network", "body": "body"}),
    "role_new": (STEWARDS, {"slug": "network", "body": "body"}),
    "role_edit": (STEWARDS, {"slug": "network", "body": "body", "pk": "role"}),
    "choices": (SIGNED_IN, {"kind": "organisation_type"}),
    "history": (EVERYBODY, {"subject_type": "organisation_type", "subject_id": "organisation"}),
    "networks": (EVERYBODY, {}),
    "network_new": (ADMINS, {}),
    "network": (EVERYBODY, {"slug": "network"}),
    "network_edit": (STEWARDS, {"slug": "network"}),
    "network_initiatives": (EVERYBODY, {"slug": "network"}),
    "network_resources": (EVERYBODY, {"slug": "network"}),
    "network_partners": (EVERYBODY, {"slug": "network"}),
    "network_partner_add": (STEWARDS, {"slug": "network"}),
    "network_partner": (STEWARDS, {"slug": "network", "organisation": "organisation_slug"}),
    "next_steps": (SIGNED_IN, {}),
    "notices": (SIGNED_IN, {}),
    "organisation_new": ((302, 403, 403, 200, 200, 200), {}),
    "organisation": (EVERYBODY, {"slug": "organisation_slug"}),
    "organisation_work": (EVERYBODY, {"slug": "organisation_slug"}),
    "organisation_edit": (SPEAKING, {"slug": "organisation_slug"}),
    "organisation_merge": (STEWARDS, {"slug": "organisation_slug"}),
    "person_new": (SPEAKING, {}),
    "person": (EVERYBODY, {"pk": "person"}),
    "person_edit": (SPEAKING, {"pk": "person"}),
    "person_forget": (STEWARDS, {"pk": "person"}),
}
STEPS: dict[str, tuple[tuple[int, ...], dict[str, str]]] = {
    "account_token_revoke": ((302, 404, 404, 404, 302, 404), {"pk": "token"}),
    "account_lay_down": ((302, 404, 404, 404, 302, 404), {"pk": "grant"}),
    "demo_sign_in": ((302, 403, 403, 403, 403, 403), {"pk": "user"}),
    "set_language": (DO_ALL, {}),
    "role_take_back": (DO_STEWARDS, {"pk": "grant"}),
    "invitation_take_back": (DO_STEWARDS, {"pk": "invitation"}),
    "attachment_remove": (DO_SPEAKING, {"pk": "attachment"}),
    "body_delete": (DO_STEWARDS, {"slug": "network", "body": "body"}),
    "role_end": (DO_STEWARDS, {"slug": "network", "body": "body", "pk": "role"}),
    "role_delete": (DO_STEWARDS, {"slug": "network", "body": "body", "pk": "role"}),
    "undo": ((302, 404, 404, 404, 302, 302), {"pk": "row"}),
    "bring_back": ((302, 404, 404, 404, 302, 302), {"pk": "row"}),
    "network_delete": (DO_ADMINS, {"slug": "network"}),
    "notices_read": (DO_ALL, {}),
    "notice": ((302, 404, 404, 404, 302, 404), {"pk": "notice"}),
    "organisation_alike": ((302, 403, 403, 200, 200, 200), {}),
    "organisation_delete": (DO_STEWARDS, {"slug": "organisation_slug"}),
    "person_delete": (DO_STEWARDS, {"pk": "person"}),
}


@pytest.fixture
def place() -> dict[str, Any]:
    """A network with one of everything that an address can name, and somebody of every kind."""
    network = make_network()
    body = make_body(network)
    organisation = make_organisation(network)
    person = make_person(organisation, may_be_named=True)
    steward = make_steward(network)
    role = make_role(body, organisation=organisation, person=person, capacity=Capacity.LEAD)
    now = timezone.now()
    invited = invitations.invite(email="new@example.org", role=GrantRole.MEMBER, record=network, by=steward, at=now)
    token, _secret = tokens.create(user=steward, name="x", by=steward, at=now)
    file = ContentFile(b"words", name="x")
    attachment = attachments.add(record=organisation, file=file, name="a.txt", by=steward, at=now)
    deleted = make_organisation(network)
    row = records.delete(deleted, by=steward, at=now)
    return {
        "network": network.slug,
        "body": body.slug,
        "organisation": organisation.pk,
        "organisation_slug": organisation.slug,
        "organisation_type": "organisation",
        "person": person.pk,
        "role": role.pk,
        "secret": invited.path.split("/")[-2],
        "invitation": invited.invitation.pk,
        "token": token.pk,
        "grant": make_grant(steward, GrantRole.EDITOR, network).pk,
        "user": make_user().pk,
        "attachment": attachment.pk,
        "attachment_name": "a.txt",
        "row": row.pk,
        "notice": notices.give(user=steward, text="x", at=now).pk,
        "people": {
            "visitor": None,
            "somebody": make_user(),
            "member": make_member(network),
            "focal_point": make_member(organisation, GrantRole.FOCAL_POINT),
            "steward": steward,
            "admin": make_admin(),
        },
    }


def test_no_route_is_forgotten():
    names = {
        pattern.name
        for _address, pattern in OURS
        if pattern.callback.__module__.removeprefix("polyfolio.web.").partition(".")[0] in DOORS
    }

    assert names == set(PAGES) | set(STEPS)


def ask(client, place, name: str, *, who: str, method: str = "get") -> int:
    kwargs = (PAGES | STEPS)[name][1]
    user = place["people"][who]
    if user is not None:
        client.force_login(user)
    address = reverse(name, kwargs={key: place[value] for key, value in kwargs.items()})
    response = getattr(client, method)(address)
    if response.status_code == 302 and user is None and name not in {"set_language", "demo_sign_in"}:
        assert response["Location"].startswith("/account/login/")
    return response.status_code


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_may_open_a_page(client, place, name):
    expected, _kwargs = PAGES[name]

    got = []
    for who in PEOPLE:
        client.logout()
        got.append(ask(client, place, name, who=who))

    assert dict(zip(PEOPLE, got, strict=True)) == dict(zip(PEOPLE, expected, strict=True))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", sorted(STEPS))
def test_who_may_take_a_step(client, place, name, who):
    expected, _kwargs = STEPS[name]
    method = "get" if name == "notice" else "post"

    assert ask(client, place, name, who=who, method=method) == expected[PEOPLE.index(who)]


@pytest.mark.parametrize("name", sorted(set(STEPS) - {"notice"}))
def test_steps_are_not_taken_by_opening_an_address(client, place, name):
    client.force_login(place["people"]["admin"])
    address = reverse(name, kwargs={key: place[value] for key, value in STEPS[name][1].items()})

    assert client.get(address).status_code == 405


@pytest.mark.parametrize("name", ["network", "network_partners", "bodies"])
def test_what_is_not_public_is_not_there_for_others(client, name):
    network = make_network(visibility=Visibility.STEWARDS)

    assert client.get(reverse(name, args=[network.slug])).status_code == 404
    client.force_login(make_steward(network))
    assert client.get(reverse(name, args=[network.slug])).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/organisations/{slug}/",
        "/organisations/{slug}/edit/",
        "/organisations/{slug}/work/",
        "/history/organisation/{pk}/",
        "/files/add/organisation/{pk}/",
        "/roles/organisation/{pk}/",
    ],
)
def test_hidden_organisation_is_not_there(client, address):
    hidden = make_organisation(make_network(), visibility=Visibility.STEWARDS)
    client.force_login(make_user())

    assert client.get(address.format(slug=hidden.slug, pk=hidden.pk)).status_code == 404


def test_history_of_an_account_is_its_own(client):
    user = make_user()
    changes.write(record=user, verb="user.change", by=user, at=AT)
    address = reverse("history", args=["user", user.pk])

    assert client.get(address).status_code == 404
    client.force_login(user)
    assert client.get(address).status_code == 200
