"""Beginning, editing and looking after a portfolio."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from polyfolio.people.models import Grant
from polyfolio.portfolios.checklists import BUILT_IN
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, IntentVersion, Portfolio
from tests.factories.network import make_network, make_organisation, make_person
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio, make_proposal
from tests.house.test_routes import OURS

pytestmark = pytest.mark.django_db

OPEN = (200, 200, 200, 200, 200)
EDITORS = (302, 403, 200, 200, 200)
STEWARDS = (302, 403, 403, 200, 200)
PEOPLE = ("visitor", "somebody", "editor", "steward", "admin")
PAGES = {
    "portfolios": OPEN,
    "portfolio": OPEN,
    "portfolio_initiatives": OPEN,
    "portfolio_organisations": OPEN,
    "portfolio_countries": OPEN,
    "portfolio_money": OPEN,
    "portfolio_intent": OPEN,
    "portfolio_people": OPEN,
    "portfolio_new": (302, 403, 403, 403, 200),
    "portfolio_edit": EDITORS,
    "portfolio_reword": EDITORS,
    "portfolio_scope": EDITORS,
    "portfolio_position_new": EDITORS,
    "portfolio_position": EDITORS,
    "portfolio_role_give": STEWARDS,
    "portfolio_add": STEWARDS,
    "portfolio_admissions": STEWARDS,
    "portfolio_admission": STEWARDS,
    "initiative_propose": (302, 403, 403, 403, 200),
}
STEPS = {
    "portfolio_delete": (302, 403, 403, 403, 302),
    "portfolio_scope_delete": (302, 403, 302, 302, 302),
    "portfolio_role_end": (302, 403, 403, 302, 302),
    "portfolio_admission_step": (302, 403, 403, 302, 302),
    "portfolio_entry_remove": (302, 403, 403, 302, 302),
}


@pytest.fixture
def world() -> dict[str, Any]:
    portfolio = make_portfolio(make_network())
    proposal = make_proposal(portfolio, make_initiative())
    return {
        "portfolio": portfolio,
        "proposal": proposal,
        "pk": {
            "portfolio_position": portfolio.positions.create(title={"en": "Markets"}).pk,
            "portfolio_scope_delete": portfolio.scope_statements.create(text={"en": "Textiles."}).pk,
            "portfolio_role_end": portfolio.roles.create(person=make_person()).pk,
            "portfolio_admission": proposal.pk,
            "portfolio_admission_step": proposal.pk,
            "portfolio_entry_remove": make_entry(portfolio, make_initiative()).pk,
        },
        "people": {
            "visitor": None,
            "somebody": make_user(),
            "editor": make_member(portfolio, "editor"),
            "steward": make_steward(portfolio),
            "admin": make_admin(),
        },
    }


def address_of(name: str, world: dict[str, Any]) -> str:
    if name in ("portfolios", "portfolio_new"):
        return reverse(name)
    slug = world["proposal"].initiative.slug if name == "initiative_propose" else world["portfolio"].slug
    return reverse(name, kwargs={"slug": slug} | ({"pk": world["pk"][name]} if name in world["pk"] else {}))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", [*PAGES, *STEPS])
def test_who_opens_what(client: Any, world: dict[str, Any], name: str, who: str) -> None:
    if world["people"][who] is not None:
        client.force_login(world["people"][who])
    address = address_of(name, world)

    response = client.post(address, {"verb": "begin_review"}) if name in STEPS else client.get(address)

    assert response.status_code == (PAGES | STEPS)[name][PEOPLE.index(who)]


def test_every_page_of_this_door_is_in_the_table() -> None:
    named = {pattern.name for _address, pattern in OURS if ".web.portfolios." in pattern.callback.__module__}

    assert named == {*PAGES, *STEPS}


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in ("portfolios", "portfolio_new", "initiative_propose")]
)
def test_a_portfolio_that_one_does_not_see_is_not_there(client: Any, world: dict[str, Any], name: str) -> None:
    Portfolio.objects.update(visibility="private")
    client.force_login(world["people"]["somebody"])

    assert client.get(address_of(name, world)).status_code == 404


def test_begin_a_portfolio(client: Any) -> None:
    network = make_network()
    client.force_login(make_steward(network))

    response = client.post(
        "/portfolios/new/",
        {"title__en": "Circular city", "intent__en": "Why.", "network": network.pk, "visibility": "public"},
    )

    made = Portfolio.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/portfolios/circular-city/")
    assert (made.intent, made.visibility) == ({"en": "Why."}, "public")


def test_begin_without_a_name_says_what_to_do(client: Any) -> None:
    network = make_network()
    client.force_login(make_steward(network))

    response = client.post("/portfolios/new/", {"network": network.pk, "visibility": "public"})

    assert (response.status_code, Portfolio.objects.count()) == (422, 0)


def test_edit_keeps_parents_that_one_does_not_see(client: Any) -> None:
    hidden, shown = make_portfolio(visibility="private"), make_portfolio()
    portfolio = make_portfolio(parents=[hidden])
    client.force_login(make_steward(portfolio))

    client.post(
        f"/portfolios/{portfolio.slug}/edit/",
        {"title__en": "Renamed", "status": "active", "visibility": "public", "parents": [shown.pk]},
    )

    portfolio.refresh_from_db()
    assert (portfolio.label, set(portfolio.parents.all())) == ("Renamed", {hidden, shown})


def test_delete_can_be_undone(client: Any) -> None:
    network = make_network()
    portfolio = make_portfolio(network)
    client.force_login(make_steward(network))

    response = client.post(f"/portfolios/{portfolio.slug}/delete/", follow=True)

    portfolio.refresh_from_db()
    assert portfolio.is_deleted
    assert "/history/changes/" in response.content.decode()


def test_reword_the_intent(client: Any) -> None:
    portfolio = make_portfolio(intent={"en": "Less waste."})
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/intent/edit/"

    without = client.post(address, {"intent__en": "No waste."})
    client.post(address, {"intent__en": "No waste.", "reason": "We learnt."})

    assert (without.status_code, IntentVersion.objects.get().reason) == (422, "We learnt.")
    assert "We learnt." in client.get(f"/portfolios/{portfolio.slug}/intent/").content.decode()


def test_scope_and_positions(client: Any) -> None:
    portfolio = make_portfolio()
    client.force_login(make_steward(portfolio))
    base = f"/portfolios/{portfolio.slug}"

    client.post(f"{base}/scope/new/", {"text__en": "Only textiles.", "author": "The board", "stated_on": "2026-01-01"})
    client.post(f"{base}/positions/new/", {"title__en": "Markets"})
    position = portfolio.positions.get()
    client.post(f"{base}/positions/{position.pk}/", {"title__en": "Fairs"})
    html = client.get(f"{base}/intent/").content.decode()
    client.post(f"{base}/scope/{portfolio.scope_statements.get().pk}/delete/")
    client.post(f"{base}/positions/{position.pk}/", {"remove": "1"})

    assert "Only textiles." in html
    assert "Fairs" in html
    assert (portfolio.scope_statements.count(), portfolio.positions.count()) == (0, 0)


def test_give_and_end_a_role(client: Any) -> None:
    portfolio, user = make_portfolio(), make_user()
    person = make_person(user=user, may_be_named=True)
    client.force_login(make_steward(portfolio))
    base = f"/portfolios/{portfolio.slug}/people/"

    client.post(f"{base}new/", {"person": f"{person} [{person.pk}]", "capacity": "steward", "since_on": "2026-01-01"})
    given = Grant.objects.filter(user=user).count()
    client.post(f"{base}{portfolio.roles.get().pk}/end/")

    assert (given, Grant.objects.filter(user=user).count()) == (1, 0)


def test_add_as_core_or_propose(client: Any) -> None:
    network = make_network()
    portfolio, ours, theirs = make_portfolio(network), make_initiative(network), make_initiative()
    client.force_login(make_steward(network))
    address = f"/portfolios/{portfolio.slug}/add/"

    for each in (ours, theirs):
        client.post(address, {"initiative": f"{each} [{each.slug}]"})
    again = client.post(address, {"initiative": f"{ours} [{ours.slug}]"})

    assert dict(Entry.objects.values_list("initiative", "state")) == {ours.pk: "admitted", theirs.pk: "draft"}
    assert again.status_code == 422


def test_from_proposal_to_admission(client: Any) -> None:
    portfolio, owner = make_portfolio(), make_organisation()
    initiative = make_initiative(owners=[owner])
    client.force_login(make_member(owner, "focal_point"))
    client.post(f"/initiatives/{initiative.slug}/propose/", {"portfolio": portfolio.pk, "reason": "It fits."})
    entry = Entry.objects.get()
    base = f"/portfolios/{portfolio.slug}/admissions/{entry.pk}/"
    seen = client.get(base).status_code
    client.force_login(make_steward(portfolio))

    client.post(f"{base}step/", {"verb": "begin_review"})
    early = client.post(f"{base}step/", {"verb": "admit"}, follow=True).content.decode()
    answers = {f"{question.code}-is_met": "yes" for question in BUILT_IN}
    client.post(base, answers | {"evidence-evidence": "The report."})
    shown = client.get(base).content.decode()
    client.post(f"{base}step/", {"verb": "admit"})

    entry.refresh_from_db()
    assert (seen, entry.state, entry.answers.count()) == (200, AdmissionState.ADMITTED, len(BUILT_IN))
    assert "Still open" in early
    assert "The report." in shown


def test_answers_are_not_taken_from_those_who_do_not_decide(client: Any) -> None:
    owner = make_organisation()
    entry = make_proposal(make_portfolio(), make_initiative(owners=[owner]))
    client.force_login(make_member(owner, "focal_point"))

    response = client.post(f"/portfolios/{entry.portfolio.slug}/admissions/{entry.pk}/", {"evidence-is_met": "yes"})

    assert (response.status_code, entry.answers.count()) == (403, 0)


def test_answers_that_come_too_late_are_refused_in_words(client: Any) -> None:
    entry = make_proposal(make_portfolio(), make_initiative(), AdmissionState.DECLINED)
    client.force_login(make_admin())
    address = f"/portfolios/{entry.portfolio.slug}/admissions/{entry.pk}/"

    html = client.post(address, {"evidence-is_met": "yes"}, follow=True).content.decode()

    assert "while the initiative is submitted or under review" in html


def test_the_queue_shows_what_waits(client: Any) -> None:
    portfolio = make_portfolio()
    proposal = make_proposal(portfolio, make_initiative(title={"en": "Repair cafés"}))
    make_proposal(portfolio, make_initiative(visibility="private"))
    client.force_login(make_steward(portfolio))

    page = client.get(f"/portfolios/{portfolio.slug}/admissions/").context["page"]

    assert list(page) == [proposal]


def test_remove_from_a_portfolio(client: Any) -> None:
    portfolio = make_portfolio()
    entry = make_entry(portfolio, make_initiative())
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/entries/{entry.pk}/remove/"

    client.post(address)
    again = client.post(address, follow=True).content.decode()

    entry.refresh_from_db()
    assert entry.state == AdmissionState.WITHDRAWN
    assert "is not in the portfolio" in again
