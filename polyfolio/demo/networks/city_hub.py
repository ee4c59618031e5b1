"""A city hub: thirty-five ambassadors, twelve proposals, five pilots, and whom they meet in government and business."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from polyfolio.demo import files
from polyfolio.demo.cast import Cast
from polyfolio.demo.making import NOW, Text, Who, draft, money, themes_by_slug
from polyfolio.demo.networks.explorations import explore
from polyfolio.demo.networks.founding import found
from polyfolio.demo.networks.frames import make_frames
from polyfolio.demo.networks.looking_back import look_back
from polyfolio.demo.networks.portfolio import Making, make_portfolio, want
from polyfolio.demo.networks.steering import follow, steer
from polyfolio.demo.networks.what_if import sketch
from polyfolio.demo.texts import base, sense
from polyfolio.funding.actions import money as funding
from polyfolio.network.actions import bodies, organisations, persons, roles
from polyfolio.network.models import Body, Network, Organisation
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.actions import batches, links
from polyfolio.portfolios.models import Initiative

SHILLINGS_PER_EURO = 140.0


def make(cast: Cast, chance: random.Random) -> Network:
    """The whole network; the cast's facilitator runs it from day to day."""
    network = found("city_hub", cast)
    table = bodies.create(
        network=network, title={"en": "Ambassadors' table"}, kind="interest_group", by=cast.maker, at=NOW
    )
    ambassadors = {each["code"]: _ambassador(network, table, each, cast) for each in _all("ambassadors", "ambassador")}
    actors = {each["code"]: _actor(network, each, cast) for each in _all("ties", "actor")}
    texts = base.hub_initiatives()
    made = _initiatives(network, texts, ambassadors | actors, cast, chance)
    held = [*zip(made, texts, strict=True)]
    _link_pilots(held, cast)
    making = Making(network, cast, chance, themes_by_slug())
    portfolio = make_portfolio(making, sense.intents("city_hub")[0], held)
    look_back(cast, portfolio, [initiative for initiative, _text in held])
    want(making, portfolio, sense.holes("city_hub"))
    sketch(making, portfolio, held, currency="KES")
    follow(making, portfolio, sense.holes("city_hub"))
    steer(making, portfolio, held, currency="KES")
    explore(making, portfolio)
    make_frames(making, portfolio, held)
    return network


def _all(name: str, key: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = files.document(f"city_hub/{name}")[key]
    return found


def _ambassador(network: Network, table: Body, told: Mapping[str, Any], cast: Cast) -> Organisation:
    """A group or firm and the person who speaks for it at the table."""
    organisation = organisations.create(
        title={"en": told["title"]},
        kind=told["kind"],
        sector=told["sector"],
        level="local",
        country="KE",
        languages=["en", "sw", "luo"],
        description={"en": told["text"]},
        drivers={"en": told["seeks"]},
        places=[{"name": told["place"], "country": "KE", "region": "Kisumu"}],
        by=cast.maker,
        at=NOW,
        member_of=network,
    )
    person = persons.create(
        name=told["person"],
        email=f"{told['code']}@example.org",
        may_be_named=True,
        by=cast.maker,
        at=NOW,
        affiliations=[{"organisation": organisation}],
    )
    roles.appoint(
        body=table,
        capacity="champion",
        person=person,
        organisation=organisation,
        pledge=told["brings"],
        by=cast.maker,
        at=NOW,
    )
    return organisation


def _actor(network: Network, told: Mapping[str, Any], cast: Cast) -> Organisation:
    """Somebody in government or business whom the ambassadors meet."""
    met = [tie["sentence"] for tie in _all("ties", "tie") if tie["to"] == told["code"]]
    return organisations.create(
        title={"en": told["title"]},
        acronym=told.get("acronym", ""),
        kind=told["kind"],
        sector=told["sector"],
        level=told["level"],
        country="KE",
        languages=["en"],
        drivers={"en": told["drivers"]},
        description={"en": " ".join(met)},
        by=cast.maker,
        at=NOW,
        member_of=network,
    )


def _initiatives(
    network: Network,
    texts: Sequence[Text],
    actors: Mapping[str, Organisation],
    cast: Cast,
    chance: random.Random,
) -> list[Initiative]:
    themes = themes_by_slug()
    drafts = []
    for text in texts:
        owner, *helpers = [actors[code] for code in text["team"]]
        who = Who(owner=owner, helpers=helpers)
        drafts.append(
            draft(
                text,
                who,
                year=text["year"],
                chance=chance,
                themes=themes,
                visibility=Visibility.PUBLIC,
            )
        )
    made = batches.create_many(network=network, drafts=drafts, by=cast.maker, at=NOW)
    rows = {each.pk: money(each, currency="KES", rate=SHILLINGS_PER_EURO, chance=chance) for each in made}
    funding.write_many(money=rows, by=cast.maker, at=NOW)
    return made


def _link_pilots(held: Sequence[tuple[Initiative, Text]], cast: Cast) -> None:
    """A pilot follows from the proposal that it grew out of."""
    by_code = {text["code"]: initiative for initiative, text in held}
    for initiative, text in held:
        if text.get("pilot") in by_code:
            links.claim(source=by_code[text["pilot"]], kind="follows_from", target=initiative, by=cast.maker, at=NOW)
