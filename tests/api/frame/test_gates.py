from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from polyfolio.people.models import ApiToken
from tests.api.conftest import Caller
from tests.factories.people import PASSWORD, make_user


def test_somebody_unknown_is_asked_who_they_are(anybody: Caller) -> None:
    answered = anybody.get("/me")

    assert (answered.status, answered.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Polyfolio"')
    assert answered.body["detail"][0]["loc"] == ["header", "Authorization"]


def test_token_says_who_asks(caller: Callable[..., Caller]) -> None:
    user = make_user(name="Ada")

    answered = caller(user).get("/me")

    assert (answered.status, answered.body["name"], answered.body["may_write"]) == (200, "Ada", True)


def test_bad_token_is_not_taken_for_nobody(anybody: Caller) -> None:
    answered = anybody.get("/themes", Authorization="Bearer pf_wrong")

    assert answered.status == 401


def test_other_scheme_is_refused(anybody: Caller) -> None:
    assert anybody.get("/themes", Authorization="Basic eDp5").status == 401


def test_expired_token_is_refused(caller: Callable[..., Caller]) -> None:
    user = make_user()
    call = caller(user, expires_at=timezone.now() + timedelta(minutes=1))
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert call.get("/me").status == 401


def test_token_of_somebody_gone_is_refused(caller: Callable[..., Caller]) -> None:
    user = make_user()
    call = caller(user)
    user.is_active = False
    user.save()

    assert call.get("/me").status == 401


def test_read_only_token_reads_and_does_not_write(caller: Callable[..., Caller]) -> None:
    call = caller(make_user(name="Ada"), is_read_only=True)

    answered = call.put("/me", {"name": "Grace", "language": ""})

    assert (answered.status, answered.body["detail"][0]["message"]) == (403, "This token may read, not write.")
    assert (call.get("/me").body["name"], call.get("/me").body["may_write"]) == ("Ada", False)


def test_session_reads(client: Client, db: None) -> None:
    user = make_user()
    client.login(email=user.email, password=PASSWORD)

    assert client.get("/api/v1/me").status_code == 200


def test_session_writes_only_with_its_token_against_forgery(db: None) -> None:
    user = make_user(name="Ada")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.cookies["csrftoken"] = "a" * 32
    body = '{"name": "Grace"}'

    forged = client.put("/api/v1/me", body, content_type="application/json")
    honest = client.put("/api/v1/me", body, content_type="application/json", headers={"X-CSRFToken": "a" * 32})

    assert (forged.status_code, honest.status_code, honest.json()["name"]) == (403, 200, "Grace")


def test_nul_in_an_address_is_refused(anybody: Caller) -> None:
    answered = anybody.get("/themes?q=%00")

    assert (answered.status, answered.body["detail"][0]["loc"]) == (422, ["query", "q"])


def test_nul_in_a_body_is_refused(caller: Callable[..., Caller]) -> None:
    answered = caller(make_user()).put("/me", b'{"name": "a\\u0000b"}')

    assert (answered.status, answered.body["detail"][0]["remedy"]) == (400, "Send JSON in UTF-8, without NaN and NUL.")
