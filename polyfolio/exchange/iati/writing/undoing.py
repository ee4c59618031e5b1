"""Taking a run back, the last activity first: what it added goes, what it changed becomes what it was."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.audit.models import AuditRecord
from polyfolio.exchange import claims
from polyfolio.exchange.choices import Outcome, RunState
from polyfolio.exchange.iati.writing import adding, changing, leavings, links, results, snapshots
from polyfolio.exchange.iati.writing.deciding import STANDARD
from polyfolio.exchange.iati.writing.mapping.parts import PARTS, line
from polyfolio.exchange.models import ImportItem, ImportRun, SourceRecord
from polyfolio.funding.actions import money_years
from polyfolio.lib.events import publish
from polyfolio.network.models import Organisation
from polyfolio.portfolios.events import InitiativesWritten
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.models import Result

Clock = Callable[[], datetime]

CHUNK = 100


def take_back(run: ImportRun, *, clock: Clock) -> None:
    """Undo what is left of a run, and end it. An interrupted undo goes on where it stopped.

    Raises ClaimLostError where another worker took it over.
    """
    while items := _next(run):
        with transaction.atomic():
            at = clock()
            claims.undone_down_to(run, at=at, position=items[-1].ordinal)
            log = _take_back(run, items, at)
            changes.write_many(log)
            publish(InitiativesWritten(tuple(item.initiative_id for item in items if item.initiative_id)))
    leavings.take_back(run, batch=undo_batch(run), clock=clock)
    with transaction.atomic():
        claims.finish(run, at=clock(), state=RunState.UNDONE)


def undo_batch(run: ImportRun) -> uuid.UUID:
    """The batch under which the log keeps the undoing of a run."""
    return uuid.uuid5(run.batch, "undo")


def _next(run: ImportRun) -> list[ImportItem]:
    wanted = ImportItem.objects.filter(run=run, outcome__in=(Outcome.ADDED, Outcome.CHANGED), initiative__isnull=False)
    if run.undo_position is not None:
        wanted = wanted.filter(ordinal__lt=run.undo_position)
    return list(wanted.select_related("initiative").order_by("-ordinal")[:CHUNK])


def _take_back(run: ImportRun, items: list[ImportItem], at: datetime) -> list[AuditRecord]:
    added = [item for item in items if item.outcome == Outcome.ADDED]
    changed = [item for item in items if item.outcome == Outcome.CHANGED and item.before is not None]
    return [*_delete(run, added, at), *_restore(run, changed, at)]


def _delete(run: ImportRun, items: list[ImportItem], at: datetime) -> list[AuditRecord]:
    """Out of every list, as a person deletes them: whoever worked with one can still bring it back."""
    initiatives = [item.initiative for item in items if item.initiative is not None]
    pks = [each.pk for each in initiatives]
    kept = [each for each in initiatives if each.deleted_at is None]
    Initiative.objects.filter(pk__in=[each.pk for each in kept]).update(deleted_at=at, updated_at=at)
    SourceRecord.objects.filter(initiative__in=pks, standard=STANDARD).delete()
    links.leave(pks)
    return [_log_row(run, each, "delete", at) for each in kept]


def _restore(run: ImportRun, items: list[ImportItem], at: datetime) -> list[AuditRecord]:
    log = []
    pks = [item.initiative_id for item in items if item.initiative_id is not None]
    snapshot = {item.pk: snapshots.unpack(bytes(item.before or b"")) for item in items}
    merged = _merges(snapshot.values())
    stated = links.statements_of(pks)
    for item in items:
        initiative = item.initiative
        if initiative is None:
            continue
        kept = snapshot[item.pk]
        before, after = _put_back(run, initiative, kept, merged, at)
        _put_back_source(run, item, source=kept["source"], stated=stated[initiative.pk], were=kept["links"], at=at)
        if before != after:
            log.append(_log_row(run, initiative, "change", at, before=before, after=after))
    money_years.rebuild(pks)
    return log


def _put_back(
    run: ImportRun, initiative: Initiative, kept: dict[str, Any], merged: dict[int, int], at: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields and whole parts as they were; before and after for the log."""
    pk, values = initiative.pk, kept["values"]
    fields = [name for name in values if name != "last_substantive_update_at"]
    before = {name: getattr(initiative, name) for name in fields}
    after = {name: values[name] for name in fields}
    changing.update_fields(pk, values, at=at)
    for name, rows in kept["parts"].items():
        part = PARTS[name]
        standing: Any = part.model._default_manager.filter(initiative=pk)
        if name == "identifiers":
            standing = standing.exclude(scheme=STANDARD)
        earlier = [_after_merges(name, row, merged) for row in rows]
        before[name] = [line(part, row) for row in standing.order_by("pk").values_list(*part.columns)]
        after[name] = [line(part, row) for row in earlier]
        standing.delete()
        adding.insert_rows(name, ((pk, row) for row in earlier), network=run.network_id)
    if kept["results"] is not None:
        standing = Result.objects.filter(initiative=pk)
        before["results"] = list(standing.values_list("label", flat=True))
        after["results"] = [tree[0][2] for tree in kept["results"]]
        standing.delete()
        results.insert((pk, tree) for tree in kept["results"])
    return before, after


def _put_back_source(
    run: ImportRun,
    item: ImportItem,
    *,
    source: dict[str, Any] | None,
    stated: list[links.Statement],
    were: list[list[Any]],
    at: datetime,
) -> None:
    """The source record as it was (none where there was none), and what it states about others."""
    rows = SourceRecord.objects.filter(initiative=item.initiative_id, standard=STANDARD)
    if source is None:
        rows.delete()
    else:
        rows.update(**source)
    earlier = [(kind, is_reversed, other) for kind, is_reversed, other in were]
    stater = links.Stater(item.initiative_id or 0, item.identifier, None)
    links.withdraw(run.network_id, {stater: [each for each in stated if each not in earlier]})
    links.state(run.network_id, {stater: [each for each in earlier if each not in stated]}, on=at.date())


def _merges(snapshots_: Iterable[dict[str, Any]]) -> dict[int, int]:
    """Organisations that were merged since, and what they became."""
    named: set[int] = set()
    for kept in snapshots_:
        for name, rows in kept["parts"].items():
            places = [PARTS[name].place(column) for column in PARTS[name].organisations]
            named |= {row[place] for row in rows for place in places if row[place] is not None}
    rows = Organisation.objects.filter(pk__in=named, merged_into__isnull=False)
    return dict(rows.values_list("pk", "merged_into_id"))


def _after_merges(name: str, row: tuple[Any, ...], merged: dict[int, int]) -> tuple[Any, ...]:
    part = PARTS[name]
    if not part.organisations:
        return row
    values = list(row)
    for column in part.organisations:
        place = part.place(column)
        values[place] = merged.get(values[place], values[place])
    return tuple(values)


def _log_row(run: ImportRun, record: Initiative, step: str, at: datetime, **facts: dict[str, Any]) -> AuditRecord:
    return changes.prepare(
        record=record,
        verb=f"initiative.{step}",
        by=run.undone_by,
        at=at,
        before=plain(facts.get("before", {})),
        after=plain(facts.get("after", {})),
        reason=f"Undone import: {run.name}",
        batch=undo_batch(run),
    )
