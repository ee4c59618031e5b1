"""A small network with a bit of everything that pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from polyfolio.network.choices import Capacity
from polyfolio.network.models import Network, Organisation
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.vocabulary.models import Theme
from tests.factories.funding import make_transaction
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import (
    make_entry,
    make_initiative,
    make_link,
    make_portfolio,
    make_proposal,
    make_resource,
)
from tests.factories.reporting import make_indicator, make_result, make_value
from tests.factories.sensemaking import make_placement, make_stay, make_target_mix, make_wanted

WORK = (
    ("Repair counters in libraries", "Somebody shows you how to mend your kettle while you borrow a book.", "KE"),
    ("Refill shelves in corner shops", "You bring your own jar and pay for the lentils only.", "KE"),
    ("A deposit for coffee cups", "The cup comes back to any café in town.", "DE"),
    ("School kitchens buy from nearby", "The soup at school comes from fields you can cycle to.", "DE"),
    ("A sharing library for tools", "A drill is a five-minute walk away and costs nothing.", "VN"),
    ("Second-hand uniforms", "The uniform that was too small fits the next child.", "VN"),
    ("Honest labels for textiles", "The label says how long a shirt will last.", "CL"),
    ("Cycling to work in Valdivia", "There is a safe way to cycle to the hospital.", "CL"),
)
ZONES = ("yellow", "green", "blue")
PURPOSES = ("mis", "enh", "ada", "ant")


@dataclass(frozen=True)
class World:
    network: Network
    owner: Organisation
    other: Organisation
    steward: User
    focal_point: User
    initiatives: list[Initiative]
    portfolio: Portfolio
    theme: Theme


def make_world() -> World:
    network = make_network(
        slug="everyday", title={"en": "Everyday Repair Network"}, intent={"en": "Things last longer."}
    )
    owner = make_organisation(network, slug="lantern-street", title={"en": "Lantern Street Repairers"}, country="KE")
    other = make_organisation(network, slug="harbour-office", title={"en": "Harbour Food Office"}, country="DE")
    themes = list(Theme.objects.order_by("pk")[:3])
    programme = make_body(network, title={"en": "Longer use"})
    person = make_person(owner, name="Amina Example", may_be_named=True)
    make_role(programme, person=person, organisation=owner, capacity=Capacity.LEAD)
    steward = make_steward(network, name="Sam Steward", email="steward@example.org")
    focal_point = make_member(owner, GrantRole.FOCAL_POINT, name="Fola Focal", email="focal@example.org")
    work = [
        make_initiative(
            network,
            owners=[owner if number % 2 == 0 else other],
            countries=[country],
            goals=[12, 3 + number % 3],
            themes=[themes[number % 3]],
            programmes=[programme],
            title={"en": title},
            daily_life={"en": daily_life},
            summary={"en": f"{daily_life} It is tried in four places, and what is learnt is written down."},
            planned_start_on=date(2024, 1 + number, 1),
        )
        for number, (title, daily_life, country) in enumerate(WORK)
    ]
    portfolio = _portfolio(network, work, themes)
    _around(network, owner, work)
    return World(network, owner, other, steward, focal_point, work, portfolio, themes[0])


def _portfolio(network: Network, work: list[Initiative], themes: list[Theme]) -> Portfolio:
    portfolio = make_portfolio(
        network,
        slug="things-that-last",
        title={"en": "Things that last"},
        intent={"en": "To own less and have more of it work."},
    )
    make_portfolio(network, slug="in-schools", title={"en": "In schools"}, parents=[portfolio])
    for number, initiative in enumerate(work[:6]):
        make_entry(portfolio, initiative)
        make_stay(portfolio, initiative, ZONES[number % 2])
        make_placement(portfolio, initiative, PURPOSES[number % 4], PURPOSES[(number + number % 2) % 4])
    make_proposal(portfolio, work[6])
    make_wanted(portfolio, themes[0].slug, "blue")
    make_target_mix(portfolio, mis=0.4, ant=0.1)
    return portfolio


def _around(network: Network, owner: Organisation, work: list[Initiative]) -> None:
    make_link(work[1], work[0])
    resource = make_resource(network, slug="how-to-mend", title={"en": "How to open a repair counter"})
    resource.organisations.add(owner)
    resource.initiatives.add(work[0])
    for year, amount in ((2023, 12_000), (2024, 30_000), (2025, 8_000)):
        make_transaction(work[0], amount, year=year)
    make_transaction(work[2], 5_000, kind="disbursement")
    indicator = make_indicator(make_result(work[0], title={"en": "Things mended"}), title={"en": "Kettles mended"})
    make_value(indicator, "310")
