"""Imports: begun, watched, read as a report, stopped, undone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from polyfolio.exchange.actions import imports
from polyfolio.exchange.choices import Outcome, RunState, Severity
from polyfolio.exchange.lifecycles import IMPORT_RUN
from polyfolio.exchange.models import ImportRun
from polyfolio.exchange.queries import runs
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import RefusedError
from polyfolio.web.imports.columns import ITEM_COLUMNS, PROBLEM_COLUMNS, RUN_COLUMNS
from polyfolio.web.imports.forms import NewImportForm
from polyfolio.web.imports.uploads import limited, too_large
from polyfolio.web.lists import export, listing
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show

WORKING = (RunState.QUEUED, RunState.RUNNING, RunState.UNDOING)


@page("exchange.list_imports", methods=["GET"])
def imports_list(request: OurRequest) -> HttpResponseBase:
    """The imports of the networks one stewards."""
    listed = listing(request, runs.runs(request.user), RUN_COLUMNS, sort="-when")
    file = export(request, listed, name="imports")
    return file or show(request, "imports/imports.html", {"listing": listed})


@csrf_protect
@page("exchange.list_imports")
def begin(request: OurRequest) -> HttpResponseBase:
    """One import a file; those that cannot be taken are named, and the others begin."""
    initial = {"network": runs.networks(request.user).filter(slug=request.GET.get("network", "")).first()}
    files = request.FILES or None
    large = too_large(request)
    form = NewImportForm(request.POST or None, files, viewer=request.user, initial=initial, large=large)
    if request.method == "POST" and form.is_valid():
        begun = _start(request, form)
        for name in large:
            form.add_error("uploads", str(imports.too_large(name, settings.POLYFOLIO_UPLOAD_LIMIT_MB)))
        if begun and form.is_valid():
            return go(request, begun[0]) if len(begun) == 1 else go(request, "imports")
        if begun:
            say(request, _("Being imported: %(names)s.") % {"names": ", ".join(run.name for run in begun)})
    context = {"form": form, "limit": settings.POLYFOLIO_UPLOAD_LIMIT_MB}
    return show(request, "imports/new.html", context)


new = csrf_exempt(limited(begin))


def _start(request: OurRequest, form: NewImportForm) -> list[ImportRun]:
    given = form.cleaned_data
    sources: list[dict[str, Any]] = [{"upload": file} for file in given.get("uploads") or []]
    if given.get("address"):
        sources.append({"address": given["address"]})
    begun: list[ImportRun] = []
    for source in sources:
        with refusals_in(form):
            begun.append(imports.start(network=given["network"], by=request.user, at=timezone.now(), **source))
    return begun


@page("exchange.see_import", find=runs.find, methods=["GET"])
def report(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """What came of it in words, then the problems by kind."""
    steps = {step.verb: step for step in IMPORT_RUN.leaving(run.state)}
    context = {
        "run": run,
        "kinds": runs.problem_kinds(run),
        "same_file": runs.same_file(run),
        "steps": steps,
        "is_working": run.state in WORKING,
        "percent": _percent(run),
        "lists": {outcome: _list_address(run, outcome) for outcome in Outcome},
        "crumbs": [(_("Imports"), reverse("imports")), (run.name, "")],
    }
    return show(request, "imports/report.html", context)


def _percent(run: ImportRun) -> int:
    """How much of the file is read, or of its activities taken back."""
    if run.state == RunState.UNDOING:
        left = run.undo_position if run.undo_position is not None else run.position
        return 100 - round(100 * max(left - 1, 0) / run.position) if run.position else 100
    return round(100 * run.read_size / run.size) if run.size else 0


def _list_address(run: ImportRun, outcome: str) -> str:
    return f"{reverse('import_activities', args=[run.pk])}?outcome={outcome}"


@page("exchange.see_import", find=runs.find, methods=["GET"])
def progress(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """How far it is; leads to the report when it is done."""
    if run.state not in WORKING:
        return go(request, run)
    return show(request, "imports/_progress.html", {"run": run, "percent": _percent(run)})


@page("exchange.see_import", find=runs.find, methods=["GET"])
def problems(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """Every problem with its place: all, of one grade, or of one kind."""
    severity, code = request.GET.get("severity", ""), request.GET.get("code", "")
    if request.GET.get("export") == "json":
        return _json(run)
    listed = listing(request, runs.problems(run, severity=severity, code=code), PROBLEM_COLUMNS, sort="line")
    file = export(request, listed, name=f"problems of {run.name}")
    kinds = runs.problem_kinds(run)
    context = {
        "run": run,
        "listing": listed,
        "grades": [_grade(grade, kinds) for grade in Severity],
        "severity": severity,
        "kind": next((kind for kind in kinds if kind.code == code), None),
        "total": sum(kind.count for kind in kinds),
        "crumbs": [(_("Imports"), reverse("imports")), (run.name, run.get_absolute_url()), (_("Problems"), "")],
    }
    return file or show(request, "imports/problems.html", context)


def _grade(grade: Severity, kinds: Sequence[runs.ProblemKind]) -> tuple[str, Any, int]:
    """A grade, its name, and how many problems have it."""
    return grade, grade.label, sum(kind.count for kind in kinds if kind.severity == grade)


def _json(run: ImportRun) -> HttpResponseBase:
    """The whole report for a program, as it is written and not held in memory."""

    def pieces() -> Iterator[str]:
        head = {"file": run.name, "state": run.state, "version": run.version, "counts": run.counts}
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "problems": ['
        for number, row in enumerate(runs.report(run)):
            yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
        yield "\n]}\n"

    answer = StreamingHttpResponse(pieces(), content_type="application/json; charset=utf-8")
    name = slugify(f"problems of {run.name}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


@page("exchange.see_import", find=runs.find, methods=["GET"])
def activities(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """What became of each activity."""
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in Outcome else ""
    listed = listing(request, runs.items(run, outcome=outcome), ITEM_COLUMNS, sort="line")
    file = export(request, listed, name=f"activities of {run.name}")
    context = {
        "run": run,
        "listing": listed,
        "tabs": _tabs(run, outcome),
        "crumbs": [(_("Imports"), reverse("imports")), (run.name, run.get_absolute_url()), (_("Activities"), "")],
    }
    return file or show(request, "imports/activities.html", context)


def _tabs(run: ImportRun, outcome: str) -> list[dict[str, Any]]:
    everything = {
        "label": _("all"),
        "href": reverse("import_activities", args=[run.pk]),
        "count": run.position,
        "is_current": not outcome,
    }
    return [everything] + [
        {
            "label": each.label,
            "href": _list_address(run, each),
            "count": run.counts[each],
            "is_current": each == outcome,
        }
        for each in Outcome
    ]


@page("exchange.stop_import", find=runs.find, methods=["POST"])
def stop(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """End it where it is."""
    try:
        stopped = imports.stop(run=run, by=request.user, at=timezone.now())
    except (RefusedError, TransitionError) as refusal:
        say(request, refusal, is_problem=True)
    else:
        count = stopped.position
        say(
            request,
            ngettext("Stopped after %(count)s activity.", "Stopped after %(count)s activities.", count)
            % {"count": count},
        )
    return go(request, run)


@page("exchange.stop_import", find=runs.find, methods=["POST"])
def resume(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """Go on where it stopped."""
    try:
        imports.resume(run=run, by=request.user)
    except (RefusedError, TransitionError) as refusal:
        say(request, refusal, is_problem=True)
    return go(request, run)


@page("exchange.undo_import", find=runs.find, methods=["POST"])
def undo(request: OurRequest, run: ImportRun) -> HttpResponseBase:
    """Take it back."""
    try:
        imports.undo(run=run, by=request.user)
    except (RefusedError, TransitionError) as refusal:
        say(request, refusal, is_problem=True)
    return go(request, run)
