"""Reading how a portfolio as a whole comes on."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.models import PortfolioIndicator, ProgressFeedback


def indicators(user: Viewer, portfolio: Portfolio) -> QuerySet[PortfolioIndicator, Any]:
    """With all that was measured. Two queries."""
    rows: QuerySet[PortfolioIndicator, Any] = PortfolioIndicator.objects.visible_to(user).filter(portfolio=portfolio)
    return rows.prefetch_related("values")


def feedback(user: Viewer, portfolio: Portfolio) -> QuerySet[ProgressFeedback, Any]:
    rows: QuerySet[ProgressFeedback, Any] = ProgressFeedback.objects.visible_to(user).filter(portfolio=portfolio)
    return rows.select_related("adjustment__portfolio")


def find_indicator(user: Viewer, slug: str, pk: int) -> PortfolioIndicator:
    rows = PortfolioIndicator.objects.visible_to(user).select_related("portfolio__network")
    found: PortfolioIndicator = rows.get(pk=pk, portfolio__slug=slug)
    return found


def find_feedback(user: Viewer, slug: str, pk: int) -> ProgressFeedback:
    rows = ProgressFeedback.objects.visible_to(user).select_related("portfolio__network", "adjustment")
    found: ProgressFeedback = rows.get(pk=pk, portfolio__slug=slug)
    return found
