from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from polyfolio.people.actions import invitations, tokens
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import ApiToken, Grant, Invitation, User
from tests.factories.network import make_network, make_organisation
from tests.factories.people import PASSWORD, make_admin, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    found = make_user(name="Ada", email="ada@example.org")
    EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
    client.force_login(found)
    return found


def test_name_and_language_are_changed(client, user):
    response = client.post("/account/", {"name": "Ada L.", "language": "fr"})

    user.refresh_from_db()
    assert response["Location"] == "/account/"
    assert (user.name, user.language) == ("Ada L.", "fr")
    assert client.post("/account/", {"name": "x", "language": "tlh"}).status_code == 422


def test_roles_are_shown_and_laid_down(client, user):
    network = make_network(title={"en": "Hub"})
    grant = Grant.objects.create(user=user, role="steward", scope_type="network", scope_id=network.pk)
    Grant.objects.create(user=user, role="member", scope_type="network", scope_id=network.pk, is_derived=True)
    Grant.objects.create(user=user, role="admin", scope_type="installation")

    text = client.get("/account/").content.decode()
    assert "Hub" in text
    assert "comes with your role in a body" in text
    assert "of this installation" in text

    client.post(f"/account/roles/{grant.pk}/lay-down/")
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_role_that_cannot_be_laid_down_says_why(client, user):
    grant = Grant.objects.create(user=user, role="admin", scope_type="installation")

    client.post(f"/account/roles/{grant.pk}/lay-down/")

    assert "Somebody must be the administrator" in client.get("/account/").content.decode()


def test_account_without_roles_teaches(client, user):
    assert "No roles yet" in client.get("/account/").content.decode()


def test_token_is_shown_once(client, user):
    made = client.post("/account/tokens/", {"name": "export", "is_read_only": "on", "expires_on": "2099-12-31"})
    token = ApiToken.objects.get()
    secret = made.context["shown"]

    assert secret in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert (token.is_read_only, token.expires_at is not None and token.expires_at.year) == (True, 2099)
    assert secret not in client.get("/account/tokens/").content.decode()
    assert tokens.authenticate(secret, at=timezone.now()) == token

    client.post(f"/account/tokens/{token.pk}/revoke/")
    assert not ApiToken.objects.exists()


def test_token_form_names_its_mistakes(client, user):
    response = client.post("/account/tokens/", {"name": "x", "expires_on": "2001-01-01"})

    assert response.status_code == 422
    assert b"Choose a day to come." in response.content


def test_own_data_is_taken_along(client, user):
    response = client.get("/account/export/")

    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(response.content)["account"]["email"] == "ada@example.org"


def test_erasing_says_what_it_does_and_asks_for_the_address(client, user):
    assert "This cannot be undone" in client.get("/account/erase/").content.decode()

    wrong = client.post("/account/erase/", {"email": "somebody@example.org"})
    assert wrong.status_code == 422
    assert User.objects.get(pk=user.pk).is_active

    client.post("/account/erase/", {"email": "ADA@example.org"})
    assert not User.objects.get(pk=user.pk).is_active
    assert client.get("/account/").status_code == 302


def test_only_administrator_is_not_erased(client):
    admin = make_admin(email="root@example.org")
    client.force_login(admin)

    response = client.post("/account/erase/", {"email": "root@example.org"})

    assert response.status_code == 422
    assert b"only administrator" in response.content


def test_demo_signs_in_with_one_click(client, settings):
    flagged, other = make_user(is_demo=True, name="Ilse the steward"), make_user()
    address = reverse("demo_sign_in", args=[flagged.pk])

    assert client.post(address)["Location"].startswith("/account/login/")
    assert "Ilse the steward" not in client.get("/account/login/").content.decode()

    settings.POLYFOLIO_DEMO = True
    assert "Ilse the steward" in client.get("/account/login/").content.decode()
    assert client.post(reverse("demo_sign_in", args=[other.pk]))["Location"].startswith("/account/login/")
    assert client.post(address)["Location"] == "/next-steps/"
    assert client.get("/account/").context["user"] == flagged
    assert UserSession.objects.filter(user=flagged).count() == 1


def test_language_is_chosen_for_this_device_and_the_account(client, user):
    response = client.post("/account/language/", {"language": "es", "next": "/networks/?x=1"})

    user.refresh_from_db()
    assert response["Location"] == "/networks/?x=1"
    assert (client.cookies["django_language"].value, user.language) == ("es", "es")


@pytest.mark.parametrize(
    ("data", "leads_to"), [({"language": "tlh"}, "/"), ({"language": "fr", "next": "https://evil.example/"}, "/")]
)
def test_language_leads_nowhere_else(client, data, leads_to):
    assert client.post("/account/language/", data)["Location"] == leads_to


@pytest.fixture
def network():
    return make_network(slug="hub", title={"en": "Hub"})


@pytest.fixture
def invitation(network) -> str:
    invited = invitations.invite(
        email="new@example.org",
        role=GrantRole.EDITOR,
        record=network,
        by=make_steward(network, name="Ilse"),
        at=timezone.now(),
    )
    return invited.path


def test_invited_person_makes_an_account(client, network, invitation):
    page = client.get(invitation)
    text = page.content.decode()
    assert "Ilse invites you as <strong>editor</strong> of <strong>Hub</strong>" in text
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")

    weak = client.post(invitation, {"name": "New", "password": "short"})
    assert weak.status_code == 422

    joined = client.post(invitation, {"name": "New", "password": "a sentence to remember"})
    user = User.objects.get(email="new@example.org")
    assert joined["Location"] == "/networks/hub/"
    assert user.access.ids("network", {"editor"}) == {network.pk}
    assert client.get("/account/").context["user"] == user
    client.logout()
    assert client.get(invitation).status_code == 404


def test_invited_person_with_an_account_signs_in_first(client, network, invitation):
    make_user(email="new@example.org")

    text = client.get(invitation).content.decode()
    assert "There is an account with the address new@example.org" in text
    assert "/account/login/?next=/account/invitation/" in text
    assert client.post(invitation, {"name": "x", "password": PASSWORD}).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_invited_person_takes_it_up_signed_in(client, network, invitation, user):
    assert "Take it up as Ada" in client.get(invitation).content.decode()

    client.post(invitation)

    assert user.access.ids("network", {"editor"}) == {network.pk}


def test_invitation_to_the_installation_leads_home(client, user):
    invited = invitations.invite(
        email="x@example.org", role=GrantRole.ADMIN, record=None, by=make_admin(), at=timezone.now()
    )

    assert client.post(invited.path)["Location"] == "/next-steps/"


def test_unknown_invitation_is_not_there(client):
    assert client.get("/account/invitation/nothing/").status_code == 404


def test_steward_invites_and_takes_back(client, network, django_capture_on_commit_callbacks):
    member = make_member(network, name="Bo")
    client.force_login(make_steward(network, name="Ilse"))
    address = f"/roles/network/{network.pk}/"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"email": "new@example.org", "role": "editor"})
    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    text = client.get(address).content.decode()
    assert "Bo" in text
    assert "new@example.org" in text

    client.post(f"/roles/invitations/{Invitation.objects.get().pk}/take-back/")
    client.post(f"/roles/{member.grants.get().pk}/take-back/")
    assert not Invitation.objects.exists()
    assert not member.grants.exists()


def test_role_that_cannot_be_taken_back_says_why(client, network):
    client.force_login(make_steward(network))
    grant = Grant.objects.create(
        user=make_user(), role="member", scope_type="network", scope_id=network.pk, is_derived=True
    )

    client.post(f"/roles/{grant.pk}/take-back/")

    assert "End that role" in client.get(f"/roles/network/{network.pk}/").content.decode()


def test_invite_form_names_its_mistakes(client, network):
    client.force_login(make_steward(network))

    bad = client.post(f"/roles/network/{network.pk}/", {"email": "nobody", "role": "editor"})
    beyond = client.post(f"/roles/network/{network.pk}/", {"email": "a@example.org", "role": "admin"})

    assert (bad.status_code, beyond.status_code) == (422, 422)


def test_focal_point_invites_colleagues(client, network):
    organisation = make_organisation(network)
    client.force_login(make_member(organisation, GrantRole.FOCAL_POINT))

    page = client.get(f"/roles/organisation/{organisation.pk}/")

    assert [value for value, _label in page.context["form"].fields["role"].choices] == ["editor", "member"]
    assert client.get("/roles/dragon/1/").status_code == 404
