"""Who may place, move, want, think through, talk over, decide and ask in a portfolio."""

from __future__ import annotations

from polyfolio.lib.permissions import allow, predicate
from polyfolio.network.models import Network
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.rules import Asker, is_admin
from polyfolio.portfolios.choices import OWNING_ROLES, AdmissionState
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.portfolios.queries.families import descendants
from polyfolio.portfolios.rules import OWNING, edits_initiative, edits_portfolio, is_creator, stewards
from polyfolio.sensemaking.choices import ScenarioState
from polyfolio.sensemaking.models import (
    Comment,
    Decision,
    Discussion,
    Exploration,
    Move,
    Placement,
    PlacementSheet,
    Scenario,
    Workshop,
)


@predicate
def takes_part(user: Asker, record: Portfolio) -> bool:
    """Holds any role in the portfolio."""
    return access_of(user).has("portfolio", record.pk)


@predicate
def takes_part_in_entry(user: Asker, record: Entry) -> bool:
    return takes_part(user, record.portfolio)


@predicate
def takes_part_in_its_portfolio(user: Asker, record: Portfolio | Entry | PlacementSheet | Workshop) -> bool:
    return takes_part(user, record if isinstance(record, Portfolio) else record.portfolio)


@predicate
def edits_placed_initiative(user: Asker, record: Entry) -> bool:
    return edits_initiative(user, record.initiative)


@predicate
def owns_decision(user: Asker, record: Decision) -> bool:
    return access_of(user).user_id is not None and record.owner_id == access_of(user).user_id


@predicate
def holds_its_own(user: Asker, record: Portfolio) -> bool:
    """Speaks for an organisation that owns an initiative which the portfolio, or one under it, holds."""
    speaks_for = access_of(user).ids("organisation", OWNING)
    if not speaks_for:
        return False
    entries = Entry.objects.filter(
        portfolio__in=[record.pk, *descendants(record.pk)],
        state=AdmissionState.ADMITTED,
        initiative__participations__organisation__in=speaks_for,
        initiative__participations__role__in=OWNING_ROLES,
    )
    return entries.exists()


@predicate
def belongs_around(user: Asker, record: Discussion | Comment) -> bool:
    """Holds a role in the network, or in an organisation that takes part in the initiative."""
    access = access_of(user)
    if access.user_id is None:
        return False
    if access.has("network", record.portfolio.network_id):
        return True
    own = access.ids("organisation")
    return bool(own) and record.initiative.participations.filter(organisation__in=own).exists()


@predicate
def opened_it(user: Asker, record: Discussion) -> bool:
    return access_of(user).user_id is not None and record.created_by_id == access_of(user).user_id


@predicate
def wrote_it(user: Asker, record: Comment) -> bool:
    return access_of(user).user_id is not None and record.created_by_id == access_of(user).user_id


@predicate
def said_it(user: Asker, record: Placement) -> bool:
    return access_of(user).user_id is not None and record.assessor_id == access_of(user).user_id


@predicate
def brought_it(user: Asker, record: PlacementSheet) -> bool:
    return access_of(user).user_id is not None and record.brought_by_id == access_of(user).user_id


_places = stewards | takes_part_in_entry | edits_placed_initiative


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


@predicate
def runs_explorations(user: Asker, record: Network | Portfolio | Exploration) -> bool:
    """Stewards the network, or the portfolio, that the exploration is (or would be) about."""
    if record is None:
        return False
    access = access_of(user)
    network = record.pk if isinstance(record, Network) else record.network_id
    portfolio = record.pk if isinstance(record, Portfolio) else getattr(record, "portfolio_id", None)
    return access.has("network", network, STEWARDING) or access.has("portfolio", portfolio, STEWARDING)


@predicate
def facilitates(user: Asker, record: Workshop) -> bool:
    return access_of(user).user_id is not None and record.facilitator_id == access_of(user).user_id


allow("sensemaking.run_exploration", is_admin | runs_explorations)
allow("sensemaking.decide", stewards)
allow("sensemaking.edit_decision", stewards)
allow("sensemaking.follow_decision", stewards | owns_decision)
allow("sensemaking.place", _places)
allow("sensemaking.place_own", stewards | takes_part | holds_its_own)
allow("sensemaking.take_stock", stewards)
allow("sensemaking.track", stewards)
allow("sensemaking.hold_workshop", stewards)
allow("sensemaking.run_workshop", stewards | facilitates)
allow("sensemaking.read_workshop", stewards | facilitates | takes_part_in_its_portfolio)
allow("sensemaking.place_any", stewards | takes_part)
allow("sensemaking.agree", stewards)
allow("sensemaking.change_zone", stewards)
allow("sensemaking.define_frame", stewards)
allow("sensemaking.set_target_mix", stewards)
allow("sensemaking.mark_wanted", stewards)
allow("sensemaking.take_back_placement", said_it)
allow("sensemaking.open_discussion", _places)
allow("sensemaking.comment", _places | belongs_around)
allow("sensemaking.reword_comment", wrote_it)
allow("sensemaking.take_back_comment", wrote_it | stewards)
allow("sensemaking.resolve_discussion", stewards | opened_it)
allow("sensemaking.see_sheet", stewards | brought_it)
allow("sensemaking.take_over_sheet", brought_it & (stewards | takes_part_in_its_portfolio))
allow("sensemaking.see_scenarios", stewards | takes_part)
allow("sensemaking.create_scenario", stewards | takes_part)
allow("sensemaking.see_scenario", stewards | takes_part_in_scenario)
allow("sensemaking.edit_scenario", (stewards | sketched_it) & is_still_open)
allow("sensemaking.adopt_scenario", stewards)
allow("sensemaking.follow_hole", stewards)
allow("sensemaking.set_flags", stewards)
allow("sensemaking.keep_supports", stewards)
allow("sensemaking.keep_terms", stewards | edits_portfolio)
allow("sensemaking.tag", stewards | takes_part_in_its_portfolio)
