from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from polyfolio.notify.actions import notices
from tests.api.conftest import Caller
from tests.factories.network import make_network
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.portfolios import make_initiative


def test_account_names_its_roles(caller: Callable[..., Caller]) -> None:
    network = make_network()
    user = make_steward(network, name="Ada")

    me = caller(user).get("/me").body

    assert {name: me[name] for name in ("id", "name", "email", "is_admin", "may_write")} == {
        "id": user.pk,
        "name": "Ada",
        "email": user.email,
        "is_admin": False,
        "may_write": True,
    }
    assert me["grants"] == [
        {"role": "steward", "scope_type": "network", "scope_id": network.pk, "scope": network.label}
    ]


def test_token_is_made_with_a_session_only(caller: Callable[..., Caller], client: Client) -> None:
    user = make_user()
    client.force_login(user)

    by_session = client.post("/api/v1/me/tokens", {"name": "Nightly"}, content_type="application/json")
    by_token = caller(user).post("/me/tokens", {"name": "Another"})

    assert (by_session.status_code, by_session.json()["secret"][:3], by_token.status) == (201, "pf_", 403)
    assert Caller(by_session.json()["secret"]).get("/me").status == 200


def test_token_is_taken_back(caller: Callable[..., Caller]) -> None:
    call = caller(make_user())
    (token,) = call.get("/me/tokens").body["items"]

    assert (call.delete(f"/me/tokens/{token['id']}").status, call.get("/me").status) == (200, 401)


def test_notices_are_read(caller: Callable[..., Caller]) -> None:
    user = make_user()
    notice = notices.give(user=user, text="Something happened.", at=timezone.now(), address="/networks/")
    notices.give(user=make_user(), text="For somebody else.", at=timezone.now())
    call = caller(user)

    before = call.get("/me/notices?is_read=false").body["total"]
    read = call.post(f"/me/notices/{notice.pk}/read")

    assert (before, read.body["page"], read.body["read_at"] is not None) == (1, "/networks/", True)
    assert call.get("/me/notices?is_read=true").body["total"] == 1


def test_next_steps_wait_for_a_steward(caller: Callable[..., Caller]) -> None:
    assert caller(make_user()).get("/me/next-steps").body == []


def test_news_are_what_others_did(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()
    ada, grace = caller(make_admin(name="Ada")), caller(make_admin())
    ada.patch(f"/initiatives/{initiative.slug}", {"priority": "high"})
    later = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    (news,) = grace.get("/me/news").body

    assert (news["by"], news["verb"], news["subject_label"], news["changes"]) == (
        "Ada",
        "initiative.change",
        initiative.label,
        1,
    )
    assert (grace.get(news["newest"]).status, grace.get(f"/me/news?since={later}").body) == (200, [])
    assert ada.get("/me/news").body == []
