"""Role × verb, as a table."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from polyfolio.people.models import User
from polyfolio.people.rules import may
from polyfolio.portfolios.choices import ParticipationRole
from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries.rights import editable_by
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import (
    make_entry,
    make_initiative,
    make_link,
    make_participation,
    make_portfolio,
    make_proposal,
    make_resource,
)
from tests.factories.sensemaking import make_decision, make_move, make_scenario, make_workshop

pytestmark = pytest.mark.django_db

PEOPLE = (
    "visitor",
    "somebody",
    "other_steward",
    "member",
    "network_editor",
    "network_steward",
    "network_desk",
    "portfolio_steward",
    "portfolio_editor",
    "portfolio_member",
    "owner_focal_point",
    "owner_editor",
    "owner_member",
    "funder_focal_point",
    "author",
    "admin",
)
STEWARDS = {"network_steward", "network_desk", "admin"}
PORTFOLIO_STEWARDS = STEWARDS | {"portfolio_steward"}
TAKING_PART = PORTFOLIO_STEWARDS | {"portfolio_editor", "portfolio_member"}
EDITORS = STEWARDS | {
    "network_editor",
    "portfolio_steward",
    "portfolio_editor",
    "owner_focal_point",
    "owner_editor",
    "author",
}
EDITORS_OF_AFFILIATED = EDITORS - {"portfolio_steward", "portfolio_editor"}
BELONGING = {"member", "network_editor", "owner_focal_point", "owner_editor"} | STEWARDS

TABLE = {
    ("portfolios.create_initiative", "network"): BELONGING,
    ("portfolios.edit_initiative", "core"): EDITORS,
    ("portfolios.edit_initiative", "affiliated"): EDITORS_OF_AFFILIATED,
    ("portfolios.delete_initiative", "core"): STEWARDS | {"owner_focal_point", "owner_editor", "author"},
    ("portfolios.confirm_link", "link_to_core"): EDITORS,
    ("portfolios.remove_link", "link_to_core"): EDITORS,
    ("portfolios.create_resource", "network"): BELONGING,
    ("portfolios.edit_resource", "resource"): STEWARDS
    | {"network_editor", "owner_focal_point", "owner_editor", "author"},
    ("portfolios.delete_resource", "resource"): STEWARDS | {"owner_focal_point", "owner_editor", "author"},
    ("portfolios.create_portfolio", "network"): STEWARDS,
    ("portfolios.edit_portfolio", "portfolio"): PORTFOLIO_STEWARDS | {"portfolio_editor"},
    ("portfolios.steward_portfolio", "portfolio"): PORTFOLIO_STEWARDS,
    ("portfolios.delete_portfolio", "portfolio"): STEWARDS,
    ("portfolios.set_checklist", "network"): STEWARDS,
    ("portfolios.propose_entry", "proposal"): EDITORS_OF_AFFILIATED | {"portfolio_steward"},
    ("portfolios.see_admission", "proposal"): EDITORS_OF_AFFILIATED | {"portfolio_steward"},
    ("portfolios.decide_entry", "proposal"): PORTFOLIO_STEWARDS,
    ("portfolios.withdraw_entry", "proposal"): EDITORS_OF_AFFILIATED | {"portfolio_steward"},
    ("funding.edit_money", "core"): EDITORS,
    ("reporting.edit_results", "core"): EDITORS,
    ("sensemaking.place", "proposal"): EDITORS_OF_AFFILIATED
    | {"portfolio_steward", "portfolio_editor", "portfolio_member"},
    ("sensemaking.place_any", "portfolio"): PORTFOLIO_STEWARDS | {"portfolio_editor", "portfolio_member"},
    ("sensemaking.agree", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.change_zone", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.define_frame", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.set_target_mix", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.mark_wanted", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.see_scenarios", "portfolio"): TAKING_PART,
    ("sensemaking.create_scenario", "portfolio"): TAKING_PART,
    ("sensemaking.see_scenario", "scenario"): TAKING_PART,
    ("sensemaking.edit_scenario", "scenario"): PORTFOLIO_STEWARDS | {"portfolio_editor"},
    ("sensemaking.edit_scenario", "move"): PORTFOLIO_STEWARDS | {"portfolio_editor"},
    ("sensemaking.edit_scenario", "adopted_scenario"): set(),
    ("sensemaking.adopt_scenario", "scenario"): PORTFOLIO_STEWARDS,
    ("sensemaking.follow_hole", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.set_flags", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.keep_supports", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.keep_terms", "portfolio"): PORTFOLIO_STEWARDS | {"portfolio_editor"},
    ("sensemaking.tag", "portfolio"): PORTFOLIO_STEWARDS | {"portfolio_editor", "portfolio_member"},
    ("sensemaking.decide", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.edit_decision", "decision"): PORTFOLIO_STEWARDS,
    ("sensemaking.follow_decision", "decision"): PORTFOLIO_STEWARDS | {"somebody"},
    ("sensemaking.take_stock", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.track", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.hold_workshop", "portfolio"): PORTFOLIO_STEWARDS,
    ("sensemaking.run_workshop", "workshop"): PORTFOLIO_STEWARDS | {"somebody"},
    ("sensemaking.read_workshop", "workshop"): PORTFOLIO_STEWARDS
    | {"somebody", "portfolio_editor", "portfolio_member"},
}


@pytest.fixture
def world() -> dict[str, Any]:
    """One network with a portfolio, a core and an affiliated initiative of one owner, and everybody in the table."""
    network = make_network()
    owner, funder = make_organisation(network), make_organisation(network)
    author, somebody = make_user(), make_user()
    core = make_initiative(network, owners=[owner], created_by=author)
    affiliated = make_initiative(network, owners=[owner], created_by=author)
    make_participation(core, funder, ParticipationRole.FUNDING)
    portfolio = make_portfolio(network, core=[core])
    proposal = make_proposal(portfolio, affiliated)
    resource = make_resource(network, created_by=author)
    resource.organisations.add(owner)
    stranger = make_initiative()
    portfolio_editor = make_member(portfolio, "editor")
    scenario = make_scenario(portfolio, created_by=portfolio_editor)
    return {
        "network": network,
        "portfolio": portfolio,
        "core": core,
        "affiliated": affiliated,
        "proposal": proposal,
        "resource": resource,
        "link_to_core": make_link(stranger, core),
        "scenario": scenario,
        "adopted_scenario": make_scenario(portfolio, created_by=portfolio_editor, state="adopted"),
        "move": make_move(scenario, initiative=core),
        "decision": make_decision(portfolio, owner=somebody),
        "workshop": make_workshop(portfolio, facilitator=somebody),
        "people": {
            "visitor": AnonymousUser(),
            "somebody": somebody,
            "other_steward": make_steward(make_network()),
            "member": make_member(network),
            "network_editor": make_member(network, "editor"),
            "network_steward": make_steward(network),
            "network_desk": make_member(network, "desk"),
            "portfolio_steward": make_steward(portfolio),
            "portfolio_editor": portfolio_editor,
            "portfolio_member": make_member(portfolio),
            "owner_focal_point": make_member(owner, "focal_point"),
            "owner_editor": make_member(owner, "editor"),
            "owner_member": make_member(owner),
            "funder_focal_point": make_member(funder, "focal_point"),
            "author": author,
            "admin": make_admin(),
        },
    }


@pytest.mark.parametrize(("verb", "record"), TABLE, ids=str)
def test_who_may(verb: str, record: str, world: dict[str, Any]) -> None:
    allowed = {name for name in PEOPLE if may(world["people"][name], verb, world[record])}

    expected = TABLE[verb, record]
    if (verb, record) in {("portfolios.create_initiative", "network"), ("portfolios.create_resource", "network")}:
        expected = expected | {"funder_focal_point"}
    assert allowed == expected


def test_affiliated_stays_its_partners_after_admission(world: dict[str, Any]) -> None:
    make_entry(make_portfolio(world["network"]), world["affiliated"], portfolio_class="affiliated")

    assert not may(world["people"]["portfolio_steward"], "portfolios.edit_initiative", world["affiliated"])


@pytest.mark.parametrize("name", PEOPLE)
def test_editable_by_says_the_same_of_rows(name: str, world: dict[str, Any]) -> None:
    user: User = world["people"][name]
    access = getattr(user, "access", None)
    if access is None:
        return
    rows = set(Initiative.objects.filter(editable_by(access)).values_list("pk", flat=True))

    assert rows == {each.pk for each in Initiative.objects.all() if may(user, "portfolios.edit_initiative", each)}
