"""Look-alikes of the organisations that a run recorded, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Q

from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.choices import MatchReason
from polyfolio.exchange.models import ImportRun, OrganisationMatch
from polyfolio.network.models import Organisation
from polyfolio.people.choices import Visibility

CHUNK = 500
# A name that so many share says nothing.
MOST_ALIKE = 5


def propose(run: ImportRun, *, at: datetime) -> None:
    """Propose those that are here under the same name as one that the run recorded. Looks through all names once.

    What a person rejected before is not proposed again. Candidates are public, or partners of the run's network.
    """
    made = list(made_by(run))
    recorded: dict[str, list[int]] = defaultdict(list)
    for start in range(0, len(made), CHUNK):
        kept = Organisation.objects.kept().filter(pk__in=made[start : start + CHUNK])
        for pk, key in kept.values_list("pk", "name_key"):
            recorded[key].append(pk)
    recorded.pop("", None)
    if not recorded:
        return
    pairs = _pairs(run, recorded)
    matches = [
        OrganisationMatch(
            network=run.network, provisional_id=provisional, candidate_id=candidate, reason=reason, proposed_at=at
        )
        for (provisional, candidate), reason in pairs.items()
    ]
    OrganisationMatch.objects.bulk_create(matches, ignore_conflicts=True, batch_size=CHUNK)


def made_by(run: ImportRun) -> list[int]:
    """The organisations that a run recorded or brought back, by the log."""
    verbs = ("organisation.create", "organisation.restore")
    rows = AuditRecord.objects.filter(batch=run.batch, verb__in=verbs).order_by("pk")
    return list(dict.fromkeys(rows.values_list("subject_id", flat=True)))


def _pairs(run: ImportRun, recorded: dict[str, list[int]]) -> dict[tuple[int, int], MatchReason]:
    """(provisional, candidate) → why. Of two that the run recorded itself, the later one is the provisional one."""
    seen = Q(visibility=Visibility.PUBLIC) | Q(memberships__network=run.network)
    rows = Organisation.objects.kept().filter(seen).distinct().order_by("pk")
    pairs: dict[tuple[int, int], MatchReason] = {}
    for pk, key, others in rows.values_list("pk", "name_key", "other_keys").iterator(chunk_size=2000):
        _note(pairs, recorded.get(key, []), pk, MatchReason.NAME)
        for other in others.strip("|").split("|"):
            _note(pairs, recorded.get(other, []), pk, MatchReason.OTHER_NAME)
    return pairs


def _note(
    pairs: dict[tuple[int, int], MatchReason], provisional: list[int], candidate: int, reason: MatchReason
) -> None:
    for pk in provisional[:MOST_ALIKE]:
        if pk != candidate and (candidate, pk) not in pairs:
            first, second = max(pk, candidate), min(pk, candidate)
            pairs.setdefault((first, second), reason)
