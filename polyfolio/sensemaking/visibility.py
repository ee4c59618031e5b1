"""Which rows of this room a person sees: those of the portfolios that they see."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from polyfolio.audit.visibility import KeptQuerySet
from polyfolio.people.access import Access


class DecisionQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return _in_seen_portfolio(access)


class SupportQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return _in_seen_portfolio(access)


def _in_seen_portfolio(access: Access) -> Q:
    return Q(portfolio__in=apps.get_model("portfolios", "Portfolio").objects.visible_to_access(access))
