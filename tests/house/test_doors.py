"""Every door of the house, enumerated: what one person may not see leaves through no page, file or answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from polyfolio.api import service
from polyfolio.api.frame.routes import declared
from polyfolio.audit.actions import changes
from polyfolio.audit.subjects import all_subjects
from polyfolio.funding.models import Transaction
from polyfolio.network.choices import Capacity
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.actions import initiatives, portfolios, resources
from polyfolio.portfolios.models import Initiative, Portfolio, PortfolioRole
from polyfolio.sensemaking.actions import stocktakes
from polyfolio.sensemaking.models import PlacementSheet, WantedCell
from polyfolio.sensemaking.sheet_rows import Row
from polyfolio.web.choosing.kinds import known_kinds
from tests.api.world import World, make_world
from tests.factories.discussions import make_comment, make_discussion
from tests.factories.explorations import make_exploration
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio, make_resource
from tests.factories.sensemaking import make_decision, make_move, make_placement, make_stay, make_support, make_wanted
from tests.house.test_routes import OURS

pytestmark = pytest.mark.django_db

assert service
HIDDEN = "Zzhidden"
TITLE = {"en": f"{HIDDEN} omelette"}
PATHS = {"slug:": "", "int:": "", "str:": "", "path:": ""}
# Addresses that name no record of a world, or several kinds: asked for by name below, or tested in their own room.
ELSEWHERE = ("account/", "healthz", "history/", "imports/organisations/", "files/", "roles/", "choose/", "notices/")
# What stands at `/portfolios/<slug>/<part>/<pk>/`.


PART_OF = {"admissions": "entries", "placements/import": "sheets", "frames": "portfolios"}


def slug(name: str) -> str:
    return f"{HIDDEN.lower()}-{name}"


def readable_pages() -> list[str]:
    """Addresses of our pages that are read, as templates with the names of what they hold in braces."""
    found = []
    for address, pattern in OURS:
        if "GET" in pattern.callback.who_may.methods and not address.startswith(ELSEWHERE):
            braced = f"/{address}".replace("<", "{").replace(">", "}")
            for kind in PATHS:
                braced = braced.replace(f"{{{kind}", "{")
            found.append(braced)
    return found


API = sorted({f"/api/v1{route.path}" for route in declared if route.method == "GET"})
PAGES = sorted(readable_pages())


def fill(world: World, address: str) -> str:
    places, records = world.places, world.records
    if address.startswith("/api/v1"):
        return "/api/v1" + world.fill(address.removeprefix("/api/v1"))
    if address.startswith("/w/{code}/"):
        return address.format(code=places["workshops"]["code"], sequence=0)
    if "/roles/{pk}/" in address:
        return address.format(**places["networks"], pk=places["roles"]["pk"])
    if address.startswith("/portfolios/{portfolio}"):
        named = {"portfolio": places["portfolios"]["slug"], "slug": places["initiatives"]["slug"], "frame": "reach"}
        return address.format(**named, pk=records["comment" if "/comments/" in address else "talk"].pk)
    inside = re.match(r"/portfolios/{slug}/([a-z/]+)/{", address)
    if inside is not None:
        part = PART_OF.get(inside[1], inside[1])
        return address.format(slug=places["portfolios"]["slug"], **_without_slug(places[part]))
    return world.fill(address)


def _without_slug(named: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in named.items() if name != "slug"}


def hide_talks(known: dict[str, Any], initiatives: Sequence[Initiative], secret: Portfolio) -> PlacementSheet:
    """Talks about hidden initiatives, in a hidden portfolio, taken back, and a table that somebody else brought."""
    for initiative in initiatives:
        make_comment(make_discussion(known["portfolio"], initiative, question=HIDDEN), HIDDEN)
    make_comment(make_discussion(secret, known["initiative"], question=HIDDEN), HIDDEN)
    known["talk"] = make_discussion(known["portfolio"], known["initiative"])
    known["comment"] = make_comment(known["talk"])
    make_comment(known["talk"], HIDDEN, deleted_at=timezone.now())
    row = Row(2, initiatives[0].pk, HIDDEN, purpose="mis", driver="mis", is_placed=True).as_json()
    return PlacementSheet.objects.create(portfolio=known["portfolio"], name=HIDDEN, rows=[row])


@pytest.fixture
def world() -> World:
    """A public world, and around each of its records others of every kind that a stranger does not see."""
    world = make_world(make_user(), Visibility.PUBLIC)
    steward = make_admin()
    known, at = world.records, timezone.now()
    closed = make_network(title=TITLE, slug=slug("network"), visibility=Visibility.STEWARDS)
    programme = make_body(closed, title=TITLE, slug=slug("programme"))
    firm = make_organisation(known["network"], title=TITLE, slug=slug("firm"), visibility=Visibility.PRIVATE)
    person = make_person(known["organisation"], name=f"{HIDDEN} Omelette", email="zzhidden@example.org")
    quiet = make_initiative(
        known["network"], title=TITLE, slug=slug("initiative"), visibility=Visibility.STEWARDS, countries=["IS"]
    )
    foreign = make_initiative(
        closed, title=TITLE, slug=slug("foreign"), owners=[known["organisation"]], programmes=[programme]
    )
    secret = make_portfolio(
        known["network"],
        title=TITLE,
        slug=slug("portfolio"),
        visibility=Visibility.STEWARDS,
        parents=[known["portfolio"]],
    )
    parent = make_portfolio(closed, title=TITLE, slug=slug("parent"))
    paper = make_resource(known["network"], title=TITLE, slug=slug("resource"), visibility=Visibility.STEWARDS)
    paper.initiatives.add(known["initiative"])
    paper.organisations.add(known["organisation"])
    for initiative in (quiet, foreign):
        make_entry(known["portfolio"], initiative)
        make_placement(known["portfolio"], initiative)
        make_stay(known["portfolio"], initiative)
        make_link(known["initiative"], initiative)
        make_link(initiative, known["initiative"])
        make_move(known["scenario"], initiative=initiative)
    world.places["sheets"] = {"pk": hide_talks(known, (quiet, foreign), secret).pk}
    decide_and_take_stock(known, secret, [quiet, foreign], programme.slug, steward)
    make_entry(secret, known["initiative"])
    make_placement(secret, known["initiative"])
    make_stay(secret, known["initiative"])
    make_role(known["body"], organisation=firm)
    make_role(known["body"], person=person, capacity=Capacity.LEAD)
    make_role(programme, organisation=known["organisation"], person=known["person"])
    known["organisation"].parent = known["organisation"].successor = firm
    known["organisation"].save()
    make_support(known["portfolio"], "ant", owner=firm)
    make_wanted(known["portfolio"], programme.slug, "blue", row_dimension="programme")
    PortfolioRole.objects.create(portfolio=known["portfolio"], organisation=firm, person=person)
    money = {
        "initiative": known["initiative"],
        "amount": Decimal(5),
        "currency": "EUR",
        "value_on": date(2025, 1, 1),
    }
    Transaction.objects.create(**money, kind="disbursement", provider=firm, receiver=firm)
    initiatives.edit(
        initiative=known["initiative"],
        by=steward,
        at=at,
        parts={
            "participations": [
                {"organisation": each, "role": "funding", "name_given": "", "ref_given": ""}
                for each in (known["organisation"], firm)
            ]
        },
    )
    resources.edit(
        resource=known["resource"],
        by=steward,
        at=at,
        related={
            "organisations": [firm],
            "initiatives": [quiet, foreign, known["initiative"]],
        },
    )
    portfolios.edit(portfolio=known["portfolio"], by=steward, at=at, related={"parents": [parent]})
    make_exploration(known["network"], title=f"{HIDDEN} omelette", organisation=firm)
    make_exploration(known["network"], organisation=known["exploration"].organisation, portfolio=secret)
    address = {"email": "zzhidden@example.org"}
    changes.write(record=known["person"], verb="person.change", by=steward, at=at, before={"email": ""}, after=address)
    inside = {"portfolio": {"id": secret.pk, "label": str(secret)}, "zone": "Zzhidden zone"}
    changes.write(record=known["initiative"], verb="initiative.zone", by=steward, at=at, after=inside, reason=HIDDEN)
    changes.write(
        record=quiet, verb="initiative.change", by=steward, at=at, before={"title": {}}, after={"title": TITLE}
    )
    return world


def decide_and_take_stock(known: dict[str, Any], secret: Any, unseen: list[Any], programme: str, steward: User) -> None:
    """Decisions, a workshop and frozen figures about what a stranger does not see."""
    known["decision"].initiatives.set(unseen)
    known["workshop"].initiatives.set(unseen)
    make_decision(secret, title=f"{HIDDEN} decision")
    cell = make_wanted(known["portfolio"], "food", "blue")
    WantedCell.objects.filter(pk=cell.pk).update(row_dimension="programme", row=programme)
    stocktakes.close(stocktake=known["stocktake"], by=steward, at=timezone.now())


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return f"{answer.get('Location', '')}\n{content.decode(errors='replace')}"


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_no_page_and_no_answer_tells_of_what_is_hidden(world: World, who: str) -> None:
    client = client_of(None if who == "visitor" else make_user())
    asked = [fill(world, address) for address in (*PAGES, *API)]
    asked += [f"{address}?export=csv" for address in asked if "/api/" not in address]
    asked += [f"/history/{name}/{world.records[name].pk}/" for name in all_subjects() if name in world.records]

    told = [address for address in asked if HIDDEN.lower() in said(client, address).lower()]

    assert told == []


def test_nothing_hidden_can_be_chosen(world: World) -> None:
    client = client_of(make_user())

    told = [name for name in known_kinds() if HIDDEN in said(client, f"/choose/{name}/?q=omelette")]

    assert (world.owner is not None, told) == (True, [])


def test_the_administrator_is_told(world: World) -> None:
    """The test above can fail: whoever sees everything reads the hidden names on most pages."""
    client = client_of(make_admin())
    asked = [fill(world, address) for address in (*PAGES, *API) if "{" in address]

    told = [address for address in asked if HIDDEN.lower() in said(client, address).lower()]

    assert len(told) > 20
