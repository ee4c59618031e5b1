"""Imports: how each went, what was wrong, and what waits for a person's yes."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from polyfolio.api.frame.shapes import Given, Ref, Shape, Undo, address, ref
from polyfolio.exchange.choices import Outcome, RunState, Severity
from polyfolio.exchange.lifecycles import IMPORT_RUN
from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun, OrganisationMatch
from polyfolio.exchange.queries.runs import ProblemKind


class ImportCountsShape(Shape):
    """What became of the activities; together they are all that were read."""

    added: int
    changed: int
    unchanged: int
    failed: int


class ImportRow(Shape):
    """One reading of one source."""

    id: int
    href: str
    network: Ref
    name: str
    address: str = Field(description="Where it was fetched from; empty for a file.")
    standard: str
    version: str
    state: RunState
    end_reason: str
    total: int | None = Field(description="How many activities the source holds; null while that is not known.")
    counts: ImportCountsShape
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    undo: Undo | None = Field(description="Where to take it back; null where that is not possible now.")


class ProblemKindShape(Shape):
    """All problems of one kind: how many, in how many activities, and what they are about."""

    code: str
    severity: Severity
    count: int
    activities: int
    message: str
    done: str
    remedy: str
    list: str = Field(description="Where they are, one by one.")


class ImportShape(ImportRow):
    """One reading of one source, with the kinds of problems that it met."""

    problems: list[ProblemKindShape]


class ImportProblemShape(Shape):
    """Something in a source that was wrong: where, what was done about it, and what to do."""

    activity: int | None = Field(description="Its number in the source; null: the file as a whole.")
    line: int | None
    identifier: str
    element: str
    value: str
    severity: Severity
    code: str
    message: str
    done: str
    remedy: str


class ImportItemShape(Shape):
    """What became of one activity."""

    activity: int
    line: int | None
    identifier: str
    outcome: Outcome
    initiative: Ref | None


class AddressGiven(Given):
    """A file on the web to read."""

    address: str = Field(min_length=1, max_length=2000, examples=["https://example.org/iati/activities.xml"])


class MatchShape(Shape):
    """Two organisations that a source names alike."""

    id: int
    href: str
    network: Ref
    provisional: Ref = Field(description="The one that the import brought.")
    candidate: Ref = Field(description="The one that was known before.")
    reason: str


def import_row(run: ImportRun) -> ImportRow:
    return ImportRow.model_validate(row_values(run))


def row_values(run: ImportRun) -> dict[str, object]:
    may_be_undone = any(step.verb == "undo" for step in IMPORT_RUN.leaving(run.state))
    return {
        "id": run.pk,
        "href": address("imports", run.pk),
        "network": ref("networks", run.network),
        "name": run.name,
        "address": run.address,
        "standard": run.standard,
        "version": run.version,
        "state": run.state,
        "end_reason": run.get_end_reason_display(),
        "total": run.total,
        "counts": ImportCountsShape.model_validate(run.counts),
        "queued_at": run.queued_at,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "undo": Undo(href=address("imports", run.pk, "undo")) if may_be_undone else None,
    }


def import_shape(run: ImportRun, kinds: list[ProblemKind]) -> ImportShape:
    return ImportShape.model_validate(row_values(run) | {"problems": [_kind_shape(run, each) for each in kinds]})


def _kind_shape(run: ImportRun, kind: ProblemKind) -> ProblemKindShape:
    return ProblemKindShape(
        code=kind.code,
        severity=kind.severity,
        count=kind.count,
        activities=kind.activities,
        message=str(kind.words.message),
        done=str(kind.words.done),
        remedy=str(kind.words.remedy),
        list=f"{address('imports', run.pk, 'problems')}?code={kind.code}&severity={kind.severity.value}",
    )


def problem_shape(problem: ImportProblem) -> ImportProblemShape:
    words = problem.words
    return ImportProblemShape(
        activity=problem.ordinal,
        line=problem.line or None,
        identifier=problem.identifier,
        element=problem.element,
        value=problem.value,
        severity=Severity(problem.severity),
        code=problem.code,
        message=str(words.message),
        done=str(words.done),
        remedy=str(words.remedy),
    )


def item_shape(item: ImportItem) -> ImportItemShape:
    known = item.initiative if item.initiative is not None and not item.initiative.is_deleted else None
    return ImportItemShape(
        activity=item.ordinal,
        line=item.line or None,
        identifier=item.identifier,
        outcome=Outcome(item.outcome),
        initiative=ref("initiatives", known) if known is not None else None,
    )


def match_shape(match: OrganisationMatch) -> MatchShape:
    return MatchShape(
        id=match.pk,
        href=address("import-matches", match.pk),
        network=ref("networks", match.network),
        provisional=ref("organisations", match.provisional),
        candidate=ref("organisations", match.candidate),
        reason=str(match.get_reason_display()),
    )
