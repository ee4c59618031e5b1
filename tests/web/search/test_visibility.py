"""What a reader may not see is told by no hit, label, filter, count, suggestion or file of the search page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client

from polyfolio.network.models import Body, Network, Organisation
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Frame, Region
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio

pytestmark = pytest.mark.django_db

SECRET = "Zubenelgenubi"
READERS = ("visitor", "member", "steward", "admin")


@dataclass
class World:
    """An open initiative tied to records of every grade, and an initiative of every grade."""

    network: Network
    readers: dict[str, User | None]
    organisations: dict[str, Organisation]
    portfolios: dict[str, Portfolio]
    bodies: dict[str, Body]
    initiatives: dict[str, Initiative]
    zone: Region


@pytest.fixture
def world() -> World:
    network = make_network()
    hidden = make_network(visibility="stewards")
    grades = ("public", "network", "stewards")
    organisations = {
        grade: make_organisation(network, visibility=grade, title={"en": f"{SECRET} {grade} works"}) for grade in grades
    }
    bodies = {
        "public": make_body(network, title={"en": f"{SECRET} open programme"}),
        "stewards": make_body(hidden, title={"en": f"{SECRET} hidden programme"}),
    }
    initiative = make_initiative(
        network, title={"en": "Water"}, owners=list(organisations.values()), programmes=list(bodies.values())
    )
    portfolios = {
        grade: make_portfolio(network, visibility=grade, title={"en": f"{SECRET} {grade} portfolio"})
        for grade in grades
    }
    for portfolio in portfolios.values():
        make_entry(portfolio, initiative)
    frame = Frame.objects.create(portfolio=portfolios["stewards"], code="own", kind="zones", title={"en": "Own"})
    return World(
        network=network,
        readers={
            "visitor": None,
            "member": make_member(network),
            "steward": make_steward(network),
            "admin": make_admin(),
        },
        organisations=organisations,
        portfolios=portfolios,
        bodies=bodies,
        initiatives={
            grade: make_initiative(network, visibility=grade, title={"en": f"Water {grade}"}) for grade in grades
        },
        zone=Region.objects.create(frame=frame, code="secret-zone", title={"en": f"{SECRET} zone"}),
    )


def sees(world: World, client: Client, reader: str, address: str) -> str:
    user = world.readers[reader]
    client.logout() if user is None else client.force_login(user)
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return unescape(content.decode())


WHO_SEES = {"public": READERS, "network": READERS[1:], "stewards": READERS[2:]}
CASES = [(reader, grade, facet) for reader in READERS for grade in WHO_SEES for facet in ("organisation", "portfolio")]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("grade", WHO_SEES)
def test_initiative(world: World, client: Client, reindex: Callable[[], object], reader: str, grade: str) -> None:
    reindex()
    is_seen = reader in WHO_SEES[grade]

    for address in (
        "/search/?q=water",
        "/search/?q=water&view=table",
        "/search/?q=water&export=csv",
        f"/search/suggest/?q=water {grade[:3]}",
    ):
        page = sees(world, client, reader, address).replace("<mark>", "").replace("</mark>", "")
        assert (f"Water {grade}" in page) == is_seen, address


@pytest.mark.parametrize(("reader", "grade", "facet"), CASES)
def test_label_of_a_facet(
    world: World, client: Client, reindex: Callable[[], object], *, reader: str, grade: str, facet: str
) -> None:
    record = (world.organisations if facet == "organisation" else world.portfolios)[grade]
    name = f"{SECRET} {grade} {'works' if facet == 'organisation' else 'portfolio'}"
    reindex()
    is_seen = reader in WHO_SEES[grade]

    for address in (
        f"/search/facets/?q=water&kind=initiative&filters=1&all={facet}",
        f"/search/?q=water&kind=initiative&filters=1&{facet}={record.slug}",
        f"/search/?q=water&kind=initiative&view=table&columns=title,{facet}",
        f"/search/?q=water&kind=initiative&export=csv&columns=title,{facet}",
    ):
        page = sees(world, client, reader, address)
        assert (name in page) == is_seen, address


@pytest.mark.parametrize(("reader", "grade", "facet"), CASES)
def test_filter_tells_nothing_of_what_is_not_seen(
    world: World, client: Client, reindex: Callable[[], object], *, reader: str, grade: str, facet: str
) -> None:
    record = (world.organisations if facet == "organisation" else world.portfolios)[grade]
    reindex()
    address = f"/search/?kind=initiative&q=water&{facet}="

    hidden = sees(world, client, reader, f"{address}{record.slug}")
    missing = sees(world, client, reader, f"{address}nobody-{record.slug}")

    assert ("One result" in hidden) == (reader in WHO_SEES[grade])
    if reader not in WHO_SEES[grade]:
        assert _plain(hidden, record.slug) == _plain(missing, f"nobody-{record.slug}")


def _plain(page: str, slug: str) -> list[str]:
    """The page without the slug and what differs on every load."""
    return [line.replace(slug, "") for line in page.splitlines() if "nonce" not in line and "csrf" not in line]


@pytest.mark.parametrize(
    ("reader", "seen"),
    [("visitor", {"open"}), ("member", {"open"}), ("steward", {"open"}), ("admin", {"open", "hidden"})],
)
def test_programme_of_a_hidden_network(
    world: World, client: Client, reindex: Callable[[], object], reader: str, seen: set[str]
) -> None:
    reindex()

    page = sees(world, client, reader, "/search/facets/?q=water&kind=initiative&filters=1")

    assert {name for name in ("open", "hidden") if f"{SECRET} {name} programme" in page} == seen


@pytest.mark.parametrize("reader", READERS)
def test_zone_of_a_hidden_portfolio(world: World, client: Client, reindex: Callable[[], object], reader: str) -> None:
    reindex()

    page = sees(world, client, reader, f"/search/?zone={world.zone.code}")

    assert (f"{SECRET} zone" in page) == (reader in WHO_SEES["stewards"])
