"""A portfolio of an example network: its intent, what it holds, who sees it how, where it stands, what it lacks."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from polyfolio.demo.cast import Cast
from polyfolio.demo.making import NOW, TODAY, Text, facet
from polyfolio.demo.networks import talks
from polyfolio.demo.texts import sense
from polyfolio.network.models import Network, Person
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.actions import portfolios, statements
from polyfolio.portfolios.actions import roles as portfolio_roles
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import intentions, placements, zones
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.vocabulary.models import Theme

ORDER = ("yellow", "green", "blue")
VIEWS = ("mis", "enh", "ada", "ant")
PLACED_SHARE = 0.88
SECOND_SHARE = 0.45
ROUNDS = (360, 270, 180, 60)
"""So many days ago people sat together and placed some of them."""

Record = Mapping[str, Any]
Held = Sequence[tuple[Initiative, Text]]


@dataclass(frozen=True)
class Making:
    """Who makes a network's portfolios, with which chance and vocabulary."""

    network: Network
    cast: Cast
    chance: random.Random
    themes: Mapping[str, Theme]


def make_portfolio(making: Making, intent: Record, held: Held, parents: Sequence[Portfolio] = ()) -> Portfolio:
    """The portfolio of an intent, holding these initiatives as its core."""
    maker = making.cast.maker
    portfolio = portfolios.create(
        network=making.network,
        title={"en": intent["title"]},
        values={
            "intent": {"en": intent["text"]},
            "north_star": {"en": intent["north_star"]},
            "frame_before": {"en": intent["frame_before"]},
            "frame_after": {"en": intent["frame_after"]},
            "status": "active",
            "visibility": Visibility.PUBLIC,
        },
        related={
            "themes": [making.themes[slug] for slug in intent.get("themes", ()) if slug in making.themes],
            "parents": list(parents),
        },
        by=maker,
        at=NOW - timedelta(days=400),
        initiative_ids=[initiative.pk for initiative, _ in held],
    )
    statements.state_scope(portfolio=portfolio, text={"en": intent["scope"]}, author=str(maker), by=maker, at=NOW)
    for position in intent["position"]:
        statements.add_position(
            portfolio=portfolio,
            title={"en": position["title"]},
            hypothesis={"en": position["hypothesis"]},
            learning_question={"en": position["question"]},
            by=maker,
            at=NOW,
        )
    for user, capacity in ((making.cast.steward, "steward"), (making.cast.second_voice, "contributor")):
        person = Person.objects.get(user=user)
        portfolio_roles.give(portfolio=portfolio, capacity=capacity, person=person, by=maker, at=NOW)
    intentions.set_target_mix(
        portfolio=portfolio,
        shares={each: intent["target_mix"][each] / 100 for each in VIEWS},
        reason=intent["reason"],
        by=maker,
        at=NOW,
    )
    _place(making, portfolio, held)
    _move(making, portfolio, held)
    talks.make(making.cast, portfolio)
    return portfolio


def want(making: Making, portfolio: Portfolio, holes: Sequence[Record], *, threshold: int = 2) -> None:
    """Mark cells as wanted, with the steward's reason; each is a hole until it holds `threshold` initiatives."""
    for hole in holes:
        intentions.mark_wanted(
            portfolio=portfolio,
            row=(hole["rows"], hole["row"]),
            column=(hole["cols"], hole["col"]),
            reason=hole["reason"],
            threshold=threshold,
            by=making.cast.maker,
            at=NOW,
        )


# Facets -----------------------------------------------------------------------------------------


def _place(making: Making, portfolio: Portfolio, held: Held) -> None:
    """First what the texts suggest, then the voices that differ; some initiatives nobody has placed yet."""
    chance = making.chance
    first, second = {}, {}
    for initiative, text in held:
        said = sense.rationales(text.get("code", ""))
        if said or chance.random() < PLACED_SHARE:
            first[initiative.pk] = _answer(said[0]) if said else _as_told(text, chance)
            if len(said) > 1 or chance.random() < SECOND_SHARE:
                second[initiative.pk] = _answer(said[1]) if len(said) > 1 else _otherwise(text, chance)
    # Read anew, because the roles just given are not known to an account that was read before.
    other = User.objects.get(pk=making.cast.second_voice.pk)
    told = list(first.items())
    rounds = [(dict(told[start :: len(ROUNDS)]), making.cast.maker, days) for start, days in enumerate(ROUNDS)]
    for answers, by, days in (*rounds, (second, other, 30)):
        if answers:
            at = NOW - timedelta(days=days)
            placements.place_many(portfolio=portfolio, answers=answers, by=by, at=at)


def _as_told(text: Text, chance: random.Random) -> Answers:
    purpose, driver = facet(text, 0), facet(text, 1)
    return Answers(purpose=purpose, driver=driver, rationale=sense.rationale(purpose, chance.randrange(1000)))


def _otherwise(text: Text, chance: random.Random) -> Answers:
    purpose, driver = facet(text, 0), facet(text, 1)
    if chance.random() < 0.25:
        purpose = chance.choice(VIEWS)
    if chance.random() < 0.25:
        driver = chance.choice(VIEWS)
    return Answers(purpose=purpose, driver=driver, rationale=sense.rationale(purpose, chance.randrange(1000)))


def _answer(said: Record) -> Answers:
    return Answers(
        purpose=said["purpose"], driver=said["driver"], rationale=f"{said['voice'].capitalize()}: {said['text']}"
    )


# Zones ------------------------------------------------------------------------------------------


def _move(making: Making, portfolio: Portfolio, held: Held) -> None:
    """Every initiative through the zones up to the one its text names, each step later than the one before."""
    for step, zone in enumerate(ORDER):
        changes = {}
        for initiative, text in held:
            if text.get("zone") in ORDER and ORDER.index(text["zone"]) >= step:
                number = making.chance.randrange(1000)
                driver, evidence = sense.transition(text.get("code", ""), number) if step else ("", "")
                changes[initiative.pk] = zones.Change(zone, _begins(initiative, step), driver, evidence)
        if changes:
            zones.change_many(portfolio=portfolio, given=changes, by=making.cast.maker, at=NOW)


def _begins(initiative: Initiative, step: int) -> date:
    """The first stay begins with the initiative; the last one lies before today."""
    begun = min(initiative.planned_start_on or TODAY, TODAY - timedelta(days=120))
    return begun + (TODAY - begun) / 3 * step
