"""A world around which others of every kind stand that a stranger does not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from polyfolio.audit.actions import changes
from polyfolio.funding.models import Transaction
from polyfolio.network.choices import Capacity
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.actions import initiatives, portfolios, resources
from polyfolio.portfolios.models import Initiative, Portfolio, PortfolioRole
from polyfolio.sensemaking.actions import stocktakes
from polyfolio.sensemaking.models import PlacementSheet
from polyfolio.sensemaking.texts.sheet_rows import Row
from tests.api.world import World, make_world
from tests.factories.discussions import make_comment, make_discussion
from tests.factories.explorations import make_exploration
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio, make_resource
from tests.factories.sensemaking import make_decision, make_move, make_placement, make_stay, make_support, make_wanted

HIDDEN = "Zzhidden"
TITLE = {"en": f"{HIDDEN} omelette"}


@dataclass
class Unseen:
    """What a stranger does not see: a closed network with its programme, and records of a public one."""

    network: Any
    programme: Any
    firm: Any
    person: Any
    quiet: Initiative
    foreign: Initiative
    secret: Portfolio

    @property
    def initiatives(self) -> list[Initiative]:
        return [self.quiet, self.foreign]


def slug(name: str) -> str:
    return f"{HIDDEN.lower()}-{name}"


def hiding_world() -> World:
    """A public world, and around each of its records others of every kind that a stranger does not see."""
    world = make_world(make_user(), Visibility.PUBLIC)
    unseen = _unseen(world.records)
    steward = make_admin()
    _around_records(world.records, unseen)
    world.places["sheets"] = {"pk": _talk(world.records, unseen.initiatives, unseen.secret).pk}
    _decide_and_take_stock(world.records, unseen, steward)
    _change(world.records, unseen, steward)
    return world


def _unseen(known: dict[str, Any]) -> Unseen:
    network = make_network(title=TITLE, slug=slug("network"), visibility=Visibility.STEWARDS)
    programme = make_body(network, title=TITLE, slug=slug("programme"))
    stewards = {"title": TITLE, "visibility": Visibility.STEWARDS}
    return Unseen(
        network=network,
        programme=programme,
        firm=make_organisation(known["network"], title=TITLE, slug=slug("firm"), visibility=Visibility.PRIVATE),
        person=make_person(known["organisation"], name=f"{HIDDEN} Omelette", email="zzhidden@example.org"),
        quiet=make_initiative(known["network"], slug=slug("initiative"), countries=["IS"], **stewards),
        foreign=make_initiative(
            network, title=TITLE, slug=slug("foreign"), owners=[known["organisation"]], programmes=[programme]
        ),
        secret=make_portfolio(known["network"], slug=slug("portfolio"), parents=[known["portfolio"]], **stewards),
    )


def _around_records(known: dict[str, Any], unseen: Unseen) -> None:
    """Every relation that a public record can have to a hidden one."""
    paper = make_resource(known["network"], title=TITLE, slug=slug("resource"), visibility=Visibility.STEWARDS)
    paper.initiatives.add(known["initiative"])
    paper.organisations.add(known["organisation"])
    for initiative in unseen.initiatives:
        make_entry(known["portfolio"], initiative)
        make_placement(known["portfolio"], initiative)
        make_stay(known["portfolio"], initiative)
        make_link(known["initiative"], initiative)
        make_link(initiative, known["initiative"])
        make_move(known["scenario"], initiative=initiative)
    make_entry(unseen.secret, known["initiative"])
    make_placement(unseen.secret, known["initiative"])
    make_stay(unseen.secret, known["initiative"])
    make_role(known["body"], organisation=unseen.firm)
    make_role(known["body"], person=unseen.person, capacity=Capacity.LEAD)
    make_role(unseen.programme, organisation=known["organisation"], person=known["person"])
    known["organisation"].parent = known["organisation"].successor = unseen.firm
    known["organisation"].save()
    make_support(known["portfolio"], "ant", owner=unseen.firm)
    make_wanted(known["portfolio"], unseen.programme.slug, "blue", row_dimension="programme")
    PortfolioRole.objects.create(portfolio=known["portfolio"], organisation=unseen.firm, person=unseen.person)
    money = {"initiative": known["initiative"], "amount": Decimal(5), "currency": "EUR", "value_on": date(2025, 1, 1)}
    Transaction.objects.create(**money, kind="disbursement", provider=unseen.firm, receiver=unseen.firm)
    make_exploration(known["network"], title=f"{HIDDEN} omelette", organisation=unseen.firm)
    make_exploration(known["network"], organisation=known["exploration"].organisation, portfolio=unseen.secret)


def _talk(known: dict[str, Any], initiatives: Sequence[Initiative], secret: Portfolio) -> PlacementSheet:
    """Talks about hidden initiatives, in a hidden portfolio, taken back, and a table that somebody else brought."""
    for initiative in initiatives:
        make_comment(make_discussion(known["portfolio"], initiative, question=HIDDEN), HIDDEN)
    make_comment(make_discussion(secret, known["initiative"], question=HIDDEN), HIDDEN)
    known["talk"] = make_discussion(known["portfolio"], known["initiative"])
    known["comment"] = make_comment(known["talk"])
    make_comment(known["talk"], HIDDEN, deleted_at=timezone.now())
    row = Row(2, initiatives[0].pk, HIDDEN, purpose="mis", driver="mis", is_placed=True).as_json()
    return PlacementSheet.objects.create(portfolio=known["portfolio"], name=HIDDEN, rows=[row])


def _decide_and_take_stock(known: dict[str, Any], unseen: Unseen, steward: User) -> None:
    """Decisions, a workshop and frozen figures about what a stranger does not see."""
    known["decision"].initiatives.set(unseen.initiatives)
    known["workshop"].initiatives.set(unseen.initiatives)
    make_decision(unseen.secret, title=f"{HIDDEN} decision")
    stocktakes.close(stocktake=known["stocktake"], by=steward, at=timezone.now())


def _change(known: dict[str, Any], unseen: Unseen, steward: User) -> None:
    """What the history of public records says of hidden ones."""
    at, secret = timezone.now(), unseen.secret
    parent = make_portfolio(unseen.network, title=TITLE, slug=slug("parent"))
    rows = [
        {"organisation": each, "role": "funding", "name_given": "", "ref_given": ""}
        for each in (known["organisation"], unseen.firm)
    ]
    initiatives.edit(initiative=known["initiative"], by=steward, at=at, parts={"participations": rows})
    related = {"organisations": [unseen.firm], "initiatives": [*unseen.initiatives, known["initiative"]]}
    resources.edit(resource=known["resource"], by=steward, at=at, related=related)
    portfolios.edit(portfolio=known["portfolio"], by=steward, at=at, related={"parents": [parent]})
    address = {"email": "zzhidden@example.org"}
    changes.write(record=known["person"], verb="person.change", by=steward, at=at, before={"email": ""}, after=address)
    inside = {"portfolio": {"id": secret.pk, "label": str(secret)}, "zone": "Zzhidden zone"}
    changes.write(record=known["initiative"], verb="initiative.zone", by=steward, at=at, after=inside, reason=HIDDEN)
    before = {"title": {}}
    changes.write(
        record=unseen.quiet, verb="initiative.change", by=steward, at=at, before=before, after={"title": TITLE}
    )
