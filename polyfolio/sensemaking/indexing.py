"""Decisions in the search index, so that “what did we decide about this, and did it work?” is one search away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.texts import best_language
from polyfolio.portfolios.documents import portfolio_tokens
from polyfolio.search.actions.changes import note
from polyfolio.search.documents import SearchDocument, register
from polyfolio.sensemaking.models import Decision

OPENING = frozenset({"visibility", "slug", "network", "deleted_at"})


class Decisions:
    """A decision is found by whoever sees its portfolio, by its title, reason, evidence and outcome."""

    def all_ids(self) -> Iterator[int]:
        rows: QuerySet[Any, Any] = Decision.objects.kept().filter(portfolio__deleted_at__isnull=True)
        ids: Iterator[int] = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
        return ids

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        """One query a chunk."""
        rows = Decision.objects.kept().filter(pk__in=ids, portfolio__deleted_at__isnull=True).order_by("pk")
        for row in rows.select_related("portfolio__network"):
            language = best_language(row.portfolio.title) or "en"
            body = "\n\n".join(text for text in (row.outcome, row.reason, row.evidence) if text)
            yield SearchDocument(
                kind="decision",
                object_id=row.pk,
                address=row.get_absolute_url(),
                title={language: row.title},
                label=row.title,
                body={language: body} if body else {},
                visible_to=portfolio_tokens(row.portfolio),
                facets={"status": (row.state,), "type": (row.kind,), "portfolio": (row.portfolio.slug,)},
                starts_on=row.taken_on,
                updated_at=row.updated_at,
                extra={"type": row.kind, "status": row.state},
            )


def note_changes(rows: Sequence[AuditRecord]) -> None:
    """Note decisions that changed, and those whose portfolio or network was opened, closed, moved or deleted."""
    changed = {row.subject_id for row in rows if row.subject_type == "decision"}
    portfolios = {row.subject_id for row in rows if row.subject_type == "portfolio" and _opens(row)}
    networks = {row.subject_id for row in rows if row.subject_type == "network" and _opens(row)}
    if portfolios:
        changed |= set(Decision.objects.filter(portfolio__in=portfolios).values_list("pk", flat=True))
    if networks:
        changed |= set(Decision.objects.filter(portfolio__network__in=networks).values_list("pk", flat=True))
    if changed:
        note("decision", sorted(changed))


def _opens(row: AuditRecord) -> bool:
    step = row.verb.rpartition(".")[2]
    return step in ("delete", "restore") or bool(OPENING & {*row.before, *row.after})


def register_all() -> None:
    register("decision", Decisions())
