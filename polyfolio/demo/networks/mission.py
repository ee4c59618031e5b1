"""A mission programme with 23 cities: climate contracts, city initiatives and what the nation does for them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from polyfolio.demo import files
from polyfolio.demo.cast import Cast, join
from polyfolio.demo.making import NOW, Who, draft, money, themes_by_slug
from polyfolio.demo.networks.founding import found
from polyfolio.demo.networks.portfolio import Making, make_portfolio, want
from polyfolio.demo.networks.steering import follow, steer
from polyfolio.demo.networks.what_if import sketch
from polyfolio.demo.texts import base, sense
from polyfolio.funding.actions import money as funding
from polyfolio.network.actions import bodies, organisations, roles
from polyfolio.network.models import Network, Organisation
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.actions import batches
from polyfolio.portfolios.models import Initiative

AGENCIES = (
    ("Rådet för omställning", "national_public", "public", "Council for Transition"),
    ("Statens energikontor", "national_public", "public", "State Energy Desk"),
    ("Bygg- och bostadsdelegationen", "national_public", "public", "Building and Housing Delegation"),
    ("Nordanvinds högskola", "academia", "academia", "Nordanvind University College"),
    ("Föreningen Klimatfinans", "foundation", "finance", "Association for Climate Finance"),
)


def make(cast: Cast, chance: random.Random) -> Network:
    """The whole network; its steward is the cast's steward."""
    network = found("mission", cast)
    office = bodies.create(
        network=network,
        title={"en": "Programme office", "sv": "Programkontor"},
        kind="secretariat",
        by=cast.maker,
        at=NOW,
    )
    nation = [_organisation(network, row, cast) for row in AGENCIES]
    cities = {city["code"]: _city(network, city, cast) for city in files.document("mission/cities")["city"]}
    person = join(cast.steward, nation[0], cast)
    roles.appoint(body=office, capacity="steward", person=person, organisation=nation[0], by=cast.maker, at=NOW)
    texts = base.mission_initiatives()
    making = Making(network, cast, chance, themes_by_slug())
    held = list(zip(_initiatives(texts, cities, nation, making), texts, strict=True))
    whole, food = sense.intents("mission")
    climate = make_portfolio(making, whole, held)
    about_food = [(each, text) for each, text in held if "food-systems" in text["themes"]]
    make_portfolio(making, food, about_food, parents=[climate])
    want(making, climate, sense.holes("mission"))
    sketch(making, climate, held, currency="SEK")
    follow(making, climate, sense.holes("mission"))
    steer(making, climate, held, currency="SEK")
    return network


def _organisation(network: Network, row: Sequence[str], cast: Cast) -> Organisation:
    name, kind, sector, english = row
    return organisations.create(
        title={"sv": name, "en": english},
        kind=kind,
        sector=sector,
        level="national",
        country="SE",
        languages=["sv", "en"],
        by=cast.maker,
        at=NOW,
        member_of=network,
    )


def _city(network: Network, city: Mapping[str, Any], cast: Cast) -> Organisation:
    place = {
        "name": city["name"],
        "country": "SE",
        "latitude": city["latitude"],
        "longitude": city["longitude"],
    }
    return organisations.create(
        title={"sv": city["office"]},
        kind="regional_local_public",
        sector="public",
        level="local",
        country="SE",
        languages=["sv"],
        description={"en": city["profile"]},
        places=[place],
        by=cast.maker,
        at=NOW,
        member_of=network,
    )


def _initiatives(
    texts: Sequence[Mapping[str, Any]],
    cities: Mapping[str, Organisation],
    nation: Sequence[Organisation],
    making: Making,
) -> list[Initiative]:
    themes, chance, cast, network = making.themes, making.chance, making.cast, making.network
    drafts = []
    for text in texts:
        who = Who(
            owner=cities[text["city"]] if text.get("city") else nation[0],
            funder=chance.choice(nation),
            helpers=chance.sample(nation, 1) if chance.random() < 0.4 else (),
        )
        drafts.append(draft(text, who, year=text["year"], chance=chance, themes=themes, visibility=Visibility.PUBLIC))
    made = batches.create_many(network=network, drafts=drafts, by=cast.maker, at=NOW)
    rows = {each.pk: money(each, currency="SEK", rate=11.2, chance=chance) for each in made if chance.random() < 0.85}
    funding.write_many(money=rows, by=cast.maker, at=NOW)
    return made
