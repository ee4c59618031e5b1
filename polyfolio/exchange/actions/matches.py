"""Two organisations that a source names alike: a person says that they are one, or that they are not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.choices import MatchState
from polyfolio.exchange.models import OrganisationMatch
from polyfolio.network.actions import merging
from polyfolio.people.models import User
from polyfolio.people.rules import require


def accept(*, match: OrganisationMatch, by: User, at: datetime) -> AuditRecord:
    """Merge the provisional organisation into the one known before; later imports mean that one.

    Raises NotAllowedError where one of them is another network's.
    """
    with transaction.atomic():
        locked = _locked(match)
        require(by, "exchange.accept_match", locked)
        return merging.merge(kept=locked.candidate, merged=locked.provisional, by=by, at=at, _may_both=True)


def reject(*, match: OrganisationMatch, by: User, at: datetime) -> OrganisationMatch:
    """Say that they are two; no later import asks again."""
    with transaction.atomic():
        locked = _locked(match)
        require(by, "exchange.decide_match", locked)
        locked.state, locked.decided_by, locked.decided_at = MatchState.REJECTED, by, at
        locked.save(update_fields=["state", "decided_by", "decided_at"])
    return locked


def _locked(match: OrganisationMatch) -> OrganisationMatch:
    locked: OrganisationMatch = (
        OrganisationMatch.objects.select_for_update(of=("self",))
        .select_related("provisional", "candidate", "network")
        .get(pk=match.pk, state=MatchState.PROPOSED)
    )
    return locked
