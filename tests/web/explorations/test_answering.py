"""The respondent's way through a link, without script, and everything that must not get through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from polyfolio.sensemaking.exploration.items import ItemKind, all_items
from polyfolio.sensemaking.models import Exploration, ExplorationResponse
from polyfolio.web.explorations.seats import GUESSES, cookie_name
from tests.factories.explorations import in_days, make_exploration, make_link, make_response
from tests.factories.people import make_user
from tests.sensemaking.exploration.answering import favouring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


@pytest.fixture
def exploration() -> Exploration:
    return make_exploration(title="How we support new work")


@pytest.fixture
def way(exploration: Exploration) -> str:
    return f"/explorations/answer/{make_link(exploration)}/"


def number_of(key: str) -> int:
    return [each.key for each in all_items()].index(key) + 1


def post_of(key: str, answer: dict[str, int], **more: Any) -> dict[str, Any]:
    """What a browser sends for an answer."""
    asked = all_items()[number_of(key) - 1]
    if asked.kind is ItemKind.TICKS:
        return {"ticked": list(answer)} | ({} if answer else {"none": "1"}) | more
    return {f"s-{name}": str(value) for name, value in answer.items()} | more


def answer(client: Client, way: str, key: str, given: dict[str, int], **more: Any) -> Any:
    return client.post(f"{way}{number_of(key)}/", post_of(key, given, **more))


def page(client: Client, address: str, status: int = 200) -> str:
    found = client.get(address)
    assert found.status_code == status
    return found.content.decode()


def test_from_the_link_to_ones_own_result(client: Client, exploration: Exploration, way: str) -> None:
    assert "24 short steps" in page(client, way)
    begun = client.post(way)
    assert begun["Location"] == f"{way}1/"
    kept = client.cookies[cookie_name(exploration)]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/explorations/answer/")
    for number, (key, given) in enumerate(favouring("mis").items(), start=1):
        assert answer(client, way, key, given, go="next")["Location"] == f"{way}{number + 1}/"
    assert "8 questions are open" in page(client, f"{way}overview/")
    assert "You have answered 16 of 24." in page(client, way)

    assert client.post(f"{way}overview/")["Location"] == f"{way}result/"

    shown = page(client, f"{way}result/")
    assert "Your result" in shown
    assert "1 of 5 people have answered so far" in shown
    assert ExplorationResponse.objects.get().answers == favouring("mis")
    assert client.get(f"{way}3/")["Location"] == f"{way}result/"


def test_every_step_shows_what_was_answered(client: Client, way: str) -> None:
    client.post(way)
    for asked in all_items():
        given = {asked.statements[0].key: 1}
        if asked.kind is ItemKind.RANKING:
            given = {each.key: place for place, each in enumerate(asked.statements, start=1)}
        answer(client, way, asked.key, given, note="<script>alert(1)</script>")
        shown = page(client, f"{way}{number_of(asked.key)}/")
        assert ("checked" in shown) or ("selected" in shown)
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_going_back_forward_and_skipping(client: Client, way: str) -> None:
    client.post(way)
    answer(client, way, "focus", {"mis": 4})

    assert answer(client, way, "focus", {"mis": 3}, go="back")["Location"] == way
    assert answer(client, way, "leaders", {}, go="back")["Location"] == f"{way}1/"
    assert answer(client, way, "focus", {"mis": 1}, go="skip")["Location"] == f"{way}2/"
    assert answer(client, way, "people", {"s1": 2}, go="next")["Location"] == f"{way}overview/"
    assert ExplorationResponse.objects.get().answers == {"people": {"s1": 2}}


def test_none_of_these_is_an_answer_and_nothing_is_not(client: Client, way: str) -> None:
    client.post(way)

    client.post(f"{way}{number_of('methods')}/", {"none": "1"})
    client.post(f"{way}{number_of('funded')}/", {})

    assert ExplorationResponse.objects.get().answers == {"methods": {}}


@pytest.mark.parametrize(
    ("key", "given", "words"),
    [
        ("leaders", {"s-mis": "1", "s-enh": "1", "s-ada": "2", "s-ant": "3"}, "same place"),
        ("leaders", {"s-mis": "1"}, "all four"),
        ("focus", {"s-mis": "5"}, "between 0 and 4"),
        ("focus", {"s-weather": "1"}, "no statement"),
        ("focus", {"s-mis": "<script>"}, "&lt;script&gt;"),
        ("focus", {"s-mis": "2", "note": "x" * 10_001}, "10001 letters"),
        ("methods", {"ticked": ["mis_1"], "none": "1"}, "none of these"),
        ("methods", {"ticked": ["weather"]}, "no statement"),
    ],
)
def test_refused_with_a_reason_and_what_was_typed(
    client: Client, way: str, key: str, given: dict[str, Any], words: str
) -> None:
    client.post(way)

    refused = client.post(f"{way}{number_of(key)}/", given)

    shown = refused.content.decode()
    assert (refused.status_code, words in shown, '<script>"' in shown) == (422, True, False)
    assert ExplorationResponse.objects.get().answers == {}


def test_htmx_keeps_each_choice(client: Client, way: str) -> None:
    client.post(way)

    saved = client.post(f"{way}1/", {"s-mis": "4"}, headers={"HX-Request": "true"})
    refused = client.post(f"{way}2/", {"s-mis": "1"}, headers={"HX-Request": "true"})

    assert "Saved at" in saved.content.decode()
    assert (refused.status_code, "Not saved yet" in refused.content.decode()) == (200, True)
    assert ExplorationResponse.objects.get().answers == {"focus": {"mis": 4}}


def test_closing_keeps_a_draft_and_says_so(client: Client, exploration: Exploration, way: str) -> None:
    client.post(way)
    Exploration.objects.update(state="closed")

    answer(client, way, "focus", {"mis": 4})
    handed_in = client.post(f"{way}overview/", follow=True)

    assert "kept as a draft" in handed_in.content.decode()
    assert ExplorationResponse.objects.get().answers == {"focus": {"mis": 4}}
    assert "kept as a draft" in page(client, way)
    other = Client()
    assert "takes no more answers" in page(other, way)
    assert "closed" in other.post(way, follow=True).content.decode()
    assert ExplorationResponse.objects.count() == 1


def test_before_its_first_day(client: Client) -> None:
    early = make_exploration(opens_on=in_days(3), closes_on=in_days(9))

    assert "This begins on" in page(client, f"/explorations/answer/{make_link(early)}/")


def test_old_links_say_so_and_guessed_ones_find_nothing(client: Client, exploration: Exploration) -> None:
    old = make_link(exploration, expires_at=timezone.now() - timedelta(seconds=1))

    assert "opens nothing any more" in page(client, f"/explorations/answer/{old}/", status=410)
    assert page(client, "/explorations/answer/guessed/", status=404)


def test_guessing_is_braked(client: Client, way: str) -> None:
    for number in range(GUESSES + 1):
        page(client, f"/explorations/answer/guess-{number}/", status=404)

    assert "Too many attempts" in page(client, way, status=429)
    assert client.get(way, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_each_browser_answers_for_itself(client: Client, way: str) -> None:
    client.post(way)
    answer(client, way, "focus", {"mis": 4})
    other = Client()

    assert other.get(f"{way}1/")["Location"] == way
    other.post(way)

    assert "checked" not in page(other, f"{way}1/")
    assert "checked" in page(client, f"{way}1/")
    assert ExplorationResponse.objects.count() == 2


def test_a_personal_link_leads_back_from_any_device(exploration: Exploration) -> None:
    way = f"/explorations/answer/{make_link(exploration, is_personal=True, email='ann@example.org')}/"
    first, second = Client(), Client()
    first.post(way)
    answer(first, way, "focus", {"mis": 4})

    assert "checked" in page(second, f"{way}1/")
    assert cookie_name(exploration) not in first.cookies


def test_an_account_leads_back_from_any_device(way: str) -> None:
    user = make_user()
    laptop, phone, shared = Client(), Client(), Client()
    laptop.force_login(user)
    phone.force_login(user)
    laptop.post(way)
    answer(laptop, way, "focus", {"mis": 4})
    shared.cookies.load({name: each.value for name, each in laptop.cookies.items() if name.startswith("answer-")})

    assert "checked" in page(phone, f"{way}1/")
    assert shared.get(f"{way}1/")["Location"] == way


def test_taking_back_and_deleting(client: Client, way: str) -> None:
    client.post(way)
    answer(client, way, "focus", {"mis": 4})
    client.post(f"{way}overview/")

    assert client.post(f"{way}take-back/")["Location"] == f"{way}overview/"
    client.post(f"{way}discard/")

    assert not ExplorationResponse.objects.exists()
    assert client.get(f"{way}overview/")["Location"] == way


def test_the_group_appears_with_the_fifth(client: Client, exploration: Exploration, way: str) -> None:
    for _number in range(4):
        make_response(exploration, favouring("mis"))
    client.post(way)
    answer(client, way, "focus", {"mis": 4, "enh": 1, "ada": 1, "ant": 1})
    client.post(f"{way}overview/")

    shown = page(client, f"{way}result/")

    assert "5 people answered" in shown
    assert "so far" not in shown


def test_pages_of_a_link_are_kept_by_nobody(client: Client, way: str) -> None:
    found = client.get(way)

    kept = {name: found[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
    assert kept == {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}


@pytest.mark.parametrize("tail", ["0/", "25/", "999999/"])
def test_steps_there_are_not(client: Client, way: str, tail: str) -> None:
    client.post(way)

    page(client, f"{way}{tail}", status=404)
