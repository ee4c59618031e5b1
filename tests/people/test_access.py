from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from polyfolio.people.access import PUBLIC_ACCESS, Access, access_from, access_of
from polyfolio.people.scopes import holds, record_of, scope_type_of, scopes_of
from tests.factories.network import make_body, make_membership, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_grant, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db


def test_ids_by_type_and_role():
    access = Access(user_id=1, grants=frozenset({("steward", "network", 1), ("member", "network", 2)}))

    assert access.ids("network") == {1, 2}
    assert access.ids("network", {"steward"}) == {1}
    assert access.ids("body") == frozenset()
    assert (access.has("network", 2), access.has("network", 2, {"steward"}), access.has("network", None)) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("access", "tokens"),
    [
        (PUBLIC_ACCESS, {"public"}),
        (Access(user_id=7), {"public", "user:7"}),
        (Access(user_id=7, grants=frozenset({("member", "network", 2)})), {"public", "user:7", "network:2"}),
        (
            Access(user_id=7, grants=frozenset({("desk", "network", 2)})),
            {"public", "user:7", "network:2", "network-steward:2"},
        ),
        (Access(user_id=7, is_admin=True), {"everything"}),
    ],
)
def test_tokens(access, tokens):
    assert access.tokens() == tokens


def test_administrator_of_the_installation_by_grant():
    assert access_from(user_id=1, is_admin=False, grants=[("admin", "installation", 0)]).is_admin
    assert not access_from(user_id=1, is_admin=False, grants=[("admin", "network", 1)]).is_admin


def test_access_of_people(django_assert_num_queries):
    network = make_network()
    user = make_steward(network)
    user.__dict__.pop("access", None)

    with django_assert_num_queries(1):
        assert access_of(user).ids("network") == {network.pk}
        assert access_of(user).ids("network") == {network.pk}
    assert access_of(None) == access_of(AnonymousUser()) == PUBLIC_ACCESS
    assert access_of(make_admin(is_active=False)) == PUBLIC_ACCESS


def test_scopes_of_records():
    network, other = make_network(), make_network()
    parent = make_body(network)
    body = make_body(network, parent=parent)
    organisation = make_organisation(network)
    membership = make_membership(other, organisation)
    person = make_person(organisation)
    role = make_role(body, person=person)
    nets = {("network", network.pk), ("network", other.pk)}

    assert scopes_of(network) == {("network", network.pk)}
    assert scopes_of(body) == {("body", body.pk), ("body", parent.pk), ("network", network.pk)}
    assert scopes_of(role) == scopes_of(body)
    assert scopes_of(organisation) == {("organisation", organisation.pk), *nets}
    assert scopes_of(membership) == {("network", other.pk)}
    assert scopes_of(person) == nets
    assert scopes_of(make_user()) == frozenset()


def test_records_that_roles_are_bound_to():
    network = make_network()

    assert (record_of("network", network.pk), record_of("network", 0), record_of("installation", 0)) == (
        network,
        None,
        None,
    )
    assert scope_type_of(network) == "network"
    with pytest.raises(LookupError):
        scope_type_of(make_user())


def test_holds():
    network = make_network()
    user = make_member(network)

    assert holds(user.access, network)
    assert not holds(user.access, network, {"steward"})
    assert not holds(user.access, make_network())
    make_grant(user, "steward", network)
    assert holds(user.access, make_body(network), {"steward"})
    assert holds(make_admin().access, None)
