"""Signing in with allauth's pages, restyled: by password, throttled, with a second step, by invitation only."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from polyfolio.people.models import User
from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    cache.clear()
    found = make_user(email="ada@example.org", name="Ada")
    EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
    return found


def sign_in(client, password: str = PASSWORD, **more):
    return client.post("/account/login/", {"login": "ada@example.org", "password": password} | more)


def test_sign_in_leads_to_next_steps(client, user):
    assert sign_in(client)["Location"] == "/next-steps/"


def test_sign_in_leads_back_to_where_one_was(client, user):
    response = client.post("/account/login/?next=/account/tokens/", {"login": "ada@example.org", "password": PASSWORD})

    assert response["Location"] == "/account/tokens/"


def test_wrong_password_is_refused(client, user):
    response = sign_in(client, "wrong")

    assert response.status_code == 200
    assert not response.wsgi_request.user.is_authenticated


def test_guessing_is_slowed_down(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "login": "30/m/ip"}
    for _number in range(5):
        sign_in(client, "wrong")

    response = sign_in(client)

    assert not response.wsgi_request.user.is_authenticated
    assert "Too many failed login attempts" in response.content.decode()


def test_second_step_is_asked_for(client, user):
    totp.TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    response = sign_in(client)

    assert response["Location"] == reverse("mfa_authenticate")
    assert Authenticator.objects.filter(user=user).count() == 1
    assert client.get(response["Location"]).status_code == 200


def test_registration_is_by_invitation(client):
    response = client.get("/account/signup/")

    assert "Accounts here are made by invitation" in response.content.decode()


def test_registration_is_open_where_the_installation_says_so(client, settings):
    settings.POLYFOLIO_OPEN_REGISTRATION = True

    client.post("/account/signup/", {"email": "new@example.org", "password1": "a sentence to remember"})

    assert User.objects.filter(email="new@example.org").exists()


def test_password_is_reset_by_mail(client, user):
    client.post("/account/password/reset/", {"email": "ada@example.org"})

    assert mail.outbox[0].to == ["ada@example.org"]


def test_no_mail_tells_whether_somebody_has_an_account(client, user):
    response = client.post("/account/password/reset/", {"email": "nobody@example.org"})

    assert response.status_code == 302
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "usersessions_list",
        "socialaccount_connections",
    ],
)
def test_pages_of_signing_in_stand_in_our_frame(client, user, name):
    sign_in(client)

    response = client.get(reverse(name))

    if response.status_code == 302:  # asks for the password once more before it shows secrets
        response = client.get(response["Location"])
    text = response.content.decode()
    assert response.status_code == 200
    assert 'class="topbar"' in text
    assert "style=" not in text


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_pages_before_signing_in_stand_in_our_frame(client, name):
    text = client.get(reverse(name)).content.decode()

    assert 'class="sign-in"' in text
    assert "style=" not in text
