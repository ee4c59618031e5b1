"""In which scopes the records of this room stand."""

from __future__ import annotations

from collections.abc import Iterable

from polyfolio.network.models import Body, Membership, Network, Organisation, Person, Role
from polyfolio.people.choices import ScopeType
from polyfolio.people.scopes import register

Scopes = Iterable[tuple[str, int | None]]


def of_network(network: Network) -> Scopes:
    return [(ScopeType.NETWORK.value, network.pk)]


def of_body(body: Body) -> Scopes:
    """Its own, its parent's, and its network's."""
    return [
        (ScopeType.BODY.value, body.pk),
        (ScopeType.BODY.value, body.parent_id),
        (ScopeType.NETWORK.value, body.network_id),
    ]


def of_organisation(organisation: Organisation) -> Scopes:
    """Its own, and those of the networks it is a member of."""
    networks = Membership.objects.filter(organisation=organisation).values_list("network_id", flat=True)
    return [
        (ScopeType.ORGANISATION.value, organisation.pk),
        *((ScopeType.NETWORK.value, network) for network in networks),
    ]


def of_person(person: Person) -> Scopes:
    """Those of the networks in which the person has a role, or of which an organisation of theirs is a member."""
    roles = person.roles.filter(deleted_at=None).values_list("body__network_id", flat=True)
    work = person.affiliations.values_list("organisation__memberships__network_id", flat=True)
    return [(ScopeType.NETWORK.value, network) for network in {*roles, *work}]


def of_membership(membership: Membership) -> Scopes:
    """Those of the network; how an organisation stands there is the network's to say."""
    return [(ScopeType.NETWORK.value, membership.network_id)]


def of_role(role: Role) -> Scopes:
    return of_body(role.body)


def register_all() -> None:
    register(Network, of_network, scope_type=ScopeType.NETWORK)
    register(Body, of_body, scope_type=ScopeType.BODY)
    register(Organisation, of_organisation, scope_type=ScopeType.ORGANISATION)
    register(Person, of_person)
    register(Membership, of_membership)
    register(Role, of_role)
