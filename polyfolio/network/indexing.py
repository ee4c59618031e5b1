"""Which documents of the search index are to be read again when the log says what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from polyfolio.audit.models import AuditRecord
from polyfolio.network.models import Affiliation, Body, Role
from polyfolio.search.actions.changes import note

KINDS = frozenset({"network", "body", "organisation", "person"})


def note_changes(rows: Sequence[AuditRecord]) -> None:
    """Note the records themselves, and those whose documents name them. In the transaction of the change."""
    changed: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        changed[row.subject_type].add(row.subject_id)
    if changed["network"]:
        changed["body"] |= _ids(Body.objects.filter(network__in=changed["network"]).values_list("pk", flat=True))
    if changed["role"]:
        held = Role.objects.filter(pk__in=changed["role"])
        changed["organisation"] |= _ids(held.values_list("organisation", flat=True))
        changed["person"] |= _ids(held.values_list("person", flat=True))
    if changed["organisation"]:
        there = Affiliation.objects.filter(organisation__in=changed["organisation"])
        changed["person"] |= _ids(there.values_list("person", flat=True))
    for kind in KINDS & set(changed):
        note(kind, sorted(changed[kind]))


def _ids(found: Iterable[int | None]) -> set[int]:
    return {pk for pk in found if pk is not None}
