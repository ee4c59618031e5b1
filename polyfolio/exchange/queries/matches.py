"""Organisations that sources name alike, for a person to decide."""

from __future__ import annotations

from django.db.models import QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.exchange.choices import MatchState
from polyfolio.exchange.models import OrganisationMatch


def open_matches(user: Viewer) -> QuerySet[OrganisationMatch]:
    """Matches to decide in the networks that the person stewards; both organisations are still there."""
    found: QuerySet[OrganisationMatch] = OrganisationMatch.objects.visible_to(user)
    return (
        found.filter(
            state=MatchState.PROPOSED, provisional__deleted_at__isnull=True, candidate__deleted_at__isnull=True
        )
        .select_related("network", "provisional", "candidate")
        .prefetch_related("provisional__identifiers", "candidate__identifiers")
    )


def find(user: Viewer, pk: int) -> OrganisationMatch:
    """One match to decide; raises OrganisationMatch.DoesNotExist."""
    return open_matches(user).get(pk=pk)
