"""In which scopes this room's records stand (for `people.scopes`)."""

from __future__ import annotations

from polyfolio.people.scopes import Scope
from polyfolio.portfolios.choices import OWNING_ROLES, AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, Portfolio, Resource


def of_initiative(initiative: Initiative) -> list[Scope]:
    """Its network, the portfolios that hold it, and the organisations that own it. Two queries."""
    held = initiative.entries.filter(state=AdmissionState.ADMITTED).values_list("portfolio_id", flat=True)
    owners = initiative.participations.filter(role__in=OWNING_ROLES).values_list("organisation_id", flat=True)
    return [
        ("network", initiative.network_id),
        *(("portfolio", pk) for pk in held),
        *(("organisation", pk) for pk in owners),
    ]


def of_resource(resource: Resource) -> list[Scope]:
    owners = resource.organisations.values_list("pk", flat=True)
    return [("network", resource.network_id), *(("organisation", pk) for pk in owners)]


def of_portfolio(portfolio: Portfolio) -> list[Scope]:
    return [("network", portfolio.network_id), ("portfolio", portfolio.pk)]


def of_entry(entry: Entry) -> list[Scope]:
    return of_portfolio(entry.portfolio)
