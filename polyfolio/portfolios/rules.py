"""Who may do what to initiatives, resources, entries and portfolios.

Stewarding is the steward's and the coordination desk's; editors change records of their scope and decide nothing.
"""

from __future__ import annotations

from typing import Any

from polyfolio.lib.permissions import allow, predicate
from polyfolio.network.models import Network
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.rules import Asker, is_admin
from polyfolio.portfolios.choices import OWNING_ROLES, AdmissionState, PortfolioClass
from polyfolio.portfolios.models import Entry, Initiative, InitiativeLink, Portfolio, Resource

EDITING = STEWARDING | {"editor"}
OWNING = frozenset({"focal_point", "editor"})
HOLDING = {"state": AdmissionState.ADMITTED, "portfolio_class": PortfolioClass.CORE}


def _network_id(record: Any) -> int | None:
    if isinstance(record, Network):
        return record.pk
    if isinstance(record, Entry):
        return record.portfolio.network_id
    return getattr(record, "network_id", None)


@predicate
def edits_network(user: Asker, record: Any) -> bool:
    return access_of(user).has("network", _network_id(record), EDITING)


@predicate
def stewards_network(user: Asker, record: Any) -> bool:
    return access_of(user).has("network", _network_id(record), STEWARDING)


@predicate
def belongs_to_network(user: Asker, record: Any) -> bool:
    """Holds any role in the network, or speaks for an organisation that is a member of it."""
    access, network = access_of(user), _network_id(record)
    if access.has("network", network):
        return True
    speaks_for = access.ids("organisation", OWNING)
    if not speaks_for or network is None:
        return False
    return Network.objects.filter(pk=network, memberships__organisation__in=speaks_for).exists()


@predicate
def is_creator(user: Asker, record: Any) -> bool:
    user_id = access_of(user).user_id
    return user_id is not None and getattr(record, "created_by_id", None) == user_id


@predicate
def owns_initiative(user: Asker, record: Initiative) -> bool:
    """Focal point or editor of an organisation that owns the initiative."""
    speaks_for = access_of(user).ids("organisation", OWNING)
    return bool(speaks_for) and any(
        each.organisation_id in speaks_for and each.role in OWNING_ROLES for each in record.participations.all()
    )


@predicate
def edits_holding_portfolio(user: Asker, record: Initiative) -> bool:
    """Steward, desk or editor of a portfolio in which the initiative is core; an affiliated one stays its partner's."""
    portfolios = access_of(user).ids("portfolio", EDITING)
    return bool(portfolios) and record.entries.filter(portfolio__in=portfolios, **HOLDING).exists()


@predicate
def owns_resource(user: Asker, record: Resource) -> bool:
    speaks_for = access_of(user).ids("organisation", OWNING)
    return bool(speaks_for) and record.organisations.filter(pk__in=speaks_for).exists()


def _portfolio_of(record: Any) -> Portfolio:
    """The portfolio itself, or that of one of its parts (a role, a position, an entry…)."""
    portfolio: Portfolio = record if isinstance(record, Portfolio) else record.portfolio
    return portfolio


@predicate
def stewards_portfolio(user: Asker, record: Any) -> bool:
    portfolio = _portfolio_of(record)
    access = access_of(user)
    return access.has("portfolio", portfolio.pk, STEWARDING) or access.has("network", portfolio.network_id, STEWARDING)


@predicate
def edits_portfolio(user: Asker, record: Any) -> bool:
    return access_of(user).has("portfolio", _portfolio_of(record).pk, EDITING)


@predicate
def proposed(user: Asker, record: Entry) -> bool:
    """Whoever proposed the entry, as long as they may still speak for its initiative."""
    return access_of(user).user_id is not None and record.proposed_by_id == access_of(user).user_id


@predicate
def edits_entrys_initiative(user: Asker, record: Entry) -> bool:
    return edits_initiative(user, record.initiative)


@predicate
def speaks_for_entrys_initiative(user: Asker, record: Entry) -> bool:
    """Whose the initiative is; an editor of the portfolio that holds it changes it and does not take it out."""
    return (edits_network | is_creator | owns_initiative)(user, record.initiative)


@predicate
def edits_links_target(user: Asker, record: InitiativeLink) -> bool:
    return record.target is not None and edits_initiative(user, record.target)


@predicate
def edits_links_source(user: Asker, record: InitiativeLink) -> bool:
    return edits_initiative(user, record.source)


edits_initiative = is_admin | edits_network | is_creator | owns_initiative | edits_holding_portfolio
edits_resource = is_admin | edits_network | is_creator | owns_resource
stewards = is_admin | stewards_portfolio

allow("portfolios.create_initiative", is_admin | belongs_to_network)
allow("portfolios.edit_initiative", edits_initiative)
allow("portfolios.delete_initiative", is_admin | stewards_network | is_creator | owns_initiative)
allow("portfolios.confirm_link", edits_links_target)
allow("portfolios.remove_link", edits_links_source | edits_links_target)
allow("portfolios.create_resource", is_admin | belongs_to_network)
allow("portfolios.edit_resource", edits_resource)
allow("portfolios.delete_resource", is_admin | stewards_network | is_creator | owns_resource)
allow("portfolios.create_portfolio", is_admin | stewards_network)
allow("portfolios.edit_portfolio", stewards | edits_portfolio)
allow("portfolios.steward_portfolio", stewards)
allow("portfolios.delete_portfolio", is_admin | stewards_network)
allow("portfolios.set_checklist", is_admin | stewards_network)
allow("portfolios.propose_entry", edits_entrys_initiative | stewards)
allow("portfolios.see_admission", edits_entrys_initiative | stewards | proposed)
allow("portfolios.decide_entry", stewards)
allow("portfolios.withdraw_entry", speaks_for_entrys_initiative | stewards | proposed)
