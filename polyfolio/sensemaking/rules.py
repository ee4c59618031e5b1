"""Who may place initiatives, say in which zone they stand, mark what is wanted, decide, and ask organisations."""

from __future__ import annotations

from polyfolio.lib.permissions import allow, predicate
from polyfolio.network.models import Network
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.rules import Asker, is_admin
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.portfolios.rules import edits_initiative, stewards
from polyfolio.sensemaking.models import Decision, Exploration


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
def runs_explorations(user: Asker, record: Network | Portfolio | Exploration) -> bool:
    """Stewards the network, or the portfolio, that the exploration is (or would be) about."""
    if record is None:
        return False
    access = access_of(user)
    network = record.pk if isinstance(record, Network) else record.network_id
    portfolio = record.pk if isinstance(record, Portfolio) else getattr(record, "portfolio_id", None)
    return access.has("network", network, STEWARDING) or access.has("portfolio", portfolio, STEWARDING)


allow("sensemaking.run_exploration", is_admin | runs_explorations)
allow("sensemaking.decide", stewards)
allow("sensemaking.edit_decision", stewards)
allow("sensemaking.follow_decision", stewards | owns_decision)
allow("sensemaking.place", stewards | takes_part_in_entry | edits_placed_initiative)
allow("sensemaking.place_any", stewards | takes_part)
allow("sensemaking.agree", stewards)
allow("sensemaking.change_zone", stewards)
allow("sensemaking.set_target_mix", stewards)
allow("sensemaking.mark_wanted", stewards)
