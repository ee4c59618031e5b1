"""What an organisation's page shows: its work and its partners, read across the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Membership, Network, Organisation
from polyfolio.portfolios.models import Initiative, Participation

PARTNERS_SHOWN = 12


@dataclass(frozen=True)
class Partner:
    """Another organisation, and in how many initiatives both take part."""

    organisation: Organisation
    count: int


def work(user: Viewer, organisation: Organisation) -> QuerySet[Participation]:
    """Every initiative that `user` sees and the organisation takes part in, by role; newest change first."""
    seen = Initiative.objects.visible_to(user)
    rows = Participation.objects.filter(organisation=organisation, initiative__in=seen)
    return rows.select_related("initiative__network").order_by("-initiative__updated_at", "pk")


def initiative_count(user: Viewer, organisation: Organisation) -> int:
    """Initiatives it takes part in, each once however many roles it has there."""
    rows = Participation.objects.filter(organisation=organisation, initiative__in=Initiative.objects.visible_to(user))
    return rows.values("initiative").distinct().count()


def partners(user: Viewer, organisation: Organisation) -> list[Partner]:
    """Those with whom it shares most initiatives that `user` sees. Two queries."""
    seen = Initiative.objects.visible_to(user)
    own = Participation.objects.filter(organisation=organisation, initiative__in=seen).values("initiative")
    counted = (
        Participation.objects.filter(initiative__in=own)
        .exclude(organisation=organisation)
        .values(pk_of=F("organisation"))
        .annotate(count=Count("initiative", distinct=True))
        .order_by("-count", "pk_of")
    )
    counts = {row["pk_of"]: row["count"] for row in counted[: PARTNERS_SHOWN * 4]}
    found = Organisation.objects.visible_to(user).in_bulk(list(counts))
    return [Partner(found[pk], count) for pk, count in counts.items() if pk in found][:PARTNERS_SHOWN]


def memberships(user: Viewer, organisation: Organisation) -> QuerySet[Membership]:
    """The networks it is a partner of, as far as `user` sees them."""
    rows = Membership.objects.filter(organisation=organisation, network__in=Network.objects.visible_to(user))
    return rows.select_related("network").order_by("network__label")


def relatives(user: Viewer, organisation: Organisation) -> dict[str, Any]:
    """The organisations above, below, before and after it that `user` sees. Two queries."""
    seen = Organisation.objects.visible_to(user)
    near = list(
        seen.filter(
            Q(pk__in=[pk for pk in (organisation.parent_id, organisation.successor_id) if pk])
            | Q(parent=organisation)
            | Q(successor=organisation)
        ).order_by("label", "pk")
    )
    return {
        "parent": _first(near, organisation.parent_id),
        "successor": _first(near, organisation.successor_id),
        "children": [each for each in near if each.parent_id == organisation.pk],
        "predecessors": [each for each in near if each.successor_id == organisation.pk],
    }


def _first(near: Sequence[Organisation], pk: int | None) -> Organisation | None:
    return next((each for each in near if each.pk == pk), None)
