"""The toolkit every page is made of."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from polyfolio.web.forms import (
    CountryField,
)
from tests.factories.people import make_admin


def ask(path: str = "/", user: Any = None, method: str = "get", data: Any = None, **headers: str) -> Any:
    request: Any = getattr(RequestFactory(), method)(path, data or {}, headers=headers)
    request.user = user or AnonymousUser()
    request.htmx = HtmxDetails(request)
    request.resolver_match = None
    request.session = {}
    return request


def answer(request, *found, **address):
    return HttpResponse(f"{found} {address}")


@pytest.mark.django_db
def test_missing_page_is_told_kindly(client):
    response = client.get("/organisations/nobody/")

    assert response.status_code == 404
    assert b"Nothing is here" in response.content


@pytest.mark.django_db
def test_language_of_the_account_goes_before_the_browsers(client):
    client.force_login(make_admin(language="fr"))

    assert client.get("/networks/").headers["Content-Language"] == "fr"
    client.cookies["django_language"] = "es"
    assert client.get("/networks/").headers["Content-Language"] == "es"
    client.logout()
    client.cookies.clear()
    assert client.get("/networks/").headers["Content-Language"] == "en-gb"


class Somewhere(forms.Form):
    country = CountryField()


def test_countries_are_named_and_one_is_chosen():
    html = str(Somewhere(initial={"country": "VN"})["country"])

    assert html.startswith('<select id="id_country" name="country">')
    assert '<option value="VN" selected>Vietnam</option>' in html
    assert html.count(" selected") == 1
    assert html.count("<option") == 251
    assert '<option value="" selected>not known</option>' in str(Somewhere()["country"])


def test_unknown_countries_are_refused():
    assert Somewhere({"country": "XX"}).errors
    assert Somewhere({"country": "VN"}).is_valid()
