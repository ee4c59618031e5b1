"""Imports into a network, for those who steward it."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from ninja import File, UploadedFile

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.naming import fresh
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, removed
from polyfolio.api.schemas.imports import (
    AddressGiven,
    ImportShape,
    MatchShape,
    import_row,
    import_shape,
    item_shape,
    match_shape,
    problem_shape,
)
from polyfolio.exchange.actions import imports as actions
from polyfolio.exchange.actions import matches as match_actions
from polyfolio.exchange.choices import Outcome, RunState, Severity
from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun, OrganisationMatch
from polyfolio.exchange.queries import matches, runs
from polyfolio.network.models import Network
from polyfolio.network.queries import networks

routes = Routes("Imports", "Files of initiatives read into a network: begun, watched, read as a report, undone.")

SEE, STOP, UNDO = "exchange.see_import", "exchange.stop_import", "exchange.undo_import"


@routes.list(
    "/imports",
    whoever_may("exchange.list_imports"),
    shape=import_row,
    sorts={"-queued_at": ("-queued_at",), "name": ("name",)},
)
def every(
    request: OurRequest,
    state: Annotated[RunState | None, says("Only those in this state.")] = None,
    network: Annotated[str, says("Only into this network.", max_length=100)] = "",
) -> QuerySet[ImportRun]:
    """The imports of the networks that you steward."""
    rows = runs.runs(request.user)
    rows = rows.filter(state=state) if state else rows
    return rows.filter(network__slug=network) if network else rows


@routes.post("/networks/{slug:slug}/imports", whoever_may("exchange.start_import"), find=networks.find, status=202)
def upload(request: OurRequest, network: Network, file: File[UploadedFile]) -> ImportShape:
    """Send a file to read into a network. It is read in the background; ask again how it goes."""
    try:
        run = actions.start(network=network, upload=file, by=request.user, at=timezone.now())
    except actions.NotTakenError as refusal:
        raise actions.NotTakenError(str(refusal), field="file") from refusal
    return _whole(run)


@routes.post(
    "/networks/{slug:slug}/imports/from-address",
    whoever_may("exchange.start_import"),
    find=networks.find,
    status=202,
)
def fetch(request: OurRequest, network: Network, given: AddressGiven) -> ImportShape:
    """Read a file on the web into a network. It is fetched and read in the background."""
    return _whole(actions.start(network=network, address=given.address, by=request.user, at=timezone.now()))


@routes.get("/imports/{int:pk}", whoever_may(SEE), find=runs.find)
def show(_request: ApiRequest, run: ImportRun) -> ImportShape:
    """How an import goes or went, with the kinds of problems that it met."""
    return _whole(run)


@routes.list(
    "/imports/{int:pk}/problems",
    whoever_may(SEE),
    find=runs.find,
    shape=problem_shape,
    sorts={"place": ("ordinal", "line"), "severity": ("severity", "ordinal")},
)
def problems(
    _request: ApiRequest,
    run: ImportRun,
    severity: Annotated[Severity | None, says("Only of this grade.")] = None,
    code: Annotated[str, says("Only of this kind.", max_length=60)] = "",
) -> QuerySet[ImportProblem]:
    """The report: each problem with its line, element and value, what was done about it, and what to do."""
    return runs.problems(run, severity=severity or "", code=code)


@routes.list(
    "/imports/{int:pk}/items",
    whoever_may(SEE),
    find=runs.find,
    shape=item_shape,
    sorts={"ordinal": ("ordinal",)},
)
def items(
    _request: ApiRequest,
    run: ImportRun,
    outcome: Annotated[Outcome | None, says("Only those of which this became.")] = None,
) -> QuerySet[ImportItem]:
    """What became of each activity."""
    return runs.items(run, outcome=outcome or "")


@routes.post("/imports/{int:pk}/stop", whoever_may(STOP), find=runs.find, status=200)
def stop(request: OurRequest, run: ImportRun) -> ImportShape:
    """Stop it where it is; what was imported until then stays, and can be undone."""
    return _whole(actions.stop(run=run, by=request.user, at=timezone.now()))


@routes.post("/imports/{int:pk}/resume", whoever_may(STOP), find=runs.find, status=202)
def resume(request: OurRequest, run: ImportRun) -> ImportShape:
    """Go on with an import that was stopped."""
    return _whole(actions.resume(run=run, by=request.user))


@routes.post("/imports/{int:pk}/undo", whoever_may(UNDO), find=runs.find, status=202)
def undo(request: OurRequest, run: ImportRun) -> ImportShape:
    """Take an import back as a whole, in the background; refused where a later one built upon it."""
    return _whole(actions.undo(run=run, by=request.user))


@routes.list(
    "/import-matches",
    whoever_may("exchange.list_imports"),
    shape=match_shape,
    sorts={"candidate": ("candidate__label",)},
)
def every_match(request: OurRequest) -> QuerySet[OrganisationMatch]:
    """Organisations that imports named like others: say whether they are one."""
    return matches.open_matches(request.user)


@routes.get("/import-matches/{int:pk}", whoever_may("exchange.decide_match"), find=matches.find)
def show_match(_request: ApiRequest, match: OrganisationMatch) -> MatchShape:
    """One match to decide."""
    return match_shape(match)


@routes.post("/import-matches/{int:pk}/accept", whoever_may("exchange.decide_match"), find=matches.find, status=200)
def accept(request: OurRequest, match: OrganisationMatch) -> Removed:
    """Say that they are one: what the import brought becomes part of the one known before."""
    label = str(match)
    request.change = match_actions.accept(match=match, by=request.user, at=timezone.now())
    return removed(label)


@routes.post("/import-matches/{int:pk}/reject", whoever_may("exchange.decide_match"), find=matches.find, status=200)
def reject(request: OurRequest, match: OrganisationMatch) -> Removed:
    """Say that they are two; no later import asks again."""
    label = str(match)
    match_actions.reject(match=match, by=request.user, at=timezone.now())
    return removed(label)


def _whole(run: ImportRun) -> ImportShape:
    now: ImportRun = fresh(run)
    return import_shape(now, runs.problem_kinds(now))
