"""Adding, changing, ordering and removing the moves of a scenario."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.sensemaking.actions import moves as actions
from polyfolio.sensemaking.choices import MoveKind
from polyfolio.sensemaking.models import Move, Scenario
from polyfolio.web.pages import OurRequest, forbidden, go, page, refusals_in, say, show
from polyfolio.web.scenarios import finding
from polyfolio.web.scenarios.forms import MoveForm

MEANINGS = {
    MoveKind.START: gettext_lazy("Begin something new, or take in what others do already."),
    MoveKind.STOP: gettext_lazy("End it; what it held is free for something else."),
    MoveKind.BOOST: gettext_lazy("Give it high priority, and more money if you say how much."),
    MoveKind.MERGE: gettext_lazy("It becomes part of another one, which gets its money."),
    MoveKind.HAND_OVER: gettext_lazy("Others carry it on; it leaves this portfolio as a success."),
    MoveKind.RE_PLACE: gettext_lazy("Give it another purpose, so that it stands elsewhere on the diamond."),
    MoveKind.CHANGE_ZONE: gettext_lazy("Bring it into another zone."),
    MoveKind.CHANGE_MONEY: gettext_lazy("Give it more or less money than it has."),
}


@page("sensemaking.edit_scenario", find=finding.scenario)
def new(request: OurRequest, scenario: Scenario) -> HttpResponseBase:
    """First what kind of move (`?kind=stop`), then what it is about."""
    kind = request.GET.get("kind", "")
    if kind not in MoveKind.values:
        kinds = [(each, each.label.capitalize(), MEANINGS[each]) for each in MoveKind]
        return show(
            request, "scenarios/kinds.html", {"portfolio": scenario.portfolio, "scenario": scenario, "kinds": kinds}
        )
    form = _form(request, scenario, MoveKind(kind))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.add(scenario=scenario, values=form.values() | {"kind": kind}, by=request.user, at=timezone.now())
            say(request, _("The move is added."))
            return go(request, f"{scenario.get_absolute_url()}#moves")
    return show(request, "scenarios/move.html", _context(scenario, MoveKind(kind), form))


@page("sensemaking.edit_scenario", find=finding.move)
def edit(request: OurRequest, move: Move) -> HttpResponseBase:
    """Change what a move says; its kind stays."""
    if not Move.objects.visible_to(request.user).filter(pk=move.pk).exists():
        return forbidden(request, move)
    kind = MoveKind(move.kind)
    names = ("initiative", "note", *actions.USED[kind])
    initial = {name: getattr(move, name) for name in names} | {"fills": move.fills_id}
    form = _form(request, move.scenario, kind, initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.edit(move=move, values=form.values(), by=request.user, at=timezone.now())
            say(request, _("Saved."), undo=row)
            return go(request, f"{move.get_absolute_url()}#moves")
    return show(request, "scenarios/move.html", _context(move.scenario, kind, form) | {"move": move})


@page("sensemaking.edit_scenario", find=finding.move, methods=["POST"])
def shift(request: OurRequest, move: Move) -> HttpResponseBase:
    """One place up or down."""
    is_earlier = request.POST.get("to") == "earlier"
    row = actions.shift(move=move, is_earlier=is_earlier, by=request.user, at=timezone.now())
    say(request, _("The moves are in another order.") if row else _("It stands at that end already."), undo=row)
    return go(request, f"{move.get_absolute_url()}#moves")


@page("sensemaking.edit_scenario", find=finding.move, methods=["POST"])
def delete(request: OurRequest, move: Move) -> HttpResponseBase:
    """Take the move away at once; the toast brings it back."""
    row = actions.remove(move=move, by=request.user, at=timezone.now())
    say(request, _("The move is taken away."), undo=row)
    return go(request, f"{move.get_absolute_url()}#moves")


def _form(request: OurRequest, scenario: Scenario, kind: MoveKind, initial: dict[str, Any] | None = None) -> MoveForm:
    return MoveForm(
        request.POST or None,
        initial=initial,
        kind=kind,
        portfolio=scenario.portfolio,
        viewer=request.user,
    )


def _context(scenario: Scenario, kind: MoveKind, form: MoveForm) -> dict[str, Any]:
    return {
        "portfolio": scenario.portfolio,
        "scenario": scenario,
        "kind": kind,
        "meaning": MEANINGS[kind],
        "form": form,
    }
