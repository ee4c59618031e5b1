"""A partner network with six programmes, 720 partners and 1,800 initiatives a year for three years."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from polyfolio.demo.cast import Cast, join
from polyfolio.demo.making import NOW, TODAY, Text, Who, draft, money, themes_by_slug, weighted
from polyfolio.demo.networks import partners_portfolios, partners_reports
from polyfolio.demo.networks.founding import found, programmes
from polyfolio.demo.networks.portfolio import Making
from polyfolio.demo.texts import base, compose, names
from polyfolio.demo.texts.names import OrganisationText
from polyfolio.funding.actions import money as funding
from polyfolio.funding.actions.money import MoneyRows
from polyfolio.network.actions import bodies, organisations, persons, roles
from polyfolio.network.choices import MembershipState
from polyfolio.network.models import Body, Network, Organisation, Person
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.actions import batches
from polyfolio.portfolios.actions.batches import Draft
from polyfolio.portfolios.models import Initiative

PARTNERS = 720
A_YEAR = 1800
YEARS = (2024, 2025, 2026)
MONEY_SHARE = 0.55
STATES = (
    (MembershipState.ACTIVE, 80),
    (MembershipState.OVERDUE, 10),
    (MembershipState.AT_RISK, 5),
    (MembershipState.LAPSED, 3),
    (MembershipState.WITHDRAWN, 2),
)
CURRENCIES = (("USD", 1.08, 50), ("EUR", 1.0, 35), ("GBP", 0.85, 8), ("SEK", 11.2, 7))

By = Mapping[str, Sequence[Organisation]]


def make(cast: Cast, chance: random.Random) -> Network:
    """The whole network; the cast's desk coordinates it and the focal point speaks for one of its partners."""
    network = found("partners", cast)
    ours = _bodies(network, cast)
    making = Making(network, cast, chance, themes_by_slug())
    partners = _partners(making, ours)
    held = _initiatives(making, partners, ours)
    _focal_point(cast, held, ours)
    partners_portfolios.make(making, held)
    partners_reports.make(making, held, ours)
    return network


# Bodies and partners ----------------------------------------------------------------------------


def _bodies(network: Network, cast: Cast) -> dict[str, Body]:
    """Six programmes under a board, with a secretariat and a desk; the desk is the cast's."""

    def body(title: Mapping[str, str], kind: str) -> Body:
        return bodies.create(network=network, title=dict(title), kind=kind, by=cast.maker, at=NOW)

    body({"en": "Board", "fr": "Conseil", "es": "Junta"}, "board")
    body({"en": "Secretariat", "fr": "Secrétariat", "es": "Secretaría"}, "secretariat")
    desk = body({"en": "Coordination desk", "fr": "Bureau de coordination"}, "coordination_desk")
    person = Person.objects.get(user=cast.desk)
    roles.appoint(body=desk, capacity="desk_member", person=person, by=cast.maker, at=NOW)
    body({"en": "Plastics across programmes"}, "interest_group")
    body({"en": "Task force on heat"}, "task_force")
    return {
        told["code"]: bodies.create(
            network=network,
            kind="programme",
            title=told["title"],
            acronym=told["acronym"],
            description={"en": told["description"]},
            by=cast.maker,
            at=NOW,
        )
        for told in programmes()
    }


def _partners(making: Making, ours: Mapping[str, Body]) -> list[Organisation]:
    network, cast, chance = making.network, making.cast, making.chance
    made = []
    people: dict[str, int] = {}
    for told in names.organisations()[:PARTNERS]:
        organisation = _partner(network, told, cast)
        joined = date(chance.randrange(2015, 2026), chance.randrange(1, 13), 1)
        state = weighted(STATES, chance)
        is_gone = state in {MembershipState.LAPSED, MembershipState.WITHDRAWN}
        organisations.set_membership(
            network=network,
            organisation=organisation,
            state=state,
            joined_on=joined,
            left_on=TODAY - timedelta(days=chance.randrange(30, 300)) if is_gone else None,
            by=cast.maker,
            at=NOW,
        )
        _take_part(organisation, told, ours, people, making)
        made.append(organisation)
    return made


def _partner(network: Network, told: OrganisationText, cast: Cast) -> Organisation:
    place = {
        "name": told.place,
        "country": told.country,
        "latitude": told.latitude,
        "longitude": told.longitude,
    }
    return organisations.create(
        title={told.languages[0] if told.languages else "en": told.name},
        acronym=told.acronym,
        kind=told.kind,
        sector=told.sector,
        level=told.level,
        country=told.country,
        languages=list(told.languages),
        description={"en": told.description},
        drivers={"en": told.drivers},
        website=told.website,
        places=[place],
        by=cast.maker,
        at=NOW,
        member_of=network,
    )


def _take_part(
    organisation: Organisation,
    told: OrganisationText,
    ours: Mapping[str, Body],
    people: dict[str, int],
    making: Making,
) -> None:
    """A partner of one to three programmes; two in three have a focal point, and a few of these end soon."""
    chance, cast = making.chance, making.cast
    chosen = chance.sample(sorted(ours), chance.choices((1, 2, 3), (6, 3, 1))[0])
    for code in chosen:
        capacity = chance.choices(("partner", "contributor", "lead"), (80, 17, 3))[0]
        roles.appoint(body=ours[code], capacity=capacity, organisation=organisation, by=cast.maker, at=NOW)
    if chance.random() < 0.66:
        number = people[told.country] = people.get(told.country, -1) + 1
        who = names.person(told.country, number)
        person = persons.create(
            name=who.name, email=who.email, by=cast.maker, at=NOW, affiliations=[{"organisation": organisation}]
        )
        roles.appoint(
            body=ours[chosen[0]],
            capacity="focal_point",
            person=person,
            organisation=organisation,
            since_on=date(2023, 1, 1),
            until_on=TODAY + timedelta(days=chance.randrange(30, 170)) if chance.random() < 0.08 else None,
            by=cast.maker,
            at=NOW,
        )


# Initiatives ------------------------------------------------------------------------------------


def _initiatives(
    making: Making, partners: Sequence[Organisation], ours: Mapping[str, Body]
) -> list[tuple[Initiative, Text]]:
    """Those written by hand, each in its own year; the rest varied from the programmes' grammars, so many a year."""
    by_hand: list[Text] = [*base.partner_initiatives()]
    varied: list[Text] = [*compose.compose_many(A_YEAR * len(YEARS))]
    by_country: dict[str, list[Organisation]] = {}
    for partner in partners:
        by_country.setdefault(partner.country, []).append(partner)

    def drafted(text: Text, year: int, visibility: str | None = None) -> Draft:
        return draft(
            text,
            _who(text, by_country, partners, making.chance),
            year=year,
            chance=making.chance,
            themes=making.themes,
            programmes=[ours[text["programme"]]],
            visibility=visibility,
        )

    batch = [(drafted(text, text["year"], Visibility.PUBLIC), text) for text in by_hand]
    batch += [(drafted(text, YEARS[number % len(YEARS)]), text) for number, text in enumerate(varied)]
    made = batches.create_many(network=making.network, drafts=[each for each, _ in batch], by=making.cast.maker, at=NOW)
    held = [*zip(made, (text for _, text in batch), strict=True)]
    _money(making, [initiative for initiative, _ in held])
    return held


def _who(text: Text, by_country: By, partners: Sequence[Organisation], chance: random.Random) -> Who:
    near = by_country.get(text["countries"][0]) or partners
    owner = chance.choice(near)
    helpers = chance.sample(list(near), min(len(near), chance.choice((0, 1, 1, 2))))
    funder = chance.choice(partners) if chance.random() < 0.5 else None
    return Who(owner=owner, funder=funder, helpers=helpers)


def _money(making: Making, initiatives: Sequence[Initiative]) -> None:
    """Some have named no amount, as in life."""
    rows: dict[int, MoneyRows] = {}
    for initiative in initiatives:
        if making.chance.random() < MONEY_SHARE:
            currency, rate = weighted([((code, rate), weight) for code, rate, weight in CURRENCIES], making.chance)
            rows[initiative.pk] = money(initiative, currency=currency, rate=rate, chance=making.chance)
    funding.write_many(money=rows, by=making.cast.maker, at=NOW)


def _focal_point(cast: Cast, held: Sequence[tuple[Initiative, Text]], ours: Mapping[str, Body]) -> None:
    """The cast's focal point speaks for the owner of the first initiative."""
    initiative, text = held[0]
    owner = initiative.participations.select_related("organisation").get(role="accountable").organisation
    roles.appoint(
        body=ours[text["programme"]],
        capacity="focal_point",
        person=join(cast.focal_point, owner, cast),
        organisation=owner,
        by=cast.maker,
        at=NOW,
    )
