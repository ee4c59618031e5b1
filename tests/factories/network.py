"""Networks, bodies, organisations and persons, written straight into the database."""

from __future__ import annotations

from itertools import count
from typing import Any

from polyfolio.network.choices import BodyKind, Capacity
from polyfolio.network.models import Affiliation, Body, Membership, Network, Organisation, Person, Role

_numbers = count(1)


def make_network(**fields: Any) -> Network:
    number = next(_numbers)
    values = {"slug": f"network-{number}", "title": {"en": f"Network {number}"}} | fields
    return Network.objects.create(**values)


def make_body(network: Network | None = None, **fields: Any) -> Body:
    number = next(_numbers)
    values = {"slug": f"body-{number}", "title": {"en": f"Programme {number}"}, "kind": BodyKind.PROGRAMME} | fields
    return Body.objects.create(network=network or make_network(), **values)


def make_organisation(member_of: Network | None = None, **fields: Any) -> Organisation:
    """An organisation; a member of `member_of` where that is given."""
    number = next(_numbers)
    values = {"slug": f"organisation-{number}", "title": {"en": f"Organisation {number}"}} | fields
    organisation: Organisation = Organisation.objects.create(**values)
    if member_of is not None:
        make_membership(member_of, organisation)
    return organisation


def make_membership(network: Network, organisation: Organisation, **fields: Any) -> Membership:
    return Membership.objects.create(network=network, organisation=organisation, **fields)


def make_person(at: Organisation | None = None, **fields: Any) -> Person:
    """Somebody in the records; working at `at` where that is given."""
    number = next(_numbers)
    values = {"name": f"Somebody {number}", "email": f"somebody{number}@example.org"} | fields
    person: Person = Person.objects.create(**values)
    if at is not None:
        Affiliation.objects.create(person=person, organisation=at)
    return person


def make_role(body: Body, **fields: Any) -> Role:
    """A role in `body`: a partner organisation, unless the fields say otherwise."""
    if not {"organisation", "person"} & set(fields):
        fields["organisation"] = make_organisation()
    return Role.objects.create(body=body, **({"capacity": Capacity.PARTNER} | fields))
