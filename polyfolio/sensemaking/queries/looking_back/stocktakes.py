"""Reading stocktakes: those of a portfolio, the one before, and the figures that a reader may see of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import StocktakeState
from polyfolio.sensemaking.models import Decision, Stocktake
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.looking_back.decisions import taken_at
from polyfolio.sensemaking.queries.looking_back.freezing import frozen


def listed(user: Viewer, portfolio: Portfolio) -> QuerySet[Stocktake, Any]:
    rows: QuerySet[Stocktake, Any] = Stocktake.objects.visible_to(user).filter(portfolio=portfolio)
    return rows.select_related("portfolio")


def find(user: Viewer, slug: str, pk: int) -> Stocktake:
    """The stocktake at that address; raises DoesNotExist where `user` sees none."""
    rows = Stocktake.objects.visible_to(user).select_related("portfolio__network", "workshop__portfolio")
    found: Stocktake = rows.get(pk=pk, portfolio__slug=slug)
    return found


def previous(user: Viewer, stocktake: Stocktake) -> Stocktake | None:
    """The last one that was closed before."""
    earlier = Q(held_on__lt=stocktake.held_on) | Q(held_on=stocktake.held_on, pk__lt=stocktake.pk)
    rows = listed(user, stocktake.portfolio).filter(earlier, state=StocktakeState.CLOSED)
    return rows.order_by("-held_on", "-pk").first()


def figures(user: Viewer, stocktake: Stocktake, on: date) -> dict[str, Any]:
    """Those frozen when it closed, else those of today. Stewards read theirs, others what everybody may count."""
    is_steward = may(user, "sensemaking.take_stock", stocktake.portfolio)
    if stocktake.state == StocktakeState.CLOSED:
        kept: dict[str, Any] = stocktake.figures if is_steward else stocktake.open_figures
        return kept
    return frozen(holding(stocktake.portfolio, user if is_steward else None), on)


def decisions_of(user: Viewer, stocktake: Stocktake) -> QuerySet[Decision, Any]:
    """Decisions that were taken at it, or at the workshop that wrote it."""
    workshop = getattr(stocktake, "workshop", None)
    origins = [("stocktake", stocktake.pk)] + ([("workshop", workshop.pk)] if workshop is not None else [])
    return taken_at(user, stocktake.portfolio, *origins)
