"""Portfolios and what they intend."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.history import add_history
from polyfolio.api.frame.naming import all_named, asked, themes_named, with_unseen
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.schemas.portfolios import (
    IntentGiven,
    IntentVersionShape,
    NewPortfolioGiven,
    PortfolioGiven,
    PortfolioShape,
    portfolio_shape,
    version_shape,
)
from polyfolio.network.models import Network
from polyfolio.network.queries import networks
from polyfolio.portfolios.actions import portfolios as actions
from polyfolio.portfolios.choices import PortfolioStatus
from polyfolio.portfolios.models import Initiative, IntentVersion, Portfolio
from polyfolio.vocabulary.models import Theme

routes = Routes("Portfolios", "Connected initiatives with one intent, and somebody who stewards them.")


def find(user: Any, slug: str) -> Portfolio:
    found: Portfolio = Portfolio.objects.visible_to(user).select_related("network").get(slug=slug)
    return found


def filled(rows: QuerySet[Portfolio], user: Any) -> QuerySet[Portfolio]:
    """The same with what stands around them, as far as the person sees it."""
    seen = Portfolio.objects.visible_to(user)
    return rows.select_related("network").prefetch_related(
        "themes", Prefetch("parents", queryset=seen), Prefetch("children", queryset=seen)
    )


class PortfolioFilters(BaseModel):
    """Which portfolios; several values of one filter widen it, filters together narrow."""

    q: str = Field("", max_length=200, description="Letters of a title.")
    network: Slug | None = Field(None, description="The network that they belong to.")
    parent: Slug | None = Field(None, description="A portfolio that they stand in.")
    status: list[PortfolioStatus] = Field([], description="Statuses.")
    theme: list[Slug] = Field([], description="Themes.")


@routes.list("/portfolios", shape=portfolio_shape, sorts={"label": ("label",), "updated_at": ("updated_at",)})
def every(request: ApiRequest, filters: Query[PortfolioFilters]) -> QuerySet[Portfolio]:
    """All portfolios."""
    user = request.user
    rows: QuerySet[Portfolio] = Portfolio.objects.visible_to(user)
    rows = rows.filter(label__icontains=filters.q) if filters.q else rows
    rows = rows.filter(status__in=filters.status) if filters.status else rows
    if filters.network:
        rows = rows.filter(network=asked(Network.objects.visible_to(user), filters.network, "network"))
    if filters.parent:
        rows = rows.filter(parents=asked(Portfolio.objects.visible_to(user), filters.parent, "parent"))
    if filters.theme:
        themes = [asked(Theme.objects.all(), slug, "theme") for slug in filters.theme]
        rows = rows.filter(pk__in=Portfolio.objects.filter(themes__in=themes).values("pk"))
    return filled(rows, user)


@routes.post("/networks/{slug:slug}/portfolios", whoever_may("portfolios.create_portfolio"), find=networks.find)
def begin(request: OurRequest, network: Network, given: NewPortfolioGiven) -> PortfolioShape:
    """Begin a portfolio; initiatives that are not yours to enter are proposed for admission."""
    initiatives = all_named(Initiative.objects.visible_to(request.user), given.initiatives, "initiatives")
    portfolio = actions.create(
        network=network,
        title=given.title,
        values=_values(given, "title", "initiatives"),
        related=_related(request, given),
        initiative_ids=[each.pk for each in initiatives],
        by=request.user,
        at=timezone.now(),
    )
    request.found = portfolio
    return whole(request, portfolio)


@routes.get("/portfolios/{slug:slug}", find=find)
def show(request: ApiRequest, portfolio: Portfolio) -> PortfolioShape:
    """One portfolio."""
    return whole(request, portfolio)


@routes.patch("/portfolios/{slug:slug}", whoever_may("portfolios.edit_portfolio"), find=find)
def change(request: OurRequest, portfolio: Portfolio, given: PortfolioGiven) -> PortfolioShape:
    """Change a portfolio, all but its intent."""
    request.change = actions.edit(
        portfolio=portfolio,
        values=_values(given),
        related=_related(request, given, portfolio),
        by=request.user,
        at=timezone.now(),
    )
    return whole(request, portfolio)


@routes.delete("/portfolios/{slug:slug}", whoever_may("portfolios.delete_portfolio"), find=find)
def delete(request: OurRequest, portfolio: Portfolio) -> Removed:
    """Take a portfolio out of every list; its initiatives stay."""
    return removed(portfolio, actions.delete(portfolio=portfolio, by=request.user, at=timezone.now()))


@routes.put("/portfolios/{slug:slug}/intent", whoever_may("portfolios.edit_portfolio"), find=find)
def reword(request: OurRequest, portfolio: Portfolio, given: IntentGiven) -> PortfolioShape:
    """Say the intent in new words; what it said before is kept with the reason."""
    request.change = actions.reword_intent(
        portfolio=portfolio,
        intent=given.given("reason"),
        reason=given.reason,
        by=request.user,
        at=timezone.now(),
    )
    return whole(request, portfolio)


@routes.list(
    "/portfolios/{slug:slug}/intent-versions",
    find=find,
    shape=version_shape,
    sorts={"-written_at": ("-written_at",)},
)
def intent_versions(_request: ApiRequest, portfolio: Portfolio) -> QuerySet[IntentVersion]:
    """What the intent said before."""
    return portfolio.intent_versions.all()


def whole(request: ApiRequest, portfolio: Portfolio) -> PortfolioShape:
    return portfolio_shape(filled(Portfolio.objects.all(), request.user).get(pk=portfolio.pk))


def _values(given: PortfolioGiven, *left_out: str) -> dict[str, Any]:
    values = given.given("parents", "themes", *left_out)
    if "vocabulary" in values:
        values["vocabulary"] = [each.model_dump() for each in given.vocabulary]
    return values


def _related(request: OurRequest, given: PortfolioGiven, portfolio: Portfolio | None = None) -> dict[str, list[Any]]:
    sent = given.model_fields_set
    related: dict[str, list[Any]] = {}
    if "themes" in sent:
        related["themes"] = themes_named(given.themes)
    if "parents" in sent:
        seen = Portfolio.objects.visible_to(request.user)
        chosen = all_named(seen, given.parents, "parents")
        related["parents"] = with_unseen(portfolio.parents.all(), seen, chosen) if portfolio is not None else chosen
    return related


add_history(routes, "/portfolios/{slug:slug}", find)

__all__ = ["IntentVersionShape", "routes"]
