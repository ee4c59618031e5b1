"""Coming in with a code, acting over plain HTTP, and what strangers are not told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.models import Decision, Stocktake, Workshop, WorkshopSeat
from polyfolio.web.workshops import guessing
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def portfolio() -> Portfolio:
    quiet = make_initiative(title={"en": "Quiet kettles"}, visibility=Visibility.STEWARDS)
    return make_portfolio(core=[make_initiative(title={"en": "Repair counters"}), quiet])


@pytest.fixture
def steward(portfolio: Portfolio) -> User:
    return make_steward(portfolio)


@pytest.fixture
def workshop(portfolio: Portfolio, steward: User) -> Workshop:
    made = make_workshop(portfolio, facilitator=steward)
    made.initiatives.set(
        portfolio.entries.filter(initiative__label="Repair counters").values_list("initiative", flat=True)
    )
    return made


@pytest.fixture
def leader(workshop: Workshop, steward: User) -> Client:
    client = Client()
    client.force_login(steward)
    client.post(f"{workshop.get_absolute_url()}lead/")
    client.post(f"/w/{workshop.code}/lead/", {"kind": "start"})
    return client


def join(workshop: Workshop, name: str = "Amina") -> Client:
    client = Client()
    answer = client.post("/w/", {"code": workshop.code.lower(), "name": name})
    assert answer["Location"] == f"/w/{workshop.code}/"
    return client


def send(client: Client, workshop: Workshop, *acts: Any, since: Any = 0) -> Any:
    body = json.dumps({"acts": acts, "since": since})
    return client.post(f"/w/{workshop.code}/acts/", body, content_type="application/json")


def note(name: str, step: int, text: str = "Hello") -> dict[str, Any]:
    return {"client_id": name, "kind": "note", "step": step, "target": "", "payload": {"text": text, "layer": ""}}


def test_a_name_and_the_code_are_enough_and_only_what_was_chosen_is_shown(workshop: Workshop) -> None:
    client = join(workshop)

    room = client.get(f"/w/{workshop.code}/").content.decode()

    assert "Repair counters" in room
    assert "Quiet kettles" not in room
    assert workshop.portfolio.title["en"] not in room


def test_the_key_is_kept_by_the_device_alone(workshop: Workshop) -> None:
    cookie = join(workshop).cookies[f"seat-{workshop.code}"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/w/")
    assert cookie.value not in str(WorkshopSeat.objects.values())


def test_one_act_is_on_everybodys_screen_once_and_nothing_new_costs_one_query(
    workshop: Workshop, leader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = join(workshop), join(workshop, "Bo")
    leader.post(f"/w/{workshop.code}/lead/", {"kind": "step", "step": "3"})
    behind = other.get(f"/w/{workshop.code}/since/0/").json()["sequence"]

    sent = [send(one, workshop, note("a", 3)).json() for _again in range(2)]

    assert sent[0]["answers"] == sent[1]["answers"]
    answer = other.get(f"/w/{workshop.code}/since/{behind}/")
    assert [(act[3], act[5]["text"]) for act in answer.json()["acts"]] == [("note", "Hello")]
    now = answer.json()["sequence"]
    with django_assert_num_queries(1):
        same = other.get(f"/w/{workshop.code}/since/{now}/", headers={"If-None-Match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_what_is_hidden_comes_after_it_was_revealed(workshop: Workshop, leader: Client) -> None:
    one, other = join(workshop), join(workshop, "Bo")
    leader.post(f"/w/{workshop.code}/lead/", {"kind": "step", "step": "1"})
    send(one, workshop, note("a", 1))

    def texts(client: Client) -> list[str]:
        acts = client.get(f"/w/{workshop.code}/since/0/").json()["acts"]
        return [act[5]["text"] for act in acts if act[3] == "note"]

    assert (texts(one), texts(other), texts(leader)) == (["Hello"], [], [])
    assert leader.get(f"/w/{workshop.code}/since/0/").json()["acted"] == 1
    leader.post(f"/w/{workshop.code}/lead/", {"kind": "reveal", "step": "1"})
    assert texts(other) == ["Hello"]


def test_wrong_codes_are_counted_and_soon_nobody_from_there_may_guess(workshop: Workshop) -> None:
    client = Client()
    for _guess in range(guessing.MOST):
        assert client.post("/w/", {"code": "ZZZZZZ", "name": "x"}).status_code == 422

    answers = [client.post("/w/", {"code": workshop.code, "name": "x"}), client.get("/w/")]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert not WorkshopSeat.objects.exists()


def test_without_a_seat_nothing_is_told(workshop: Workshop) -> None:
    client = Client()
    for address in (f"/w/{workshop.code}/since/0/", "/w/ZZZZZZ/since/0/"):
        assert client.get(address).status_code == 404
    assert send(client, workshop, note("a", 0)).status_code == 404
    assert client.get(f"/w/{workshop.code}/")["Location"] == f"/w/?code={workshop.code}"
    other = make_workshop(make_portfolio())
    assert join(workshop).get(f"/w/{other.code}/since/0/").status_code == 404


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"acts": 3}', '{"acts": [3]}', '{"acts": [], "since": "x"}', '{"acts": ' + "[1]" * 150_000 + "}"],
)
def test_what_is_not_an_act_is_a_bad_request(body: str, workshop: Workshop, leader: Client) -> None:
    answer = join(workshop).post(f"/w/{workshop.code}/acts/", body, content_type="application/json")

    assert (answer.status_code, bool(answer.json()["detail"])) == (400, True)


def test_a_crooked_act_is_refused_and_the_others_count(workshop: Workshop, leader: Client) -> None:
    leader.post(f"/w/{workshop.code}/lead/", {"kind": "step", "step": "3"})
    told = send(join(workshop), workshop, {"client_id": "x", "step": "three"}, note("a", 3)).json()

    assert [(each["client_id"], bool(each["refused"])) for each in told["answers"]] == [("x", True), ("a", False)]


def test_only_the_facilitator_leads(workshop: Workshop, leader: Client) -> None:
    guest = join(workshop)

    assert guest.post(f"/w/{workshop.code}/lead/", {"kind": "step", "step": "2"}).status_code in (302, 403)
    assert leader.post(f"/w/{workshop.code}/lead/", {"kind": "step", "step": "nine"}).status_code == 400
    assert Workshop.objects.get().current_step == 0


def test_ending_leads_to_the_stocktake_with_the_chosen_decisions(workshop: Workshop, leader: Client) -> None:
    leader.post(f"/w/{workshop.code}/lead/", {"kind": "step", "step": "5"})
    proposal = {"client_id": "p", "kind": "propose", "step": 5, "payload": {"text": "Boost repair", "kind": "boost"}}
    sequence = send(join(workshop), workshop, proposal).json()["answers"][0]["sequence"]
    address = f"{workshop.get_absolute_url()}end/"
    assert "Boost repair" in leader.get(address).content.decode()

    answer = leader.post(address, {"chosen": [str(sequence)]})

    assert answer["Location"] == Stocktake.objects.get().get_absolute_url()
    assert Decision.objects.get().title == "Boost repair"
    assert "Boost repair" in leader.get(workshop.get_absolute_url()).content.decode()
    for name in ("kit", "report"):
        file = leader.get(f"{workshop.get_absolute_url()}{name}.pdf")
        assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


def test_steward_plans_and_rewords_its_steps(portfolio: Portfolio, steward: User, client: Client) -> None:
    client.force_login(steward)
    sent: dict[str, Any] = {"title": "Together", "kind": "stocktake", "held_on": "2026-05-01"}
    assert client.post(f"/portfolios/{portfolio.slug}/workshops/new/", sent | {"held_on": ""}).status_code == 422
    client.post(f"/portfolios/{portfolio.slug}/workshops/new/", sent)
    made = Workshop.objects.get()
    rows = {"steps-TOTAL_FORMS": str(len(made.steps)), "steps-INITIAL_FORMS": str(len(made.steps))}
    for number in range(len(made.steps)):
        rows |= {f"steps-{number}-title": f"Step {number}", f"steps-{number}-minutes": "7"}

    assert client.post(f"{made.get_absolute_url()}edit/", sent | rows).status_code == 302

    made.refresh_from_db()
    assert [(step["title"], step["minutes"]) for step in made.steps] == [
        (f"Step {n}", 7) for n in range(len(made.steps))
    ]
    assert made.steps[2]["board"] == "zones"


def test_who_reads_a_workshop(workshop: Workshop, portfolio: Portfolio) -> None:
    readers = {"member": make_member(portfolio), "somebody": make_user(), "visitor": None}
    codes = {}
    for name, user in readers.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        codes[name] = client.get(workshop.get_absolute_url()).status_code
        assert workshop.code not in client.get(f"/portfolios/{portfolio.slug}/workshops/").content.decode()
    assert codes == {"member": 200, "somebody": 403, "visitor": 302}
