"""Who may place initiatives, say in which zone they stand, and mark what is wanted."""

from __future__ import annotations

from polyfolio.lib.permissions import allow, predicate
from polyfolio.people.access import access_of
from polyfolio.people.rules import Asker
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.portfolios.rules import edits_initiative, is_creator, stewards
from polyfolio.sensemaking.choices import ScenarioState
from polyfolio.sensemaking.models import Decision, Move, Scenario


@predicate
def takes_part(user: Asker, record: Portfolio) -> bool:
    """Holds any role in the portfolio."""
    return access_of(user).has("portfolio", record.pk)


@predicate
def takes_part_in_entry(user: Asker, record: Entry) -> bool:
    return takes_part(user, record.portfolio)


@predicate
def edits_placed_initiative(user: Asker, record: Entry) -> bool:
    return edits_initiative(user, record.initiative)


@predicate
def owns_decision(user: Asker, record: Decision) -> bool:
    return access_of(user).user_id is not None and record.owner_id == access_of(user).user_id


@predicate
def takes_part_in_scenario(user: Asker, record: Scenario) -> bool:
    return takes_part(user, record.portfolio)


@predicate
def is_still_open(_user: Asker, record: Scenario | Move) -> bool:
    """What was adopted stays as it was when it was decided."""
    scenario = record.scenario if isinstance(record, Move) else record
    return scenario.state != ScenarioState.ADOPTED


@predicate
def sketched_it(user: Asker, record: Scenario | Move) -> bool:
    """Made the scenario, and still takes part in its portfolio."""
    scenario = record.scenario if isinstance(record, Move) else record
    return is_creator(user, scenario) and takes_part(user, scenario.portfolio)


allow("sensemaking.decide", stewards)
allow("sensemaking.edit_decision", stewards)
allow("sensemaking.follow_decision", stewards | owns_decision)
allow("sensemaking.place", stewards | takes_part_in_entry | edits_placed_initiative)
allow("sensemaking.place_any", stewards | takes_part)
allow("sensemaking.agree", stewards)
allow("sensemaking.change_zone", stewards)
allow("sensemaking.set_target_mix", stewards)
allow("sensemaking.mark_wanted", stewards)
allow("sensemaking.see_scenarios", stewards | takes_part)
allow("sensemaking.create_scenario", stewards | takes_part)
allow("sensemaking.see_scenario", stewards | takes_part_in_scenario)
allow("sensemaking.edit_scenario", (stewards | sketched_it) & is_still_open)
allow("sensemaking.adopt_scenario", stewards)
