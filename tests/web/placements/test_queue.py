"""Going through initiatives one after another: own ones first, back, undo, the first tap kept, thanks at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from polyfolio.notify import steps
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Placement, Standing
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, standing_of

pytestmark = pytest.mark.django_db

SPEAKING = "We explore an uncertain future by experiments."


@pytest.fixture
def portfolio() -> Portfolio:
    network = make_network()
    return make_portfolio(network, core=[make_initiative(network, title={"en": "Apples"})])


@pytest.fixture
def apples(portfolio: Portfolio) -> Initiative:
    return portfolio.entries.get().initiative


@pytest.fixture
def own(portfolio: Portfolio) -> tuple[Initiative, User]:
    """An initiative of an organisation, and its focal point, who takes no part in the portfolio otherwise."""
    organisation = make_organisation(portfolio.network)
    initiative = make_initiative(portfolio.network, owners=[organisation], title={"en": "Zinc roofs"})
    make_entry(portfolio, initiative, portfolio_class="affiliated")
    return initiative, make_member(organisation, "focal_point")


def at(portfolio: Portfolio, query: str = "") -> str:
    return f"/portfolios/{portfolio.slug}/place/{query}"


def test_first_tap_is_kept_until_the_second(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    client.force_login(make_steward(portfolio))

    first = client.post(at(portfolio), {"initiative": apples.pk, "purpose": "ant"})
    later = client.get(at(portfolio)).content.decode()
    again = client.get(at(portfolio, f"?at={apples.pk}&purpose=")).content.decode()
    client.post(at(portfolio), {"initiative": apples.pk, "purpose": "ant", "driver": "ant"})

    assert first["Location"] == at(portfolio, f"?at={apples.pk}#answers")
    assert ("What pushes it?" in later, "What pushes it?" in again) == (True, False)
    assert standing_of(portfolio, apples).facets == "ant"
    assert client.session["first-answers"] == {}


def test_own_come_first_and_the_order_stays(client: Client, portfolio: Portfolio, apples: Initiative, own: Any) -> None:
    initiative, person = own
    portfolio_member = make_member(portfolio)
    client.force_login(person)

    alone = client.get(at(portfolio)).content.decode()
    client.force_login(portfolio_member)
    every = client.get(at(portfolio, f"?at={initiative.pk}")).content.decode()

    assert ("<h1>Zinc roofs</h1>" in alone, "1 of 1" in alone) == (True, True)
    assert ("<h1>Zinc roofs</h1>" in every, "2 of 2" in every) == (True, True)
    client.force_login(person)
    assert client.post(at(portfolio), {"initiative": apples.pk, "purpose": "mis", "driver": "mis"}).status_code == 403


def test_link_to_ones_own_shows_all_to_those_without(
    client: Client, portfolio: Portfolio, apples: Initiative, own: Any
) -> None:
    client.force_login(make_steward(portfolio))

    page = client.get(at(portfolio, "?only=own")).content.decode()

    assert "1 of 2" in page


def test_who_owns_nothing_and_takes_no_part_may_not(client: Client, portfolio: Portfolio, own: Any) -> None:
    client.force_login(make_member(make_organisation(portfolio.network), "focal_point"))

    assert client.get(at(portfolio)).status_code == 403


def test_next_steps_lead_focal_points_to_their_own(client: Client, portfolio: Portfolio, own: Any) -> None:
    cache.clear()
    initiative, person = own
    today = timezone.localdate()
    before = [each for each in steps.of(person, on=today) if "Place" in str(each.title)]
    make_placement(portfolio, initiative, assessor=person)
    after = [each for each in steps.of(person, on=today) if "Place" in str(each.title)]

    assert [(each.title, each.why, each.address) for each in before] == [
        (
            f"Place 1 initiative of yours in {portfolio}",
            "Two taps each say what they are for: about 1 minute.",
            at(portfolio, "?only=own"),
        )
    ]
    assert after == []


def test_back_shows_what_one_said(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    other = make_initiative(portfolio.network, title={"en": "Berries"})
    make_entry(portfolio, other)
    client.force_login(make_steward(portfolio))
    client.post(at(portfolio), {"initiative": apples.pk, "purpose": "ada", "driver": "ada"})

    second = client.get(at(portfolio)).content.decode()
    first = client.get(at(portfolio, f"?at={apples.pk}")).content.decode()

    assert f'href="{at(portfolio, f"?at={apples.pk}")}"' in second
    assert "your answer so far" in first
    assert "1 of 2" in first


def test_wrong_tap_is_undone(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    steward = make_steward(portfolio)
    make_placement(portfolio, apples, "mis")
    client.force_login(steward)
    answer = client.post(at(portfolio), {"initiative": apples.pk, "purpose": "ada", "driver": "ada"})
    said = Placement.objects.get(assessor=steward)

    offered = client.get(answer["Location"]).content.decode()
    page = client.post(at(portfolio), {"undo": said.pk}, follow=True).content.decode()

    assert f'name="undo" value="{said.pk}"' in offered
    assert "<h1>Apples</h1>" in page
    assert (Placement.objects.count(), standing_of(portfolio, apples).facets) == (1, "mis")


def test_undo_of_the_only_view_leaves_it_unplaced(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    steward = make_steward(portfolio)
    said = make_placement(portfolio, apples, assessor=steward)
    client.force_login(steward)

    client.post(at(portfolio), {"undo": said.pk})

    assert not Standing.objects.exists()


def test_undo_is_ones_own_and_of_today(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    steward = make_steward(portfolio)
    others = make_placement(portfolio, apples)
    old = make_placement(portfolio, apples, assessor=steward, placed_at=timezone.now() - timedelta(days=2))
    client.force_login(steward)

    answers = [client.post(at(portfolio), {"undo": each}).status_code for each in (others.pk, "x", 0)]
    page = client.post(at(portfolio), {"undo": old.pk}, follow=True).content.decode()

    assert answers == [404, 404, 404]
    assert "more than a day ago" in page
    assert Placement.objects.count() == 2


def test_thanks_show_how_one_stands_beside_others(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    steward = make_steward(portfolio)
    for title, others in (("Berries", "mis"), ("Cherries", "ada"), ("Dates", None)):
        initiative = make_initiative(portfolio.network, title={"en": title})
        make_entry(portfolio, initiative)
        make_placement(portfolio, initiative, "mis", assessor=steward)
        if others:
            make_placement(portfolio, initiative, others)
    make_placement(portfolio, apples, "mis", assessor=steward)
    make_placement(portfolio, apples, "mis", "ant")
    client.force_login(steward)

    answer = client.get(at(portfolio))

    assert answer.context["tally"] == {"same": 1, "near": 1, "other": 1, "first": 1}
    assert "Thank you. You have placed all 4" in answer.content.decode()


def test_text_suggests_and_records_nothing(client: Client, portfolio: Portfolio, apples: Initiative) -> None:
    Initiative.objects.filter(pk=apples.pk).update(summary={"en": SPEAKING})
    client.force_login(make_steward(portfolio))
    form = f"/portfolios/{portfolio.slug}/initiatives/{apples.slug}/place/"

    queue = client.get(at(portfolio)).content.decode()
    plain, used = (client.get(f"{form}{query}").content.decode() for query in ("", "?use=suggestion"))

    assert "<mark>uncertain</mark>" in queue
    assert "purpose=ant#answers" in queue
    assert ('value="ant" checked' in plain, used.count('value="ant" checked')) == (False, 2)
    assert not Placement.objects.exists()


def test_placing_what_one_may_not_see_is_not_found(client: Client, portfolio: Portfolio) -> None:
    hidden = make_initiative(portfolio.network, visibility="private")
    make_entry(portfolio, hidden)
    client.force_login(make_steward(portfolio))

    answer = client.post(at(portfolio), {"initiative": hidden.pk, "purpose": "mis", "driver": "mis"})

    assert (answer.status_code, Placement.objects.count()) == (404, 0)


def test_strangers_place_nothing(client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_user())

    assert client.get(at(portfolio)).status_code == 403
