"""Which rows of this room a person sees: those of the portfolios that they see."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from polyfolio.audit.visibility import KeptQuerySet
from polyfolio.people.access import STEWARDING, Access


class InPortfolioQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return Q(portfolio__in=_portfolios(access))


class DecisionQuerySet(InPortfolioQuerySet):
    """Decisions are as open as their portfolio."""


def _portfolios(access: Access) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("portfolios", "Portfolio").objects.visible_to_access(access)
    return rows


def _initiatives(access: Access) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("portfolios", "Initiative").objects.visible_to_access(access)
    return rows


class DiscussionQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        """Seen by those who see the portfolio and the initiative."""
        return Q(portfolio__in=_portfolios(access), initiative__in=_initiatives(access))


class CommentQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return Q(
            discussion__deleted_at__isnull=True,
            discussion__portfolio__in=_portfolios(access),
            discussion__initiative__in=_initiatives(access),
        )


class ScenarioQuerySet(KeptQuerySet):
    """Scenarios are thoughts aloud: those who take part in the portfolio see them, others see what is decided."""

    def seen_by(self, access: Access) -> Q:
        portfolios = apps.get_model("portfolios", "Portfolio").objects.visible_to_access(access)
        return Q(portfolio__in=portfolios) & (
            Q(portfolio__in=access.ids("portfolio")) | Q(portfolio__network__in=access.ids("network", STEWARDING))
        )


class MoveQuerySet(KeptQuerySet):
    """A move is seen with its scenario, if what it is about is seen too."""

    def seen_by(self, access: Access) -> Q:
        scenarios = apps.get_model("sensemaking", "Scenario").objects.visible_to_access(access)
        seen = apps.get_model("portfolios", "Initiative").objects.visible_to_access(access)
        about = Q(initiative__isnull=True) | Q(initiative__in=seen)
        return Q(scenario__in=scenarios) & about & (Q(into__isnull=True) | Q(into__in=seen))


class SupportQuerySet(InPortfolioQuerySet):
    """Support structures are as open as their portfolio."""


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
