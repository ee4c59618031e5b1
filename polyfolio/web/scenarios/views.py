"""What-if scenarios of a portfolio, side by side with today, and adopting one."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import scenarios as actions
from polyfolio.sensemaking.choices import ScenarioState
from polyfolio.sensemaking.models import Scenario
from polyfolio.web.pages import OurRequest, PageRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding as places
from polyfolio.web.scenarios import comparing, finding, pages
from polyfolio.web.scenarios.forms import ScenarioForm

COMPARED = 6


@page("sensemaking.see_scenarios", find=places.portfolio, methods=["GET"])
def scenarios(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """The open scenarios side by side with today, and those that were adopted or set aside."""
    every = list(Scenario.objects.visible_to(request.user).filter(portfolio=portfolio).select_related("created_by"))
    for each in every:
        each.portfolio = portfolio
    shown = [each for each in every if each.state == ScenarioState.OPEN]
    comparison = comparing.compare(request.user, portfolio, shown[:COMPARED], request.GET)
    context: dict[str, Any] = {
        "portfolio": portfolio,
        "comparison": comparison,
        "open": shown,
        "left_out": len(shown) - len(shown[:COMPARED]),
        "closed": [each for each in every if each.state != ScenarioState.OPEN],
        "weights": comparing.weights(portfolio, None),
        "today": timezone.localdate(),
        "may_create": may(request.user, "sensemaking.create_scenario", portfolio),
    }
    return show(request, "scenarios/scenarios.html", context)


@page("sensemaking.create_scenario", find=places.portfolio)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Begin a scenario."""
    form = ScenarioForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.create(portfolio=portfolio, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("The scenario is begun. Now add what would be different."))
            return go(request, made)
    return show(request, "scenarios/edit.html", {"portfolio": portfolio, "form": form})


@page("sensemaking.see_scenario", find=finding.scenario, methods=["GET"])
def scenario(request: PageRequest, scenario: Scenario) -> HttpResponseBase:
    """One scenario beside today, and beside the others that `?beside=` names; its moves in their order."""
    return show(request, "scenarios/scenario.html", pages.scenario(request.user, scenario, request.GET))


@page("sensemaking.edit_scenario", find=finding.scenario)
def edit(request: OurRequest, scenario: Scenario) -> HttpResponseBase:
    """Change its title, question or day."""
    initial = {name: getattr(scenario, name) for name in actions.FIELDS}
    form = ScenarioForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.edit(scenario=scenario, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("Saved."), undo=row)
            return go(request, scenario)
    return show(request, "scenarios/edit.html", {"portfolio": scenario.portfolio, "scenario": scenario, "form": form})


@page("sensemaking.edit_scenario", find=finding.scenario, methods=["POST"])
def change_state(request: OurRequest, scenario: Scenario) -> HttpResponseBase:
    """Set it aside, or take it up again."""
    is_set_aside = request.POST.get("state") == ScenarioState.SET_ASIDE
    act = actions.set_aside if is_set_aside else actions.reopen
    row = act(scenario=scenario, by=request.user, at=timezone.now())
    say(request, _("It is set aside.") if is_set_aside else _("It is open again."), undo=row)
    return go(request, scenario)


@page("sensemaking.edit_scenario", find=finding.scenario, methods=["POST"])
def delete(request: OurRequest, scenario: Scenario) -> HttpResponseBase:
    """Delete at once; the toast takes it back."""
    row = actions.delete(scenario=scenario, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % scenario, undo=row)
    return go(request, "scenarios", slug=scenario.portfolio.slug)


@page("sensemaking.adopt_scenario", find=finding.scenario, methods=["POST"])
def adopt(request: OurRequest, scenario: Scenario) -> HttpResponseBase:
    """One decision for each move; the scenario stays as it was when it was adopted."""
    try:
        taken = actions.adopt(scenario=scenario, by=request.user, at=timezone.now())
    except RefusedError as refused:
        say(request, refused, is_problem=True)
    else:
        sentence = ngettext("It is adopted: one decision.", "It is adopted: %(count)s decisions.", len(taken))
        say(request, sentence % {"count": len(taken)})
    return go(request, scenario)
