"""Every door of the house, enumerated: what one person may not see leaves through no page, file or answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from polyfolio.api import service
from polyfolio.api.frame.routes import declared
from polyfolio.audit.subjects import all_subjects
from polyfolio.people.models import User
from polyfolio.web.choosing.kinds import known_kinds
from tests.api.world import World
from tests.factories.people import make_admin, make_user
from tests.house.hiding import HIDDEN, hiding_world
from tests.house.test_routes import OURS

pytestmark = pytest.mark.django_db

assert service
PATHS = {"slug:": "", "int:": "", "str:": "", "path:": ""}
# Addresses that name no record of a world, or several kinds: asked for by name below, or tested in their own room.
ELSEWHERE = ("account/", "healthz", "history/", "imports/organisations/", "files/", "roles/", "choose/", "notices/")
# What stands at `/portfolios/<slug>/<part>/<pk>/`.


PART_OF = {"admissions": "entries", "placements/import": "sheets", "frames": "portfolios"}


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


@pytest.fixture
def world() -> World:
    return hiding_world()


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
