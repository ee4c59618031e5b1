"""One record of every kind that the API has, and the addresses that name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from polyfolio.audit.actions import changes
from polyfolio.exchange.models import ImportRun, OrganisationMatch
from polyfolio.notify.actions import notices
from polyfolio.people.choices import Visibility
from polyfolio.people.models import ApiToken, User
from polyfolio.portfolios.models import Initiative, Portfolio, PortfolioRole, Position, ScopeStatement
from polyfolio.sensemaking.models import WantedCell
from tests.factories.explorations import make_exploration, make_response
from tests.factories.explorations import make_link as make_exploration_link
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.portfolios import make_initiative, make_link, make_portfolio, make_proposal, make_resource
from tests.factories.sensemaking import (
    make_axes,
    make_decision,
    make_feedback,
    make_frame,
    make_move,
    make_placement,
    make_portfolio_indicator,
    make_scenario,
    make_stay,
    make_stocktake,
    make_support,
    make_wanted,
    make_workshop,
    tag,
)
from tests.factories.vocabulary import make_code, make_theme

IN_PATH = re.compile(r"{(?:\w+:)?(\w+)}")


@dataclass
class World:
    """What each part of a path may be filled with: by the first word of the path, then by the part's name."""

    owner: User
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)

    def fill(self, path: str) -> str:
        """`path` with the names of this world's records."""
        first = path.strip("/").split("/")[0]
        key = "/".join(path.strip("/").split("/")[:2]) if first == "me" else first
        values = self.places.get(key, {})
        return IN_PATH.sub(lambda match: str(values[match[1]]), path)


def make_world(owner: User, visibility: str = Visibility.PUBLIC) -> World:
    """A world of `owner`'s; all of it public, or all of it as `visibility` says."""
    network = make_network(visibility=visibility)
    organisation = make_organisation(network, visibility=visibility)
    person = make_person(organisation, may_be_named=visibility == Visibility.PUBLIC)
    body = make_body(network)
    role = make_role(body, person=person)
    theme = make_theme()
    initiative = make_initiative(network, owners=[organisation], themes=[theme], goals=[12], visibility=visibility)
    other = make_initiative(network, visibility=visibility)
    link = make_link(initiative, other)
    resource = make_resource(network, visibility=visibility)
    portfolio = make_portfolio(network, core=[initiative], visibility=visibility)
    entry = portfolio.entries.get()
    make_proposal(portfolio, other)
    placement = make_placement(portfolio, initiative)
    make_axes(portfolio)
    stay = make_stay(portfolio, initiative)
    wanted = make_wanted(portfolio, theme.slug, "green")
    statement = ScopeStatement.objects.create(portfolio=portfolio, text={"en": "All that is repaired."})
    position = Position.objects.create(portfolio=portfolio, title={"en": "Repair as a habit"})
    portfolio_role = PortfolioRole.objects.create(portfolio=portfolio, organisation=organisation)
    code = make_code(f"List{network.pk}")
    run = ImportRun.objects.create(network=network, name="activities.xml", queued_by=owner)
    match = OrganisationMatch.objects.create(
        network=network, provisional=make_organisation(network), candidate=organisation
    )
    found = _looking_back(portfolio)
    places = {
        "networks": {"slug": network.slug, "body": body.slug, "organisation": organisation.slug},
        "organisations": {"slug": organisation.slug},
        "persons": {"pk": person.pk},
        "roles": {"pk": role.pk},
        "initiatives": {"slug": initiative.slug},
        "links": {"pk": link.pk},
        "resources": {"slug": resource.slug},
        "portfolios": {"slug": portfolio.slug, "frame": make_frame(portfolio).code, "other": "zones"},
        "scope-statements": {"pk": statement.pk},
        "positions": {"pk": position.pk},
        "portfolio-roles": {"pk": portfolio_role.pk},
        "entries": {"pk": entry.pk, "code": "eligible_partner"},
        "wanted-cells": {"pk": wanted.pk},
        "themes": {"slug": theme.slug},
        "code-lists": {"name": code.code_list.name},
        "imports": {"pk": run.pk},
        "import-matches": {"pk": match.pk},
    }
    records = {
        "network": network,
        "organisation": organisation,
        "person": person,
        "body": body,
        "role": role,
        "theme": theme,
        "initiative": initiative,
        "other": other,
        "link": link,
        "resource": resource,
        "portfolio": portfolio,
        "entry": entry,
        "placement": placement,
        "stay": stay,
        "position": position,
        "code": code,
        "run": run,
    }
    places |= _of_owner(owner, network) | _steering(portfolio, initiative, wanted) | _places(found)
    return add_exploration(_with_scenario(World(owner, places, records | found)))


def _of_owner(owner: User, network: Any) -> dict[str, dict[str, Any]]:
    """What the owner did and has: a change, a notice, a token."""
    change = changes.write(
        record=network,
        verb="network.change",
        by=owner,
        at=timezone.now(),
        before={"acronym": "A"},
        after={"acronym": ""},
    )
    notice = notices.give(user=owner, text="Something happened.", at=timezone.now())
    token = ApiToken.objects.create(user=owner, name="A token", digest=f"digest-{owner.pk}-{network.pk}")
    return {
        "changes": {"pk": change.pk},
        "me/notices": {"pk": notice.pk},
        "me/tokens": {"pk": token.pk},
    }


def _with_scenario(world: World) -> World:
    """The same with a scenario of its portfolio and a move about its initiative."""
    scenario = make_scenario(world.records["portfolio"])
    move = make_move(scenario, initiative=world.records["initiative"])
    world.places["scenarios"] = {"pk": scenario.pk, "move": move.pk}
    world.records |= {"scenario": scenario, "move": move}
    return world


def _steering(portfolio: Portfolio, initiative: Initiative, wanted: WantedCell) -> dict[str, dict[str, Any]]:
    """What stewards keep beside the portfolio's initiatives."""
    return {
        "holes": {"pk": wanted.pk},
        "supports": {"pk": make_support(portfolio, "mis").pk},
        "terms": {"pk": tag(portfolio, initiative).term_id},
    }


def add_exploration(world: World) -> World:
    """An exploration beside the portfolio, which five people answered, and its link."""
    exploration = make_exploration(portfolio=world.records["portfolio"])
    for _number in range(5):
        make_response(exploration, {"focus": {"mis": 4, "enh": 1, "ada": 2, "ant": 3}})
    world.records["exploration"] = exploration
    world.places["explorations"] = {"pk": exploration.pk, "secret": make_exploration_link(exploration), "number": 1}
    return world


def _looking_back(portfolio: Any) -> dict[str, Any]:
    """What the portfolio decided, found and measured, by the log's words."""
    return {
        "decision": make_decision(portfolio),
        "stocktake": make_stocktake(portfolio),
        "workshop": make_workshop(portfolio),
        "portfolioindicator": make_portfolio_indicator(portfolio),
        "progressfeedback": make_feedback(portfolio),
    }


def _places(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        "decisions": {"pk": found["decision"].pk},
        "stocktakes": {"pk": found["stocktake"].pk},
        "workshops": {"pk": found["workshop"].pk, "code": found["workshop"].code},
        "tracking/indicators": {"pk": found["portfolioindicator"].pk},
        "tracking/feedback": {"pk": found["progressfeedback"].pk},
    }
