"""Import runs and their reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Min, QuerySet, Value, When

from polyfolio.audit.visibility import Viewer
from polyfolio.exchange.choices import RunState, Severity
from polyfolio.exchange.iati.problems import Explanation
from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun
from polyfolio.network.models import Network
from polyfolio.people.access import STEWARDING, access_of

GRADES = tuple(Severity)


@dataclass(frozen=True)
class ProblemKind:
    """All problems of one kind in a run: how many, in how many activities, and the first as an example."""

    code: str
    severity: Severity
    count: int
    activities: int
    first: ImportProblem
    words: Explanation


def runs(user: Viewer) -> QuerySet[ImportRun]:
    """The runs of the networks that the person stewards, newest first."""
    found: QuerySet[ImportRun] = ImportRun.objects.visible_to(user).select_related("network", "queued_by")
    return found


def find(user: Viewer, pk: int) -> ImportRun:
    """One run that the person may see; raises ImportRun.DoesNotExist."""
    return runs(user).get(pk=pk)


def networks(user: Viewer) -> QuerySet[Network]:
    """The networks into which the person may import."""
    access = access_of(user)
    kept: QuerySet[Network] = Network.objects.kept().order_by("label")
    return kept if access.is_admin else kept.filter(pk__in=access.ids("network", STEWARDING))


def same_file(run: ImportRun) -> ImportRun | None:
    """The latest earlier run of the very same file in this network that still stands."""
    earlier = ImportRun.objects.filter(network=run.network_id, sha256=run.sha256, pk__lt=run.pk, state=RunState.DONE)
    found: ImportRun | None = earlier.exclude(sha256="").order_by("-pk").first()
    return found


def problems(run: ImportRun, *, severity: str = "", code: str = "") -> QuerySet[ImportProblem]:
    """The problems of a run in the file's order, all or of one grade or kind."""
    found = ImportProblem.objects.filter(run=run)
    if severity:
        found = found.filter(severity=severity)
    if code:
        found = found.filter(code=code)
    return found


def problem_kinds(run: ImportRun) -> list[ProblemKind]:
    """The kinds of problems of a run, the gravest first. Two queries."""
    rank = Case(
        *(When(severity=grade, then=Value(place)) for place, grade in enumerate(GRADES)),
        output_field=IntegerField(),
    )
    grouped = (
        ImportProblem.objects.filter(run=run)
        .order_by()
        .values("code", "severity")
        .annotate(count=Count("pk"), activities=Count("ordinal", distinct=True), first=Min("pk"), rank=rank)
        .order_by("rank", "-count", "code")
    )
    rows: Any = list(grouped)
    firsts = ImportProblem.objects.in_bulk([row["first"] for row in rows])
    return [
        ProblemKind(
            code=row["code"],
            severity=Severity(row["severity"]),
            count=row["count"],
            activities=row["activities"],
            first=firsts[row["first"]],
            words=firsts[row["first"]].words,
        )
        for row in rows
    ]


def items(run: ImportRun, *, outcome: str = "") -> QuerySet[ImportItem]:
    """What became of each activity, in the file's order."""
    found = ImportItem.objects.filter(run=run).select_related("initiative")
    return found.filter(outcome=outcome) if outcome else found


def report(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Every problem of a run in words, for a download; one row at a time."""
    for problem in problems(run).iterator(chunk_size=2000):
        words = problem.words
        yield {
            "activity": problem.ordinal,
            "line": problem.line or None,
            "identifier": problem.identifier,
            "element": problem.element,
            "value": problem.value,
            "severity": problem.severity,
            "code": problem.code,
            "message": words.message,
            "done": words.done,
            "remedy": words.remedy,
        }
