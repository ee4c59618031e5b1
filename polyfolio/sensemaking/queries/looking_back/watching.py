"""The conditions that flags and the map of stewardship count by, so that each of their numbers opens its list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from polyfolio.funding.models import MoneyYear
from polyfolio.people.models import Grant
from polyfolio.portfolios.choices import OWNING_ROLES
from polyfolio.portfolios.models import InitiativeLink, Participation
from polyfolio.portfolios.rules import OWNING
from polyfolio.reporting.models import Result
from polyfolio.sensemaking.arithmetic.flags import SHORT_MONTHS
from polyfolio.sensemaking.queries.holdings import Holding

NOTHING = Q(pk__in=[])
HOLDER = OuterRef("pk")


def _began(_holding: Holding, value: str) -> Q:
    return Q(starts_on__year=int(value)) if value.isdecimal() and len(value) == 4 else NOTHING


def _horizon(_holding: Holding, value: str) -> Q:
    known = Q(horizon_months__isnull=False)
    return {"short": Q(horizon_months__lt=SHORT_MONTHS), "known": known, "none": ~known}.get(value, NOTHING)


def _links(_holding: Holding, value: str) -> Q:
    linked = Exists(InitiativeLink.objects.filter(source=HOLDER)) | Exists(InitiativeLink.objects.filter(target=HOLDER))
    return {"some": Q(linked), "none": ~Q(linked)}.get(value, NOTHING)


def _owner(_holding: Holding, value: str) -> Q:
    """Whether an organisation answers for it (accountable, implementing, co-owner, reporting)."""
    owned = Exists(_owners().filter(initiative=HOLDER))
    return {"some": Q(owned), "none": ~Q(owned)}.get(value, NOTHING)


def _focal_point(_holding: Holding, value: str) -> Q:
    """Whether somebody speaks for an organisation that answers for it, as its focal point or editor."""
    spoken_for = Grant.objects.filter(scope_type="organisation", role__in=OWNING, user__is_active=True)
    found = Exists(_owners().filter(initiative=HOLDER, organisation__in=spoken_for.values("scope_id")))
    return {"some": Q(found), "none": ~Q(found)}.get(value, NOTHING)


def _owners() -> Any:
    return Participation.objects.filter(role__in=OWNING_ROLES, organisation__deleted_at__isnull=True)


def _method(holding: Holding, value: str) -> Q:
    """Found among the few that name any method: no database of ours looks into a list of words the same way."""
    naming = holding.members().exclude(methods=[]).order_by().values_list("pk", "methods")
    return Q(pk__in=[pk for pk, methods in naming if value in methods])


def _quantities(_holding: Holding, value: str) -> Q:
    """Whether any money or any result is known of it."""
    known = Exists(MoneyYear.objects.filter(initiative=HOLDER)) | Exists(Result.objects.filter(initiative=HOLDER))
    return {"some": Q(known), "none": ~Q(known)}.get(value, NOTHING)


WATCHED: dict[str, Callable[[Holding, str], Q]] = {
    "began": _began,
    "horizon": _horizon,
    "links": _links,
    "owner": _owner,
    "focal_point": _focal_point,
    "method": _method,
    "quantities": _quantities,
}
