from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.actions import bodies, networks
from polyfolio.network.choices import BodyKind, Capacity, MembershipState, OrganisationKind
from polyfolio.network.models import Body, Network
from polyfolio.network.queries import networks as queries
from polyfolio.people.choices import Visibility
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_membership, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
TODAY = AT.date()


def test_create_network():
    theme = make_theme(title={"en": "Waste things"})

    made = networks.create(
        title={"en": "One Hub", "fr": "Un pôle"}, acronym="OH", themes=[theme], by=make_admin(), at=AT
    )

    assert (made.slug, made.label, list(made.themes.all())) == ("oh", "One Hub", [theme])
    assert AuditRecord.objects.get().after["themes"] == [{"id": theme.pk, "label": "Waste things"}]


def test_create_network_finds_a_free_address():
    make_network(slug="hub")
    admin = make_admin()

    assert networks.create(title={"en": "Hub"}, by=admin, at=AT).slug == "hub-2"
    assert networks.create(title={"en": "New"}, by=admin, at=AT).slug == "new-2"
    assert networks.create(title={"en": "Đà Nẵng"}, by=admin, at=AT).slug != ""


@pytest.mark.parametrize("title", [{}, {"en": "  "}])
def test_create_network_needs_a_name(title):
    with pytest.raises(RefusedError) as refusal:
        networks.create(title=title, by=make_admin(), at=AT)

    assert refusal.value.field == "title"


def test_create_network_is_the_administrators():
    with pytest.raises(NotAllowedError):
        networks.create(title={"en": "x"}, by=make_user(), at=AT)


def test_edit_network():
    network = make_network(title={"en": "Old"})
    theme = make_theme()

    row = networks.edit(
        network=network, values={"title": {"en": "New"}}, themes=[theme], by=make_steward(network), at=AT, reason="r"
    )

    assert row is not None
    assert (row.before["title"], row.after["title"], row.reason) == ({"en": "Old"}, {"en": "New"}, "r")
    assert Network.objects.get(pk=network.pk).label == "New"


def test_edit_network_refuses():
    network = make_network()

    with pytest.raises(NotAllowedError):
        networks.edit(network=network, values={}, by=make_user(), at=AT)
    with pytest.raises(RefusedError):
        networks.edit(network=network, values={"title": {}}, by=make_steward(network), at=AT)


def test_edit_network_without_difference():
    network = make_network()

    assert networks.edit(network=network, values={"acronym": ""}, by=make_admin(), at=AT) is None


def test_delete_network_takes_its_bodies_from_sight():
    network = make_network()
    make_body(network)

    networks.delete(network=network, by=make_admin(), at=AT)

    assert not Network.objects.visible_to(None).exists()
    assert not Body.objects.visible_to(None).exists()


def test_delete_network_is_the_administrators():
    network = make_network()

    with pytest.raises(NotAllowedError):
        networks.delete(network=network, by=make_steward(network), at=AT)


def test_create_body():
    network = make_network()
    parent = make_body(network)

    body = bodies.create(
        network=network, title={"en": "Desk"}, kind=BodyKind.COORDINATION_DESK, parent=parent, by=make_admin(), at=AT
    )

    assert (body.slug, body.parent, body.network) == ("desk", parent, network)


def test_create_body_finds_an_address_that_no_other_has():
    network, admin = make_network(), make_admin()
    make_body(make_network(), slug="desk")

    assert bodies.create(network=network, title={"en": "Desk"}, kind=BodyKind.BOARD, by=admin, at=AT).slug == "desk-2"


def test_create_body_refuses():
    network = make_network()

    with pytest.raises(NotAllowedError):
        bodies.create(network=network, title={"en": "x"}, kind=BodyKind.BOARD, by=make_user(), at=AT)
    with pytest.raises(RefusedError, match="same network"):
        bodies.create(
            network=network, title={"en": "x"}, kind=BodyKind.BOARD, parent=make_body(), by=make_admin(), at=AT
        )
    with pytest.raises(RefusedError, match="name"):
        bodies.create(network=network, title={}, kind=BodyKind.BOARD, by=make_admin(), at=AT)


def test_edit_body_never_stands_under_itself():
    network, admin = make_network(), make_admin()
    top = make_body(network)
    below = make_body(network, parent=make_body(network, parent=top))

    for parent in (top, below):
        with pytest.raises(RefusedError, match="under itself"):
            bodies.edit(body=top, values={"parent": parent}, by=admin, at=AT)


def test_edit_and_delete_body():
    body, admin = make_body(), make_admin()

    row = bodies.edit(body=body, values={"title": {"en": "New"}, "parent": None}, by=admin, at=AT)
    bodies.delete(body=body, by=admin, at=AT)

    assert row is not None
    assert Body.objects.get(pk=body.pk).is_deleted
    with pytest.raises(RefusedError):
        bodies.edit(body=body, values={"title": {}}, by=admin, at=AT)
    with pytest.raises(NotAllowedError):
        bodies.edit(body=body, values={}, by=make_user(), at=AT)
    with pytest.raises(NotAllowedError):
        bodies.delete(body=body, by=make_user(), at=AT)


def test_find():
    network = make_network(visibility=Visibility.STEWARDS)
    body = make_body(network)

    assert queries.find(make_steward(network), network.slug) == network
    assert queries.find_body(make_admin(), network.slug, body.slug) == body
    with pytest.raises(Network.DoesNotExist):
        queries.find(None, network.slug)
    with pytest.raises(Body.DoesNotExist):
        queries.find_body(None, network.slug, body.slug)


def test_visible_networks_and_bodies():
    one, two = make_network(title={"en": "B"}), make_network(title={"en": "A"})
    make_network(visibility=Visibility.NETWORK)
    first, second = make_body(one, position=2), make_body(one, position=1, kind=BodyKind.BOARD)

    assert list(queries.visible(None)) == [two, one]
    assert list(queries.bodies(None, one)) == [second, first]
    assert list(queries.programmes(None, one)) == [first]


@pytest.fixture
def field():
    """A network with four partners that differ in everything a filter asks for."""
    network = make_network()
    programme = make_body(network)
    water = make_theme()
    full = make_organisation(
        title={"en": "Água Ltd"}, acronym="AG", kind=OrganisationKind.COMPANY, country="PT", sector="business"
    )
    full.themes.set([water])
    bare, gone, hidden = (
        make_organisation(title={"en": "Bare"}, level="local"),
        make_organisation(title={"en": "Gone"}, country="PT"),
        make_organisation(title={"en": "Hidden"}, visibility=Visibility.PRIVATE),
    )
    for each in (full, bare, hidden):
        make_membership(network, each)
    make_membership(network, gone, state=MembershipState.WITHDRAWN)
    person = make_person(may_be_named=True)
    make_role(
        programme,
        organisation=full,
        person=person,
        capacity=Capacity.FOCAL_POINT,
        since_on=date(2025, 1, 1),
        until_on=date(2026, 6, 1),
    )
    return {"network": network, "programme": programme, "water": water, "full": full, "bare": bare, "gone": gone}


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, ["Bare", "Gone", "Água Ltd"]),
        ({"words": "agua"}, ["Água Ltd"]),
        ({"words": "ag"}, ["Água Ltd"]),
        ({"kind": ["company"]}, ["Água Ltd"]),
        ({"sector": ["business"]}, ["Água Ltd"]),
        ({"level": ["local"]}, ["Bare"]),
        ({"country": ["PT", "ES"]}, ["Gone", "Água Ltd"]),
        ({"country": ["PT"], "state": ["active"]}, ["Água Ltd"]),
        ({"state": ["withdrawn"]}, ["Gone"]),
        ({"theme": "water"}, ["Água Ltd"]),
        ({"programme": "programme"}, ["Água Ltd"]),
        ({"gap": "focal_point"}, ["Bare"]),
        ({"gap": "alternate"}, ["Água Ltd"]),
        ({"gap": "ending"}, ["Água Ltd"]),
    ],
)
def test_partners_are_filtered(field, chosen, names):
    chosen = {key: [field[value].pk] if key in {"theme", "programme"} else value for key, value in chosen.items()}

    rows = queries.filtered(queries.partners(None, field["network"]), chosen, on=TODAY)

    assert sorted(row.organisation.label for row in rows) == names


def test_alerts_count_what_their_lists_show(field):
    network = field["network"]
    everyone = queries.partners(None, network)

    found = queries.alerts(None, network, on=TODAY)

    assert (found.focal_point, found.alternate, found.ending) == (1, 1, 1)
    assert [
        queries.filtered(everyone, {"gap": gap}, on=TODAY).count() for gap in ("focal_point", "alternate", "ending")
    ] == [1, 1, 1]


def test_figures_of_a_network(field):
    assert queries.partner_count(None, field["network"]) == 2
    assert queries.countries_of_partners(None, field["network"]) == ["PT"]


def test_roles_in_a_body_hide_whom_one_may_not_see(field):
    body = field["programme"]
    make_role(body, person=make_person(may_be_named=False), capacity=Capacity.LEAD)

    assert [role.capacity for role in queries.roles_in(None, body)] == ["focal_point"]
    assert len(queries.roles_in(make_steward(field["network"]), body)) == 2
    assert len(queries.roles_in(make_admin(), body)) == 2


@pytest.mark.parametrize("number", [1, 50])
def test_partners_cost_the_same_for_one_and_fifty(django_assert_num_queries, number):
    network = make_network()
    body = make_body(network)
    for _each in range(number):
        make_role(body, organisation=make_organisation(network), person=make_person(may_be_named=True))

    with django_assert_num_queries(2):
        rows = [[str(role.person) for role in row.organisation.roles_here] for row in queries.partners(None, network)]

    assert len(rows) == number
