"""Initiatives, resources, portfolios and their entries, written straight into the database."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.utils import timezone

from polyfolio.network.models import Network, Organisation
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import AdmissionState, LinkKind, ParticipationRole, PortfolioClass, ResourceKind
from polyfolio.portfolios.models import (
    Entry,
    Initiative,
    InitiativeLink,
    InitiativeSdg,
    InitiativeTerritory,
    Participation,
    Portfolio,
    Resource,
)
from tests.factories.network import make_network

_numbers = count(1)


def make_initiative(
    network: Network | None = None,
    *,
    owners: Iterable[Organisation] = (),
    countries: Iterable[str] = (),
    goals: Iterable[int] = (),
    themes: Iterable[Any] = (),
    programmes: Iterable[Any] = (),
    **fields: Any,
) -> Initiative:
    """A public initiative; implemented by `owners`, with its countries, SDG goals (all *other*), themes, programmes."""
    number = next(_numbers)
    values = {
        "slug": f"initiative-{number}",
        "title": {"en": f"Initiative {number}"},
        "visibility": Visibility.PUBLIC,
    } | fields
    initiative: Initiative = Initiative.objects.create(network=network or make_network(), **values)
    for owner in owners:
        make_participation(initiative, owner)
    for country in countries:
        InitiativeTerritory.objects.create(initiative=initiative, country=country)
    for goal in goals:
        InitiativeSdg.objects.create(initiative=initiative, goal=goal)
    initiative.themes.set(themes)
    initiative.programmes.set(programmes)
    return initiative


def make_participation(
    initiative: Initiative, organisation: Organisation, role: str = ParticipationRole.IMPLEMENTING
) -> Participation:
    return Participation.objects.create(initiative=initiative, organisation=organisation, role=role)


def make_link(source: Initiative, target: Initiative, kind: str = LinkKind.BUILDS_ON, **fields: Any) -> InitiativeLink:
    return InitiativeLink.objects.create(source=source, target=target, kind=kind, **fields)


def make_resource(network: Network | None = None, **fields: Any) -> Resource:
    number = next(_numbers)
    values = {
        "slug": f"resource-{number}",
        "title": {"en": f"Resource {number}"},
        "kind": ResourceKind.PUBLICATION,
    } | fields
    resource: Resource = Resource.objects.create(network=network or make_network(), **values)
    return resource


def make_portfolio(
    network: Network | None = None, *, core: Iterable[Initiative] = (), parents: Iterable[Portfolio] = (), **fields: Any
) -> Portfolio:
    """A public portfolio that holds `core`, under `parents`."""
    number = next(_numbers)
    values = {
        "slug": f"portfolio-{number}",
        "title": {"en": f"Portfolio {number}"},
        "visibility": Visibility.PUBLIC,
    } | fields
    portfolio: Portfolio = Portfolio.objects.create(network=network or make_network(), **values)
    portfolio.parents.set(parents)
    for initiative in core:
        make_entry(portfolio, initiative)
    return portfolio


def make_entry(portfolio: Portfolio, initiative: Initiative, **fields: Any) -> Entry:
    """An admitted core entry, unless the fields say otherwise."""
    values = {"portfolio_class": PortfolioClass.CORE, "state": AdmissionState.ADMITTED} | fields
    if values["portfolio_class"] == PortfolioClass.AFFILIATED and values["state"] == AdmissionState.ADMITTED:
        values.setdefault("checked_at", timezone.now())
    return Entry.objects.create(portfolio=portfolio, initiative=initiative, **values)


def make_proposal(portfolio: Portfolio, initiative: Initiative, state: str = AdmissionState.SUBMITTED) -> Entry:
    """An affiliated entry on its way to admission."""
    return make_entry(portfolio, initiative, portfolio_class=PortfolioClass.AFFILIATED, state=state)
