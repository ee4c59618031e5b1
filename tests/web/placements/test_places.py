"""Placing, zones and the queue: who may, what is kept, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Placement, Standing, ZoneStay
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> tuple[Portfolio, Initiative]:
    network = make_network()
    initiative = make_initiative(network, title={"en": "Repair counters"})
    return make_portfolio(network, core=[initiative]), initiative


def at(place: tuple[Portfolio, Initiative], what: str) -> str:
    portfolio, initiative = place
    return f"/portfolios/{portfolio.slug}/initiatives/{initiative.slug}/{what}/"


@pytest.mark.parametrize(
    ("what", "expected"),
    [("place", [302, 403, 200, 200, 200]), ("zone", [302, 403, 403, 200, 200])],
)
def test_who_may_open_the_forms(what: str, expected: list[int], client: Client, place: Any) -> None:
    portfolio, _initiative = place
    people = [None, make_user(), make_member(portfolio), make_steward(portfolio), make_admin()]

    found = []
    for person in people:
        client.logout()
        if person is not None:
            client.force_login(person)
        found.append(client.get(at(place, what)).status_code)

    assert found == expected


def test_owner_of_the_initiative_places_it(client: Client) -> None:
    network = make_network()
    organisation = make_organisation(network)
    initiative = make_initiative(network, owners=[organisation])
    place = make_portfolio(network, core=[initiative]), initiative
    client.force_login(make_member(organisation, "focal_point"))

    answer = client.post(at(place, "place"), {"purpose": "mis", "driver": "ant"})

    assert answer.status_code == 302
    assert standing_of(*place).facets == "mis ant"


def test_initiative_outside_the_portfolio_is_not_found(client: Client, place: Any) -> None:
    portfolio, _initiative = place
    client.force_login(make_steward(portfolio))

    answer = client.get(at((portfolio, make_initiative(portfolio.network)), "place"))

    assert answer.status_code == 404


def test_hidden_initiative_is_not_found(client: Client) -> None:
    network = make_network()
    hidden = make_initiative(network, visibility="private")
    place = make_portfolio(network, core=[hidden]), hidden
    client.force_login(make_steward(place[0]))

    assert client.get(at(place, "place")).status_code == 404


def test_unanswered_question_keeps_what_was_typed(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))

    answer = client.post(
        at(place, "place"), {"purpose": "ant", "ada": "30", "rationale": "Because of tides", "mis": "x"}
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Because of tides" in page
    assert 'value="ant" checked' in page
    assert not Placement.objects.exists()


def test_one_answer_alone_is_refused_beside_its_question(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))

    answer = client.post(at(place, "place"), {"purpose": "ant"})

    assert answer.status_code == 422
    assert "Answer both questions, or give shares." in answer.content.decode()


def test_shares_say_the_point(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))

    client.post(at(place, "place"), {"mis": "50", "enh": "10", "ant": "40", "rationale": "Mostly a mission"})

    placement = Placement.objects.get()
    assert (placement.x, placement.y, placement.rationale) == (0.3, 0.5, "Mostly a mission")


def test_steward_records_what_was_agreed_and_a_member_cannot(client: Client, place: Any) -> None:
    portfolio, _initiative = place
    make_placement(place[0], place[1], "ada")
    given = {"purpose": "mis", "driver": "mis", "is_agreed": "on"}

    client.force_login(make_member(portfolio))
    client.post(at(place, "place"), given)
    client.force_login(make_steward(portfolio))
    client.post(at(place, "place"), given)

    assert list(Placement.objects.order_by("pk").values_list("is_agreed", flat=True)) == [False, False, True]
    assert Standing.objects.get().is_agreed


def test_form_shows_what_others_said_and_that_they_disagree(client: Client, place: Any) -> None:
    make_placement(place[0], place[1], "mis", rationale="The council set the goal")
    make_placement(place[0], place[1], "ada", assessor_label="Somebody else")
    client.force_login(make_steward(place[0]))

    page = client.get(at(place, "place")).content.decode()

    for words in (
        "People see it differently",
        "The council set the goal",
        "Somebody else",
        "To answer needs from below",
    ):
        assert words in page


def test_placing_costs_the_same_with_many_views(
    client: Client, place: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(30):
        make_placement(place[0], place[1], "mis")
    client.force_login(make_steward(place[0]))
    client.get(at(place, "place"))

    with django_assert_max_num_queries(20):
        client.get(at(place, "place"))


def test_zone_begins_and_a_transition_asks_for_its_driver(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))
    first = client.get(at(place, "zone")).content.decode()
    begun = client.post(at(place, "zone"), {"zone": "yellow", "since_on": "2024-01-01", "evidence": "Minutes"})
    second = client.post(at(place, "zone"), {"zone": "green", "since_on": "2025-01-01", "evidence": "A contract"})
    third = client.post(at(place, "zone"), {"zone": "green", "since_on": "2025-01-01", "driver": "learning"})

    assert "What drove it there?" not in first
    assert (begun.status_code, second.status_code, third.status_code) == (302, 422, 302)
    assert "A contract" in second.content.decode()
    assert list(ZoneStay.objects.order_by("pk").values_list("zone__code", "driver")) == [
        ("yellow", ""),
        ("green", "learning"),
    ]


def test_past_stays_are_shown(client: Client, place: Any) -> None:
    make_stay(place[0], place[1], "yellow", evidence="Seed money ran out")
    client.force_login(make_steward(place[0]))

    page = client.get(at(place, "zone")).content.decode()

    assert "Seed money ran out" in page
    assert "it is here now" in page


def test_two_taps_place_one_and_lead_to_the_next(client: Client, place: Any) -> None:
    portfolio, initiative = place
    second = make_initiative(portfolio.network, title={"en": "Zinc roofs"})
    make_entry(portfolio, second)
    client.force_login(make_member(portfolio))
    address = f"/portfolios/{portfolio.slug}/place/"

    first_tap = client.get(f"{address}?at={initiative.pk}&purpose=mis").content.decode()
    second_tap = client.post(address, {"initiative": initiative.pk, "purpose": "mis", "driver": "enh"})
    page = client.get(second_tap["Location"]).content.decode()

    assert "What pushes it?" in first_tap
    assert second_tap["Location"] == f"{address}?at={second.pk}&was={initiative.pk}"
    assert "Zinc roofs" in page
    assert "You have placed 1 of 2" in page
    assert standing_of(portfolio, initiative).facets == "mis enh"


def test_queue_begins_with_what_nobody_placed(client: Client, place: Any) -> None:
    portfolio, initiative = place
    make_placement(portfolio, initiative)
    make_entry(portfolio, make_initiative(portfolio.network, title={"en": "Zinc roofs"}))
    client.force_login(make_steward(portfolio))

    page = client.get(f"/portfolios/{portfolio.slug}/place/").content.decode()

    assert "<h1>Zinc roofs</h1>" in page


def test_queue_ends_with_what_was_skipped(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))
    address = f"/portfolios/{place[0].slug}/place/"

    skipped = client.get(f"{address}?at=end").content.decode()
    client.post(address, {"initiative": place[1].pk, "purpose": "all", "driver": "all"})
    done = client.get(address).content.decode()

    assert "You skipped one of them." in skipped
    assert "You have placed the only one" in done


def test_queue_says_what_it_refuses_and_stays(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))
    address = f"/portfolios/{place[0].slug}/place/"

    answer = client.post(address, {"initiative": place[1].pk, "purpose": "nonsense", "driver": "mis"}, follow=True)

    assert "Answer both questions" in answer.content.decode()
    assert client.post(address, {"initiative": "x"}).status_code == 404


@pytest.mark.parametrize("amount", [1, 50])
def test_queue_costs_the_same_for_much_as_for_little(
    amount: int, client: Client, place: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    portfolio, _initiative = place
    for _number in range(amount):
        make_entry(portfolio, make_initiative(portfolio.network))
    client.force_login(make_steward(portfolio))
    client.get(f"/portfolios/{portfolio.slug}/place/")

    with django_assert_max_num_queries(20):
        client.get(f"/portfolios/{portfolio.slug}/place/")


def test_initiative_page_leads_to_both_forms(client: Client, place: Any) -> None:
    initiative = place[1]

    as_visitor = client.get(f"/initiatives/{initiative.slug}/").content.decode()
    client.force_login(make_steward(place[0]))
    as_steward = client.get(f"/initiatives/{initiative.slug}/").content.decode()

    assert [at(place, what) in page for page in (as_visitor, as_steward) for what in ("place", "zone")] == [
        False,
        False,
        True,
        True,
    ]
