"""Who acts for a portfolio, in which capacity; stewards and desks receive the grants that go with it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Organisation, Person
from polyfolio.people.actions import grants
from polyfolio.people.choices import GrantRole, ScopeType
from polyfolio.people.models import Grant, User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio, PortfolioRole

STEWARD = "portfolios.steward_portfolio"
GRANTED = {
    Capacity.STEWARD: GrantRole.STEWARD,
    Capacity.LEAD: GrantRole.STEWARD,
    Capacity.CO_LEAD: GrantRole.STEWARD,
    Capacity.OWNER: GrantRole.STEWARD,
    Capacity.DESK_MEMBER: GrantRole.DESK,
    Capacity.CONTRIBUTOR: GrantRole.EDITOR,
}
"""What a person with an account may act as, by capacity; every other capacity makes a member."""


def give(
    *,
    portfolio: Portfolio,
    capacity: str,
    by: User,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    since_on: date | None = None,
    until_on: date | None = None,
) -> PortfolioRole:
    """Let a person and/or an organisation act for a portfolio; a person with an account gets the grant with it."""
    require(by, STEWARD, portfolio)
    if person is None and organisation is None:
        raise RefusedError(_("Name a person or an organisation."), field="person")
    since = since_on or at.date()
    if until_on is not None and until_on < since:
        raise RefusedError(_("The end is before the start."), field="until_on")
    with transaction.atomic():
        role = PortfolioRole(
            portfolio=portfolio,
            person=person,
            organisation=organisation,
            capacity=capacity,
            since_on=since,
            until_on=until_on,
        )
        role.clean_fields()
        role.save(force_insert=True)
        _grant(role, by=by, at=at)
        changes.write(record=portfolio, verb="portfolio.give_role", by=by, at=at, after={"role": str(role)})
    return role


def end(*, role: PortfolioRole, by: User, at: datetime, until_on: date | None = None) -> PortfolioRole:
    """End a role on a day (today where none is said); the grant goes with the last role that gave it."""
    require(by, STEWARD, role.portfolio)
    last = until_on or at.date()
    if last < role.since_on:
        raise RefusedError(_("The end is before the start."), field="until_on")
    with transaction.atomic():
        before = {"role": str(role), "until_on": plain(role.until_on)}
        role.until_on = last
        role.save(update_fields=["until_on"])
        if last <= at.date():
            _take_back(role, on=at.date(), by=by, at=at)
        after = {"role": str(role), "until_on": plain(last)}
        changes.write(record=role.portfolio, verb="portfolio.end_role", by=by, at=at, before=before, after=after)
    return role


def current(portfolio: Portfolio, on: date) -> Q:
    """Roles of a portfolio that are not over on a day; one that ends that day is."""
    return Q(portfolio=portfolio) & (Q(until_on__isnull=True) | Q(until_on__gt=on))


def lapse(*, at: datetime) -> int:
    """Take back the grants of roles whose last day has passed; says how many. Safe to run again."""
    ended = PortfolioRole.objects.filter(until_on__lte=at.date(), person__user__isnull=False)
    taken = 0
    with transaction.atomic():
        for role in ended.select_related("portfolio", "person__user").order_by("pk"):
            taken += _take_back(role, on=role.until_on or at.date(), by=None, at=at)
    return taken


def _granted(capacity: str) -> GrantRole:
    return GRANTED.get(Capacity(capacity), GrantRole.MEMBER)


def _grant(role: PortfolioRole, *, by: User, at: datetime) -> None:
    if role.person is None or role.person.user is None:
        return
    scope = (ScopeType.PORTFOLIO.value, role.portfolio_id)
    given = _granted(role.capacity)
    grants.put(user=role.person.user, role=given, scope=scope, label=str(role.portfolio), by=by, at=at)


def _take_back(role: PortfolioRole, *, on: date, by: User | None, at: datetime) -> int:
    """Withdraw what this role gave up to that day, unless another current role of the person gives the same."""
    if role.person is None or role.person.user is None:
        return 0
    others = PortfolioRole.objects.filter(current(role.portfolio, on), person=role.person).exclude(pk=role.pk)
    if _granted(role.capacity) in {_granted(capacity) for capacity in others.values_list("capacity", flat=True)}:
        return 0
    given = Grant.objects.filter(
        user=role.person.user,
        role=_granted(role.capacity),
        scope_type=ScopeType.PORTFOLIO,
        scope_id=role.portfolio_id,
        given_at__date__lte=on,
    )
    for grant in given:
        grants.remove(grant, by=by, at=at, label=str(role.portfolio))
    return len(given)
