"""Who may import into a network, take an import back, and say that two organisations are one."""

from __future__ import annotations

from typing import Any

from polyfolio.exchange.models import OrganisationMatch
from polyfolio.lib.permissions import allow, predicate
from polyfolio.network.models import Network
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.rules import Asker, is_admin


@predicate
def stewards_its_network(user: Asker, record: Any) -> bool:
    """Steward or desk of the network that the record is, or belongs to."""
    network = record.pk if isinstance(record, Network) else record.network_id
    return access_of(user).has("network", network, STEWARDING)


@predicate
def stewards_some_network(user: Asker, _record: Any = None) -> bool:
    return bool(access_of(user).ids("network", STEWARDING))


@predicate
def knows_both(user: Asker, record: OrganisationMatch) -> bool:
    """The new one is nobody else's, and the known one is nobody's or stands in a network that the person stewards."""
    mine = access_of(user).ids("network", STEWARDING)
    new, known = (
        set(each.memberships.values_list("network_id", flat=True)) for each in (record.provisional, record.candidate)
    )
    return new <= mine and (not known or bool(known & mine))


stewards = is_admin | stewards_its_network

allow("exchange.list_imports", is_admin | stewards_some_network)
allow("exchange.start_import", stewards)
allow("exchange.see_import", stewards)
allow("exchange.stop_import", stewards)
allow("exchange.undo_import", stewards)
allow("exchange.decide_match", stewards)
allow("exchange.accept_match", is_admin | (stewards_its_network & knows_both))
