"""Which rows of this room a person sees: what is decided about a portfolio is seen by those who see the portfolio."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from polyfolio.audit.visibility import KeptQuerySet
from polyfolio.people.access import Access


class InPortfolioQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return Q(portfolio__in=apps.get_model("portfolios", "Portfolio").objects.visible_to_access(access))


class DecisionQuerySet(InPortfolioQuerySet):
    """Decisions are as open as their portfolio."""
