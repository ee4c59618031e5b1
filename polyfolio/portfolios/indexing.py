"""Which documents of the search index are to be read again when the log says what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from polyfolio.audit.models import AuditRecord
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, Participation, Portfolio, Resource
from polyfolio.search.actions.changes import note

KINDS = ("initiative", "resource", "portfolio")
NAMED_BY_OTHERS = frozenset({"title", "kind", "visibility", "slug", "merged", "moved"})


def note_changes(rows: Sequence[AuditRecord]) -> None:
    """Note the records themselves, and those whose documents name them. In the transaction of the change."""
    changed: dict[str, set[int]] = defaultdict(set)
    renamed: set[int] = set()
    opened = {row.subject_id for row in rows if _opens_network(row)}
    for row in rows:
        changed[row.subject_type].add(row.subject_id)
        if row.subject_type == "organisation" and _is_named_elsewhere(row):
            renamed.add(row.subject_id)
    gone = {row.subject_id for row in rows if row.verb in ("portfolio.delete", "portfolio.restore")}
    if gone:
        held = Entry.objects.filter(portfolio__in=gone, state=AdmissionState.ADMITTED)
        changed["initiative"] |= set(held.values_list("initiative_id", flat=True))
    if renamed:
        changed["initiative"] |= set(
            Participation.objects.filter(organisation__in=renamed).values_list("initiative_id", flat=True)
        )
        changed["resource"] |= set(Resource.objects.filter(organisations__in=renamed).values_list("pk", flat=True))
    if opened:
        for kind, found in _within(opened):
            changed[kind] |= set(found)
    for kind in KINDS:
        if changed.get(kind):
            note(kind, sorted(changed[kind]))


def _opens_network(row: AuditRecord) -> bool:
    """Whether a network was opened or closed, and with it everything in it."""
    return row.subject_type == "network" and "visibility" in {*row.before, *row.after}


def _within(networks: set[int]) -> Iterator[tuple[str, QuerySet[Any, int]]]:
    """Ids of what stands in these networks, by kind."""
    for kind, model in (("initiative", Initiative), ("resource", Resource), ("portfolio", Portfolio)):
        yield kind, model._default_manager.filter(network__in=networks).values_list("pk", flat=True)
    held = Entry.objects.filter(portfolio__network__in=networks, state=AdmissionState.ADMITTED)
    yield "initiative", held.values_list("initiative_id", flat=True)


def _is_named_elsewhere(row: AuditRecord) -> bool:
    step = row.verb.rpartition(".")[2]
    return step in ("delete", "restore", "merge", "merged_into") or bool(NAMED_BY_OTHERS & {*row.before, *row.after})
