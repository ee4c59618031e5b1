"""One small transaction: a batch of activities written whole, with its place in the run, its report and its log."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from polyfolio.audit.actions import changes
from polyfolio.exchange import claims
from polyfolio.exchange.choices import Outcome
from polyfolio.exchange.iati.problems import Problem, problem
from polyfolio.exchange.iati.writing import adding, changing
from polyfolio.exchange.iati.writing.deciding import Entry, clean
from polyfolio.exchange.iati.writing.mapping.activity import map_activity
from polyfolio.exchange.iati.writing.mapping.mentions import Mentions
from polyfolio.exchange.iati.writing.work import Batch, Work, Written
from polyfolio.exchange.models import ImportItem, ImportProblem
from polyfolio.funding.actions import money_years
from polyfolio.lib import bulk
from polyfolio.lib.events import publish
from polyfolio.portfolios.events import InitiativesWritten

log = logging.getLogger(__name__)

# The database itself does not work, or the run is another's: no fault of an activity.
NOT_OURS = (OperationalError, InterfaceError, claims.ClaimLostError)
ITEM = ("ordinal", "line", "identifier", "outcome", "initiative_id", "before")
PROBLEM = ("ordinal", "line", "identifier", "element", "value", "severity", "code", "params")


def write(work: Work, batch: Batch, clock: Callable[[], datetime]) -> None:
    """Write a batch whole. Where something in it cannot be written, everything else still is."""
    try:
        _write(work, batch, clock())
    except NOT_OURS:
        work.forget()
        raise
    except Exception as error:  # noqa: BLE001  # whatever one activity breaks must break no other
        work.forget()
        _write_in_parts(work, batch, error, clock)


def insert_problems(run: int, problems: Iterable[Problem]) -> None:
    """Add to a run's report."""
    bulk.insert(ImportProblem, PROBLEM, (_problem_row(each) for each in problems), run_id=run)


def _write_in_parts(work: Work, batch: Batch, error: Exception, clock: Callable[[], datetime]) -> None:
    """Half by half down to the one that does it, which counts as failed."""
    count = len(batch.entries)
    if count > 1:
        first = replace(batch, entries=batch.entries[: count // 2], read_size=work.run.read_size)
        write(work, first, clock)
        write(work, replace(batch, entries=batch.entries[count // 2 :], problems=[]), clock)
        return
    if not count or batch.entries[0].outcome == Outcome.FAILED:
        raise error
    entry = batch.entries[0]
    kind = type(error).__name__
    log.error("An activity could not be written", extra={"run": work.run.pk, "ordinal": entry.ordinal, "error": kind})
    why = problem("not-written", ordinal=entry.ordinal, line=entry.line, identifier=entry.identifier, value=kind)
    failed = Entry(entry.ordinal, entry.line, entry.identifier, Outcome.FAILED, problems=[*entry.problems, why])
    _write(work, replace(batch, entries=[failed]), clock())


def _write(work: Work, batch: Batch, at: datetime) -> None:
    written = Written(batch, at)
    mentions = _map(work, written)
    with transaction.atomic():
        _checkpoint(work, written)
        _settle(work, written, mentions)
        adding.add(work, written)
        changing.change(work, written)
        _finish(work, written)


def _checkpoint(work: Work, written: Written) -> None:
    entries = written.batch.entries
    claims.checkpoint(
        work.run,
        at=written.at,
        position=entries[-1].ordinal if entries else work.run.position,
        read_size=written.batch.read_size,
        version=written.batch.header.version[:10],
        counts=Counter(str(entry.outcome) for entry in entries),
    )


def _map(work: Work, written: Written) -> Mentions:
    """Everything that needs no database."""
    mentions = Mentions()
    for entry in written.batch.entries:
        if entry.read is not None:
            written.mapped[entry.ordinal] = map_activity(
                entry.read.data,
                crosswalk=work.crosswalk,
                mentions=mentions,
                today=work.today,
                place=(entry.ordinal, entry.line),
            )
    return mentions


def _settle(work: Work, written: Written, mentions: Mentions) -> None:
    """Organisations' keys become ids; those that only an earlier source named are looked up and not recorded."""
    ids = work.organisations.settle(mentions, at=written.at)
    written.log += work.organisations.take_log()
    for mapped in written.mapped.values():
        mapped.settle(ids)
    earlier = Mentions()
    for entry in written.batch.entries:
        if entry.base is not None:
            written.bases[entry.ordinal] = map_activity(
                entry.base.data, crosswalk=work.crosswalk, mentions=earlier, today=work.today
            )
    if earlier:
        known = work.organisations.look_up(earlier)
        for mapped in written.bases.values():
            mapped.settle(known)


def _finish(work: Work, written: Written) -> None:
    """What a run leaves behind of each activity, and what follows from its money."""
    batch, before = written.batch, written.before
    items = (
        (
            each.ordinal,
            each.line,
            each.identifier,
            each.outcome.value,
            written.pks.get(each.ordinal, each.initiative),
            before.get(each.ordinal),
        )
        for each in batch.entries
    )
    bulk.insert(ImportItem, ITEM, items, run_id=work.run.pk)
    found = [*batch.problems]
    for entry in batch.entries:
        found += entry.problems
        if entry.ordinal in written.mapped:
            found += written.mapped[entry.ordinal].problems
    insert_problems(work.run.pk, [*found, *written.notes])
    changes.write_many(written.log)
    if written.money:
        money_years.rebuild(initiative_ids=written.money)
    if written.touched:
        publish(InitiativesWritten(tuple(written.touched)))


def _problem_row(each: Problem) -> tuple[Any, ...]:
    params = {name: _cut(value) for name, value in each.params.items()}
    return (
        each.ordinal,
        each.line,
        clean(each.identifier)[:300],
        each.element[:300],
        _cut(each.value)[:500],
        str(each.severity.value),
        each.code,
        params,
    )


def _cut(value: str | int) -> Any:
    """What a report can show; no database takes a NUL."""
    return value if isinstance(value, int) else value[:1000].replace("\x00", "\ufffd")
