"""What the steps of writing a batch share: the run, and what one transaction has gathered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from polyfolio.audit.actions.changes import SYSTEM
from polyfolio.audit.facts import plain
from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.choices import Outcome
from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.problems import Problem
from polyfolio.exchange.iati.writing.deciding import Entry
from polyfolio.exchange.iati.writing.mapping.activity import Mapped
from polyfolio.exchange.iati.writing.mapping.crosswalk import Crosswalk
from polyfolio.exchange.iati.writing.organisations import Organisations
from polyfolio.exchange.iati.writing.slugs import Slugs
from polyfolio.exchange.models import ImportRun
from polyfolio.portfolios.models import Initiative


@dataclass(slots=True)
class Batch:
    """Activities in the file's order, the problems of the file as a whole that were found among them, and how many
    bytes of the file lead up to its end.
    """

    header: FileHeader
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read_size: int = 0


@dataclass(slots=True)
class Work:
    """One run at work. What is remembered of organisations and addresses holds until a transaction fails."""

    run: ImportRun
    crosswalk: Crosswalk
    organisations: Organisations
    slugs: Slugs

    @property
    def network(self) -> int:
        return self.run.network_id

    @property
    def today(self) -> date:
        """The day by which dates are judged: the same however often the run breaks off."""
        return self.run.queued_at.date()

    @property
    def by_id(self) -> int | None:
        return self.run.queued_by_id

    def forget(self) -> None:
        self.organisations.forget()
        self.slugs.forget()


def work_on(run: ImportRun, crosswalk: Crosswalk) -> Work:
    organisations = Organisations(
        network=run.network, by=run.queued_by, batch=run.batch, reason=reason_of(run), crosswalk=crosswalk
    )
    return Work(run, crosswalk, organisations, Slugs(Initiative, fallback="initiative"))


@dataclass(slots=True)
class Written:
    """One transaction: by ordinal what each activity becomes, and at its end what to log and to rebuild.

    `pks` are the initiatives, `bases` what their sources said last time, `before` what undoing restores.
    """

    batch: Batch
    at: datetime
    mapped: dict[int, Mapped] = field(default_factory=dict)
    bases: dict[int, Mapped] = field(default_factory=dict)
    pks: dict[int, int] = field(default_factory=dict)
    before: dict[int, bytes] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    log: list[AuditRecord] = field(default_factory=list)
    money: list[int] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[Entry]:
        return [entry for entry in self.batch.entries if entry.outcome == outcome and entry.read is not None]


def reason_of(run: ImportRun) -> str:
    """What the log says beside every change of this run."""
    return f"Import: {run.name}"


def log_row(
    run: ImportRun,
    pk: int,
    label: str,
    step: str,
    *,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditRecord:
    """An unsaved row of the log about an initiative, made without the initiative: there are thousands."""
    return AuditRecord(
        at=at,
        actor_id=run.queued_by_id,
        actor_label=str(run.queued_by) if run.queued_by else SYSTEM,
        verb=f"initiative.{step}",
        subject_type="initiative",
        subject_id=pk,
        subject_label=label,
        before=plain(before) if before else {},
        after=plain(after) if after else {},
        reason=reason_of(run),
        batch=run.batch,
    )
