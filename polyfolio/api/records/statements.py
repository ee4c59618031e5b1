"""What people say about a portfolio, and who acts for it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.naming import fresh, named, numbered
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, removed
from polyfolio.api.records.portfolios import find as find_portfolio
from polyfolio.api.schemas.portfolios import (
    NewPositionGiven,
    PortfolioRoleGiven,
    PortfolioRoleShape,
    PositionGiven,
    PositionShape,
    RoleEndGiven,
    StatementGiven,
    StatementShape,
    portfolio_role_shape,
    position_shape,
    statement_shape,
)
from polyfolio.network.models import Organisation, Person
from polyfolio.portfolios.actions import roles as role_actions
from polyfolio.portfolios.actions import statements as actions
from polyfolio.portfolios.models import Portfolio, PortfolioRole, Position, ScopeStatement

routes = Routes(
    "Scope, positions, stewards",
    "What belongs into a portfolio, the strategic places where it learns, and who acts for it.",
)


def find_statement(user: Any, pk: int) -> ScopeStatement:
    rows = ScopeStatement.objects.filter(portfolio__in=Portfolio.objects.visible_to(user))
    return rows.select_related("portfolio").get(pk=pk)


def find_position(user: Any, pk: int) -> Position:
    rows = Position.objects.filter(portfolio__in=Portfolio.objects.visible_to(user))
    return rows.select_related("portfolio").get(pk=pk)


def visible_roles(user: Any) -> QuerySet[PortfolioRole]:
    """Roles in portfolios that the person sees, of organisations and persons that they see."""
    person = Q(person=None) | Q(person__in=Person.objects.visible_to(user))
    organisation = Q(organisation=None) | Q(organisation__in=Organisation.objects.visible_to(user))
    rows = PortfolioRole.objects.filter(person, organisation, portfolio__in=Portfolio.objects.visible_to(user))
    return rows.select_related("portfolio", "person__user", "organisation")


def find_role(user: Any, pk: int) -> PortfolioRole:
    return visible_roles(user).get(pk=pk)


@routes.list(
    "/portfolios/{slug:slug}/scope-statements",
    find=find_portfolio,
    shape=statement_shape,
    sorts={"stated_on": ("stated_on",)},
)
def every_statement(_request: ApiRequest, portfolio: Portfolio) -> QuerySet[ScopeStatement]:
    """Statements of what belongs into a portfolio and what does not."""
    return portfolio.scope_statements.all()


@routes.post("/portfolios/{slug:slug}/scope-statements", whoever_may("portfolios.edit_portfolio"), find=find_portfolio)
def state(request: OurRequest, portfolio: Portfolio, given: StatementGiven) -> StatementShape:
    """Add somebody's statement."""
    statement = actions.state_scope(portfolio=portfolio, **given.given(), by=request.user, at=timezone.now())
    return statement_shape(statement)


@routes.delete(
    "/scope-statements/{int:pk}", whoever_may("portfolios.edit_portfolio", of="portfolio"), find=find_statement
)
def withdraw(request: OurRequest, statement: ScopeStatement) -> Removed:
    """Withdraw a statement; the history keeps it."""
    actions.withdraw_scope(statement=statement, by=request.user, at=timezone.now())
    return removed(statement)


@routes.list(
    "/portfolios/{slug:slug}/positions",
    find=find_portfolio,
    shape=position_shape,
    sorts={"position": ("position",), "label": ("label",)},
)
def every_position(_request: ApiRequest, portfolio: Portfolio) -> QuerySet[Position]:
    """The strategic places of a portfolio."""
    return portfolio.positions.all()


@routes.post("/portfolios/{slug:slug}/positions", whoever_may("portfolios.edit_portfolio"), find=find_portfolio)
def add_position(request: OurRequest, portfolio: Portfolio, given: NewPositionGiven) -> PositionShape:
    """Add a strategic place to learn, after those that stand."""
    return position_shape(
        actions.add_position(portfolio=portfolio, **given.given(), by=request.user, at=timezone.now())
    )


@routes.get("/positions/{int:pk}", find=find_position)
def show_position(_request: ApiRequest, position: Position) -> PositionShape:
    """One position."""
    return position_shape(position)


@routes.patch("/positions/{int:pk}", whoever_may("portfolios.edit_portfolio", of="portfolio"), find=find_position)
def change_position(request: OurRequest, position: Position, given: PositionGiven) -> PositionShape:
    """Reword a position."""
    return position_shape(
        actions.edit_position(position=position, values=given.given(), by=request.user, at=timezone.now())
    )


@routes.delete("/positions/{int:pk}", whoever_may("portfolios.edit_portfolio", of="portfolio"), find=find_position)
def remove_position(request: OurRequest, position: Position) -> Removed:
    """Take a position away; the initiatives there stay in the portfolio."""
    actions.remove_position(position=position, by=request.user, at=timezone.now())
    return removed(position)


@routes.list(
    "/portfolios/{slug:slug}/roles",
    find=find_portfolio,
    shape=portfolio_role_shape,
    sorts={"capacity": ("capacity",), "-since_on": ("-since_on",)},
)
def every_role(request: ApiRequest, portfolio: Portfolio) -> QuerySet[PortfolioRole]:
    """Who acts or acted for a portfolio."""
    return visible_roles(request.user).filter(portfolio=portfolio)


@routes.post("/portfolios/{slug:slug}/roles", whoever_may("portfolios.steward_portfolio"), find=find_portfolio)
def give_role(request: OurRequest, portfolio: Portfolio, given: PortfolioRoleGiven) -> PortfolioRoleShape:
    """Let a person and/or an organisation act for a portfolio; a person with an account gets the rights with it."""
    user = request.user
    organisations, persons = Organisation.objects.visible_to(user), Person.objects.visible_to(user)
    role = role_actions.give(
        **given.given("person", "organisation"),
        portfolio=portfolio,
        person=numbered(persons, given.person, "person") if given.person else None,
        organisation=named(organisations, given.organisation, "organisation") if given.organisation else None,
        by=user,
        at=timezone.now(),
    )
    return portfolio_role_shape(role)


@routes.get("/portfolio-roles/{int:pk}", find=find_role)
def show_role(_request: ApiRequest, role: PortfolioRole) -> PortfolioRoleShape:
    """One role."""
    return portfolio_role_shape(role)


@routes.post(
    "/portfolio-roles/{int:pk}/end",
    whoever_may("portfolios.steward_portfolio", of="portfolio"),
    find=find_role,
    status=200,
)
def end_role(request: OurRequest, role: PortfolioRole, given: RoleEndGiven) -> PortfolioRoleShape:
    """End a role; the rights go with the last role that gave them."""
    role_actions.end(role=role, by=request.user, at=timezone.now(), until_on=given.until_on)
    return portfolio_role_shape(fresh(role))
