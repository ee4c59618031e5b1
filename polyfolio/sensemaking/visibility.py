"""Which rows of this room a person sees: what is decided about a portfolio is seen by those who see the portfolio."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from polyfolio.audit.visibility import KeptQuerySet
from polyfolio.people.access import Access


class DecisionQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return Q(portfolio__in=apps.get_model("portfolios", "Portfolio").objects.visible_to_access(access))


class ExplorationQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        """Those of the networks and portfolios in which the person has a role, as far as they see what it is about."""
        portfolios = apps.get_model("portfolios", "Portfolio").objects.visible_to_access(access)
        organisations = apps.get_model("network", "Organisation").objects.visible_to_access(access)
        mine = Q(network__in=access.ids("network")) | Q(portfolio__in=access.ids("portfolio"))
        return (
            mine
            & Q(network__deleted_at__isnull=True)
            & (Q(portfolio__isnull=True) | Q(portfolio__in=portfolios))
            & (Q(organisation__isnull=True) | Q(organisation__in=organisations))
        )
