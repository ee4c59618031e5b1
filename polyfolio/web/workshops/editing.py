"""Planning a workshop, changing it, ending it with what it found."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.actions.meeting import finishing
from polyfolio.sensemaking.actions.meeting import workshops as actions
from polyfolio.sensemaking.choices import WorkshopState
from polyfolio.sensemaking.models import Workshop
from polyfolio.sensemaking.queries.looking_back import workshops as queries
from polyfolio.sensemaking.workshops.agendas import worded
from polyfolio.sensemaking.workshops.boards import fold
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.workshops.forms import EndForm, StepRows, WorkshopForm


@page("sensemaking.hold_workshop", find=portfolios.find)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    initial = {"held_on": timezone.localdate(), "facilitator": request.user.pk}
    form = WorkshopForm(request.POST or None, initial=initial, portfolio=portfolio, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.plan(
                portfolio=portfolio,
                title=form.cleaned_data["title"],
                values=form.values(),
                initiatives=list(form.cleaned_data["initiatives"]),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("The workshop is planned; people join with %s.") % made.code)
            return go(request, made)
    return show(request, "workshops/edit.html", {"portfolio": portfolio, "form": form})


@page("sensemaking.run_workshop", find=queries.find)
def edit(request: OurRequest, workshop: Workshop) -> HttpResponseBase:
    """Change it; its steps' words and minutes only before it begins."""
    form = WorkshopForm(
        request.POST or None,
        initial=WorkshopForm.initial_of(workshop),
        portfolio=workshop.portfolio,
        viewer=request.user,
        facilitator=workshop.facilitator,
    )
    is_planned = workshop.state == WorkshopState.PLANNED
    shown = [{name: step[name] for name in ("title", "question", "minutes")} for step in worded(workshop.steps)]
    rows = StepRows(request.POST or None, initial=shown, prefix="steps") if is_planned else None
    if request.method == "POST" and form.is_valid() and (rows is None or rows.is_valid()):
        with refusals_in(form):
            return _changed(request, workshop, form, rows)
    context = {"portfolio": workshop.portfolio, "form": form, "workshop": workshop, "rows": rows}
    is_bad = rows is not None and rows.is_bound and not rows.is_valid()
    return show(request, "workshops/edit.html", context, status=422 if is_bad else 200)


def _changed(request: OurRequest, workshop: Workshop, form: WorkshopForm, rows: RowsFormSet | None) -> HttpResponseBase:
    values: dict[str, Any] = {"title": form.cleaned_data["title"], **form.values()}
    if rows is None:
        values.pop("kind")
    elif values["kind"] == workshop.kind:
        values["steps"] = _steps(workshop, rows)
    offered = form.fields["initiatives"].queryset  # type: ignore[attr-defined]
    unseen = workshop.initiatives.exclude(pk__in=offered.values("pk"))
    row = actions.edit(
        workshop=workshop,
        values=values,
        initiatives=[*form.cleaned_data["initiatives"], *unseen],
        by=request.user,
        at=timezone.now(),
    )
    say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
    return go(request, workshop)


def _steps(workshop: Workshop, rows: RowsFormSet) -> list[dict[str, Any]]:
    """The steps with what was changed; words that were left alone stay ours, in every language."""
    shown = worded(workshop.steps)
    made = []
    for step, now, row in zip(workshop.steps, shown, rows.forms, strict=False):
        given = row.cleaned_data or now
        own = {name: given[name] for name in ("title", "question") if given[name] != now[name] or step.get(name)}
        made.append({**step, **own, "minutes": given["minutes"]})
    return made


@page("sensemaking.hold_workshop", find=queries.find, methods=["POST"])
def delete(request: OurRequest, workshop: Workshop) -> HttpResponseBase:
    row = actions.delete(workshop=workshop, by=request.user, at=timezone.now())
    say(request, _("“%s” is deleted.") % workshop, undo=row)
    return go(request, "workshops", slug=workshop.portfolio.slug)


@page("sensemaking.run_workshop", find=queries.find)
def end(request: OurRequest, workshop: Workshop) -> HttpResponseBase:
    """Choose which proposals are decided, and close the workshop with a stocktake."""
    seat = workshop.seats.filter(is_facilitator=True, user=request.user).order_by("-pk").first()
    if seat is None or workshop.state == WorkshopState.ENDED:
        return go(request, workshop)
    form = EndForm(
        request.POST or None,
        proposals=fold(workshop.acts.all()).proposals,
        may_decide=may(request.user, "sensemaking.decide", workshop.portfolio),
        may_place=may(request.user, "sensemaking.place_any", workshop.portfolio),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            stocktake = finishing.end(
                seat=seat,
                by=request.user,
                at=timezone.now(),
                chosen={int(each) for each in given.get("chosen", ())},
                is_placing=bool(given.get("is_placing")),
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("The workshop has ended; this is what it found."))
            return go(request, stocktake)
    context = {"portfolio": workshop.portfolio, "form": form, "workshop": workshop}
    return show(request, "workshops/end.html", context)
