"""Which initiatives, resources and portfolios a person sees; every read starts from `visible_to`.

Nothing is more open than its network: what is public in a network that is not is seen like what is the network's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from polyfolio.audit.visibility import KeptQuerySet
from polyfolio.people.access import STEWARDING, Access
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import AdmissionState

OPEN_GRADES = (Visibility.PUBLIC, Visibility.NETWORK)
SHARED_GRADES = (*OPEN_GRADES, Visibility.PORTFOLIO)
STEWARD_GRADES = (*SHARED_GRADES, Visibility.STEWARDS)


def _seen_by_all() -> Q:
    """Public, in a public network; asked of the few networks once, not of each row's by a join."""
    open_networks = apps.get_model("network", "Network").objects.filter(visibility=Visibility.PUBLIC).values("pk")
    return Q(visibility=Visibility.PUBLIC) & Q(network__in=open_networks)


def _through(name: str, model: str, **conditions: Any) -> models.QuerySet[Any]:
    """Ids of `name` rows reached through a joining table."""
    rows: models.QuerySet[Any] = apps.get_model("portfolios", model).objects.filter(**conditions)
    return rows.values(f"{name}_id")


class InitiativeQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        """Public; my network's; my portfolios'; those I steward; those my organisations take part in; my own."""
        seen = _seen_by_all()
        if access.user_id is not None:
            seen |= Q(created_by_id=access.user_id)
        stewarded = access.ids("network", STEWARDING)
        networks = access.ids("network") - stewarded
        held = access.ids("portfolio", STEWARDING)
        portfolios = access.ids("portfolio") - held
        own = access.ids("organisation")
        if networks:
            seen |= Q(visibility__in=OPEN_GRADES, network__in=networks)
        if stewarded:
            seen |= Q(visibility__in=STEWARD_GRADES, network__in=stewarded)
        if portfolios:
            seen |= Q(visibility__in=SHARED_GRADES, pk__in=self._held(portfolios))
        if held:
            seen |= Q(visibility__in=STEWARD_GRADES, pk__in=self._held(held))
        if own:
            seen |= Q(
                visibility__in=STEWARD_GRADES,
                pk__in=_through("initiative", "Participation", organisation__in=own),
            )
        return seen

    @staticmethod
    def _held(portfolios: frozenset[int]) -> models.QuerySet[Any]:
        return _through(
            "initiative",
            "Entry",
            portfolio__in=portfolios,
            portfolio__deleted_at__isnull=True,
            state=AdmissionState.ADMITTED,
        )

    def dormant_since(self, threshold: datetime) -> Self:
        """Without a substantive update since `threshold`; derived, never stored as a state."""
        return self.filter(last_substantive_update_at__lt=threshold)


class ResourceQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        seen = _seen_by_all()
        if access.user_id is not None:
            seen |= Q(created_by_id=access.user_id)
        stewarded = access.ids("network", STEWARDING)
        networks = access.ids("network") - stewarded
        if networks:
            seen |= Q(visibility__in=OPEN_GRADES, network__in=networks)
        if stewarded:
            seen |= Q(visibility__in=STEWARD_GRADES, network__in=stewarded)
        return seen


class PortfolioQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        seen = _seen_by_all()
        if access.user_id is not None:
            seen |= Q(created_by_id=access.user_id)
        stewarded = access.ids("network", STEWARDING)
        networks = access.ids("network") - stewarded
        held = access.ids("portfolio", STEWARDING)
        portfolios = access.ids("portfolio") - held
        if networks:
            seen |= Q(visibility__in=OPEN_GRADES, network__in=networks)
        if stewarded:
            seen |= Q(visibility__in=STEWARD_GRADES, network__in=stewarded)
        if portfolios:
            seen |= Q(visibility__in=SHARED_GRADES, pk__in=portfolios)
        if held:
            seen |= Q(visibility__in=STEWARD_GRADES, pk__in=held)
        return seen
