"""Many more rows in every list of a world."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from polyfolio.audit.actions import changes
from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun, OrganisationMatch
from polyfolio.funding.models import Budget, PlannedDisbursement, Transaction
from polyfolio.network.choices import Capacity
from polyfolio.notify.actions import notices
from polyfolio.people.models import ApiToken
from polyfolio.portfolios.models import IntentVersion, PortfolioRole, Position, ScopeStatement
from polyfolio.reporting.models import Indicator, IndicatorValue, Result
from tests.api.world import World
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.portfolios import (
    make_entry,
    make_initiative,
    make_link,
    make_portfolio,
    make_proposal,
    make_resource,
)
from tests.factories.sensemaking import make_placement, make_stay, make_target_mix, make_wanted
from tests.factories.vocabulary import make_code, make_theme

_numbers = count()


def grow(world: World, rows: int) -> None:
    for _each in range(rows):
        _grow(world, next(_numbers))


def _grow(world: World, number: int) -> None:
    known = world.records
    network, portfolio, initiative = known["network"], known["portfolio"], known["initiative"]
    make_network()
    theme = make_theme(parent=known["theme"])
    organisation = make_organisation(network, country="SE")
    organisation.themes.add(theme)
    organisation.identifiers.create(scheme="XI-TEST", value=f"{number}")
    organisation.places.create(name="Lund")
    network.themes.add(theme)
    person = make_person(known["organisation"], may_be_named=True)
    body = make_body(network, parent=known["body"])
    make_role(known["body"], person=known["person"], organisation=known["organisation"], capacity=Capacity.OBSERVER)
    make_role(body, person=person, organisation=organisation)
    more = make_initiative(
        network, owners=[organisation], countries=["SE", "DK"], goals=[11, 12], themes=[theme], programmes=[body]
    )
    make_link(initiative, more)
    make_link(more, initiative)
    resource = make_resource(network)
    resource.organisations.add(organisation, known["organisation"])
    resource.initiatives.add(more, initiative)
    resource.programmes.add(body)
    resource.themes.add(theme)
    child = make_portfolio(network, parents=[portfolio])
    child.themes.add(theme)
    position = Position.objects.create(portfolio=portfolio, title={"en": f"Position {number}"})
    make_entry(portfolio, more, position=position)
    make_proposal(portfolio, make_initiative(network))
    make_placement(portfolio, more, assessor=world.owner)
    make_stay(portfolio, more)
    make_wanted(portfolio, theme.slug, "green")
    make_target_mix(portfolio)
    _around_portfolio(world, organisation)
    _around_run(known["run"], more, organisation, known["organisation"])
    _around_initiative(initiative, organisation)
    _around_owner(world, number)
    make_code(known["code"].code_list.name, code=f"more-{number}")
    make_code(f"Another list {known['code'].pk} {number}")


def _around_portfolio(world: World, organisation: Any) -> None:
    portfolio = world.records["portfolio"]
    ScopeStatement.objects.create(portfolio=portfolio, text={"en": "What is shared."})
    PortfolioRole.objects.create(portfolio=portfolio, organisation=organisation, person=world.records["person"])
    IntentVersion.objects.create(portfolio=portfolio, intent={"en": "Before"})


def _around_run(run: Any, initiative: Any, organisation: Any, candidate: Any) -> None:
    ImportRun.objects.create(network=run.network, name="more.xml")
    number = run.items.count() + 1
    ImportItem.objects.create(run=run, ordinal=number, outcome="added", initiative=initiative)
    ImportProblem.objects.create(run=run, ordinal=number, severity="error", code="identifier-missing")
    OrganisationMatch.objects.create(network=run.network, provisional=organisation, candidate=candidate)


def _around_initiative(initiative: Any, organisation: Any) -> None:
    money = {"initiative": initiative, "amount": Decimal("12.50"), "currency": "EUR"}
    Transaction.objects.create(**money, kind="disbursement", provider=organisation, receiver=organisation)
    Budget.objects.create(**money)
    PlannedDisbursement.objects.create(**money)
    result = Result.objects.create(initiative=initiative, level="output", title={"en": "Repairs"})
    for _each in range(2):
        indicator = Indicator.objects.create(result=result, title={"en": "Things repaired"})
        IndicatorValue.objects.create(indicator=indicator, kind="actual", text="12", starts_on=date(2025, 1, 1))


def _around_owner(world: World, number: int) -> None:
    notices.give(user=world.owner, text=f"Something happened {number}.", at=timezone.now())
    ApiToken.objects.create(user=world.owner, name=f"Token {number}", digest=f"more-{world.owner.pk}-{number}")
    for name in ("network", "body", "organisation", "person", "role", "initiative", "resource", "portfolio"):
        record = world.records[name]
        changes.write(
            record=record,
            verb=f"{name}.change",
            by=world.owner,
            at=timezone.now(),
            before={"a": number},
            after={"a": ""},
        )
