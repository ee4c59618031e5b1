"""Who may place initiatives, mark what is wanted, decide, take stock and hold workshops."""

from __future__ import annotations

from polyfolio.lib.permissions import allow, predicate
from polyfolio.people.access import access_of
from polyfolio.people.rules import Asker
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.portfolios.rules import edits_initiative, stewards
from polyfolio.sensemaking.models import Decision, Workshop


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
def takes_part_in_its_portfolio(user: Asker, record: Workshop) -> bool:
    return takes_part(user, record.portfolio)


@predicate
def facilitates(user: Asker, record: Workshop) -> bool:
    return access_of(user).user_id is not None and record.facilitator_id == access_of(user).user_id


allow("sensemaking.decide", stewards)
allow("sensemaking.edit_decision", stewards)
allow("sensemaking.follow_decision", stewards | owns_decision)
allow("sensemaking.take_stock", stewards)
allow("sensemaking.track", stewards)
allow("sensemaking.hold_workshop", stewards)
allow("sensemaking.run_workshop", stewards | facilitates)
allow("sensemaking.read_workshop", stewards | facilitates | takes_part_in_its_portfolio)
allow("sensemaking.place", stewards | takes_part_in_entry | edits_placed_initiative)
allow("sensemaking.place_any", stewards | takes_part)
allow("sensemaking.agree", stewards)
allow("sensemaking.change_zone", stewards)
allow("sensemaking.set_target_mix", stewards)
allow("sensemaking.mark_wanted", stewards)
