"""Role × verb of talks, one's own placements and sheets, as a table."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from polyfolio.people.rules import may
from polyfolio.sensemaking.models import Decision, PlacementSheet
from tests.factories.discussions import make_comment, make_discussion
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement

pytestmark = pytest.mark.django_db

STEWARDS = {"network_steward", "portfolio_steward", "admin"}
TAKING_PART = STEWARDS | {"portfolio_member"}
PLACING = TAKING_PART | {"owner", "network_editor"}

TABLE = {
    ("sensemaking.place_own", "portfolio"): TAKING_PART | {"owner"},
    ("sensemaking.take_back_placement", "placement"): {"author"},
    ("sensemaking.decide", "portfolio"): STEWARDS,
    ("sensemaking.edit_decision", "decision"): STEWARDS,
    ("sensemaking.follow_decision", "decision"): STEWARDS | {"author"},
    ("sensemaking.open_discussion", "entry"): PLACING,
    ("sensemaking.comment", "talk"): PLACING | {"network_member", "owner_member"},
    ("sensemaking.reword_comment", "comment"): {"author"},
    ("sensemaking.take_back_comment", "comment"): STEWARDS | {"author"},
    ("sensemaking.resolve_discussion", "talk"): STEWARDS | {"author"},
    ("sensemaking.see_sheet", "sheet"): STEWARDS | {"author"},
    ("sensemaking.take_over_sheet", "sheet"): set(),
    ("sensemaking.take_over_sheet", "members_sheet"): {"portfolio_member"},
}


@pytest.fixture
def world() -> dict[str, Any]:
    network = make_network()
    owner = make_organisation(network)
    initiative = make_initiative(network, owners=[owner])
    portfolio = make_portfolio(network)
    entry = make_entry(portfolio, initiative, portfolio_class="affiliated")
    author, member = make_user(), make_member(portfolio)
    talk = make_discussion(portfolio, initiative, by=author)
    return {
        "portfolio": portfolio,
        "entry": entry,
        "talk": talk,
        "decision": Decision(portfolio=portfolio, owner=author),
        "comment": make_comment(talk, by=author),
        "placement": make_placement(portfolio, initiative, assessor=author),
        "sheet": PlacementSheet.objects.create(portfolio=portfolio, name="a.csv", brought_by=author),
        "members_sheet": PlacementSheet.objects.create(portfolio=portfolio, name="b.csv", brought_by=member),
        "people": {
            "visitor": AnonymousUser(),
            "somebody": make_user(),
            "other_steward": make_steward(make_network()),
            "network_member": make_member(network),
            "network_editor": make_member(network, "editor"),
            "network_steward": make_steward(network),
            "portfolio_steward": make_steward(portfolio),
            "portfolio_member": member,
            "owner": make_member(owner, "focal_point"),
            "owner_member": make_member(owner),
            "author": author,
            "admin": make_admin(),
        },
    }


@pytest.mark.parametrize(("verb", "record"), TABLE, ids=str)
def test_who_may(verb: str, record: str, world: dict[str, Any]) -> None:
    allowed = {name for name, person in world["people"].items() if may(person, verb, world[record])}

    assert allowed == TABLE[verb, record]
