"""Reading portfolios: one at its address, those a person sees, and who acts for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Network, Organisation, Person
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, Portfolio, PortfolioRole


def find(user: Viewer, slug: str) -> Portfolio:
    """The portfolio at that address; raises DoesNotExist where `user` sees none."""
    found: Portfolio = Portfolio.objects.visible_to(user).select_related("network").get(slug=slug)
    return found


def listed(user: Viewer, network: Network | None = None) -> QuerySet[Portfolio, Any]:
    """Portfolios that the person sees, with how many of their own initiatives they see (`initiative_count`)."""
    seen: QuerySet[Portfolio, Any] = (
        Portfolio.objects.visible_to(user).select_related("network").order_by("label", "pk")
    )
    if network is not None:
        seen = seen.filter(network=network)
    admitted = Q(entries__state=AdmissionState.ADMITTED, entries__initiative__in=Initiative.objects.visible_to(user))
    return seen.annotate(initiative_count=Count("entries", filter=admitted))


def children(user: Viewer, portfolio: Portfolio) -> QuerySet[Portfolio, Any]:
    """Portfolios directly under this one that the person sees."""
    return listed(user).filter(pk__in=portfolio.children.values("pk"))


def parents(user: Viewer, portfolio: Portfolio) -> QuerySet[Portfolio, Any]:
    seen: QuerySet[Portfolio, Any] = Portfolio.objects.visible_to(user).filter(children=portfolio)
    return seen.order_by("label", "pk")


def roles(user: Viewer, portfolio: Portfolio, on: date) -> QuerySet[PortfolioRole, Any]:
    """Who acts for the portfolio on a day, as far as the person may see them named. One query."""
    persons, organisations = Person.objects.visible_to(user), Organisation.objects.visible_to(user)
    named = Q(person__in=persons) | Q(person__isnull=True, organisation__in=organisations)
    current = Q(until_on__isnull=True) | Q(until_on__gte=on)
    rows = PortfolioRole.objects.filter(named, current, portfolio=portfolio, since_on__lte=on)
    return rows.select_related("person", "organisation").order_by("capacity", "since_on", "pk")


def entry(user: Viewer, slug: str, pk: int) -> Entry:
    """An entry of a portfolio that the person sees, with its initiative; raises DoesNotExist."""
    portfolio = find(user, slug)
    rows = Entry.objects.select_related("initiative__network", "portfolio__network", "proposed_by", "decided_by")
    return rows.get(pk=pk, portfolio=portfolio, initiative__deleted_at__isnull=True)
