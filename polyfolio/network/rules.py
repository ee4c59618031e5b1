"""Who may do what to networks, bodies, organisations, persons and their roles."""

from __future__ import annotations

from typing import Any

from polyfolio.lib.permissions import allow, predicate
from polyfolio.network.models import Membership, Organisation, Person
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.choices import GrantRole
from polyfolio.people.rules import Asker, is_admin, is_signed_in, stewards
from polyfolio.people.scopes import holds

EDITING = STEWARDING | {GrantRole.EDITOR}
SPEAKING = frozenset({GrantRole.FOCAL_POINT, GrantRole.EDITOR}) | STEWARDING


@predicate
def edits(user: Asker, record: Any) -> bool:
    """Steward, desk or editor of one of the scopes the record stands in."""
    return holds(access_of(user), record, EDITING)


@predicate
def edits_somewhere(user: Asker, _record: Any = None) -> bool:
    """Steward, desk, editor or focal point of anything: they meet organisations and persons not yet recorded."""
    return any(role in SPEAKING for role, _scope_type, _scope_id in access_of(user).grants)


@predicate
def speaks_for_organisation(user: Asker, record: Organisation) -> bool:
    """Focal point, editor or steward of this very organisation."""
    return access_of(user).has("organisation", record.pk, SPEAKING)


@predicate
def stewards_all_networks_of(user: Asker, record: Organisation) -> bool:
    """Stewards every network the organisation is a member of, and it is a member of one."""
    networks = set(Membership.objects.filter(organisation=record).values_list("network_id", flat=True))
    return bool(networks) and networks <= access_of(user).ids("network", STEWARDING)


@predicate
def made_it(user: Asker, record: Any) -> bool:
    return access_of(user).user_id is not None and record.created_by_id == access_of(user).user_id


@predicate
def made_it_for_nobody(user: Asker, record: Organisation) -> bool:
    """Recorded the organisation, and no network has it as a member yet."""
    return made_it(user, record) and not record.memberships.exists()


@predicate
def is_person(user: Asker, record: Person) -> bool:
    """The record of the person themselves."""
    return access_of(user).user_id is not None and record.user_id == access_of(user).user_id


@predicate
def works_beside(user: Asker, record: Person) -> bool:
    """Focal point, editor or steward of an organisation where the person works."""
    own = access_of(user).ids("organisation", SPEAKING)
    return bool(own) and record.affiliations.filter(organisation__in=own).exists()


@predicate
def stewards_person(user: Asker, record: Person) -> bool:
    """Stewards a network in which the person has a role, or one of whose members they work at."""
    return holds(access_of(user), record, STEWARDING)


@predicate
def may_be_contacted(_user: Asker, record: Person) -> bool:
    return record.may_be_contacted


allow("network.create_network", is_admin)
allow("network.edit_network", is_admin | stewards)
allow("network.delete_network", is_admin)
allow("network.add_body", is_admin | stewards)
allow("network.edit_body", is_admin | stewards)
allow("network.delete_body", is_admin | stewards)
allow("network.set_membership", is_admin | stewards)
allow("network.create_organisation", is_admin | edits_somewhere)
allow("network.edit_organisation", is_admin | edits | speaks_for_organisation | made_it)
allow("network.delete_organisation", is_admin | stewards_all_networks_of | made_it_for_nobody)
allow("network.merge_organisation", is_admin | stewards_all_networks_of | made_it_for_nobody)
allow("network.create_person", is_admin | edits_somewhere)
allow("network.edit_person", is_admin | is_person | stewards_person | works_beside | made_it)
allow("network.delete_person", is_admin | is_person | stewards_person | made_it)
allow(
    "network.see_contact",
    is_admin | is_person | stewards_person | works_beside | made_it | (is_signed_in & may_be_contacted),
)
allow("network.appoint", is_admin | stewards)
