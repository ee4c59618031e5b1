from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import RequestFactory

from polyfolio.people.adapters import AccountAdapter, SocialAccountAdapter
from polyfolio.people.models import User


@pytest.mark.parametrize("is_open", [True, False])
def test_registration_is_a_setting(settings, is_open):
    settings.POLYFOLIO_OPEN_REGISTRATION = is_open

    assert AccountAdapter().is_open_for_signup(RequestFactory().get("/")) is is_open


def test_own_identity_provider_always_lets_in():
    assert SocialAccountAdapter().is_open_for_signup(RequestFactory().get("/"), None)


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"name": "Ada L."}, "Ada L."), ({"first_name": "Ada", "last_name": "L."}, "Ada L."), ({}, "")],
)
def test_name_is_taken_from_the_provider(data, expected):
    login = SocialLogin(user=User(), account=SocialAccount(provider="oidc"))

    user = SocialAccountAdapter().populate_user(RequestFactory().get("/"), login, data | {"email": "ada@example.org"})

    assert (user.name, user.email) == (expected, "ada@example.org")
