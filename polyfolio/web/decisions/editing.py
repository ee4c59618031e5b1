"""Taking a decision, changing it, saying what became of it."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.actions import decisions as actions
from polyfolio.sensemaking.models import Decision
from polyfolio.sensemaking.queries.looking_back import decisions as queries
from polyfolio.web.decisions.forms import DecisionForm, FollowUpForm, InitiativeRows
from polyfolio.web.decisions.views import shown
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show

ORIGINS = ("hole", "scenario", "workshop", "stocktake", "discussion")


@page("sensemaking.decide", find=portfolios.find)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Take a decision; `?origin=stocktake-3` keeps where it was taken."""
    origin = _origin(request)
    initial = {"owner": request.user.pk, "taken_on": timezone.localdate(), "title": request.GET.get("title", "")[:300]}
    form = DecisionForm(request.POST or None, initial=initial, portfolio=portfolio, owner=request.user)
    rows = _rows(request)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        given = dict(form.cleaned_data)
        with refusals_in(form):
            taken = actions.take(
                portfolio=portfolio,
                kind=given.pop("kind"),
                title=given.pop("title"),
                values=given,
                initiatives=_chosen(rows),
                origin=origin,
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("“%s” is decided.") % taken)
            return go(request, taken)
    return _form(request, portfolio, form, rows)


def _origin(request: OurRequest) -> tuple[str, int] | None:
    name, _dash, number = request.GET.get("origin", "").rpartition("-")
    return (name, int(number)) if name in ORIGINS and number.isdigit() and len(number) < 19 else None


@page("sensemaking.edit_decision", find=queries.find)
def edit(request: OurRequest, decision: Decision) -> HttpResponseBase:
    """Change what was decided; initiatives that this person does not see stay with it."""
    form = DecisionForm(
        request.POST or None,
        initial=DecisionForm.initial_of(decision),
        portfolio=decision.portfolio,
        owner=decision.owner,
    )
    seen = list(queries.initiatives(request.user, decision))
    rows = _rows(request, seen)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        unseen = [each for each in decision.initiatives.all() if each not in seen]
        with refusals_in(form):
            row = actions.edit(
                decision=decision,
                values=form.cleaned_data,
                initiatives=[*_chosen(rows), *unseen],
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, decision)
    return _form(request, decision.portfolio, form, rows, decision)


@page("sensemaking.follow_decision", find=queries.find, methods=["POST"])
def follow(request: OurRequest, decision: Decision) -> HttpResponseBase:
    """Say what became of it."""
    form = FollowUpForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            row = actions.edit(decision=decision, values=form.cleaned_data, by=request.user, at=timezone.now())
            is_undoable = may(request.user, "sensemaking.edit_decision", decision)
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row if is_undoable else None)
            return go(request, decision)
    return show(request, "decisions/decision.html", shown(request.user, decision, form))


@page("sensemaking.edit_decision", find=queries.find, methods=["POST"])
def delete(request: OurRequest, decision: Decision) -> HttpResponseBase:
    row = actions.delete(decision=decision, by=request.user, at=timezone.now())
    say(request, _("“%s” is deleted.") % decision, undo=row)
    return go(request, "decisions", slug=decision.portfolio.slug)


def _rows(request: OurRequest, chosen: list[Initiative] | None = None) -> RowsFormSet:
    initial: list[dict[str, Any]] = [{"initiative": each} for each in chosen or []]
    rows = InitiativeRows(request.POST or None, initial=initial, prefix="initiatives")
    for row in rows.forms:
        row.fields["initiative"].viewer = request.user
    return rows


def _chosen(rows: RowsFormSet) -> list[Initiative]:
    return list(dict.fromkeys(row["initiative"] for row in rows.rows()))


def _form(
    request: OurRequest, portfolio: Portfolio, form: DecisionForm, rows: RowsFormSet, decision: Decision | None = None
) -> HttpResponseBase:
    context = {"portfolio": portfolio, "form": form, "rows": rows, "decision": decision}
    return show(request, "decisions/edit.html", context, status=422 if rows.is_bound and not rows.is_valid() else 200)
