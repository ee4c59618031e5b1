"""Varies initiatives from hand-written sentence parts, so that thousands can be made and no two read alike.

The lists of openings, middles and findings have lengths without a common divisor (41, 43, 47), so that counting
through them side by side hardly repeats a pair of parts. A title brings its own aim, objective, benefit and topics.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypedDict, TypeVar

from polyfolio.demo import files
from polyfolio.demo.texts.base import PROGRAMMES, InitiativeText, Place, places
from polyfolio.demo.texts.slots import capital, fill

FEWEST_WORDS = 40  # of problem, deed and result; aim and closing add some twenty-five
MOST_OTHER_TARGETS = 3
T = TypeVar("T")
NEIGHBOURS = {"mis": ("enh", "ant"), "ant": ("mis", "ada"), "ada": ("ant", "enh"), "enh": ("ada", "mis")}


class Title(TypedDict):
    """A title with what it sets out to do; `objective` and `daily_life` are places in the programme's lists."""

    kind: str
    facet: str
    title: str
    aim: str
    objective: int
    daily_life: int
    topics: list[str]


@dataclass(frozen=True)
class Grammar:
    """The sentence parts of a programme, in an order by seed; `objectives` and `daily_life` keep theirs."""

    themes: tuple[str, ...]
    targets: tuple[str, ...]
    other_targets: tuple[str, ...]
    titles: tuple[Title, ...]
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    findings: tuple[str, ...]
    plans: tuple[str, ...]
    objectives: tuple[str, ...]
    daily_life: tuple[str, ...]
    materials: tuple[str, ...]
    groups: tuple[str, ...]
    methods: tuple[str, ...]


def compose(programme: str, number: int, *, seed: int = 0) -> InitiativeText:
    """Initiative `number` (0, 1, 2…) of a programme; the same arguments always give the same text."""
    grammar = _grammar(programme, seed)
    chance = random.Random(f"{seed} {programme} {number}")
    material, _, theme = _turn(grammar.materials, number).partition("|")
    place = _place(programme, number, seed)
    names = {
        "material": material,
        "group": _turn(grammar.groups, number, 7),
        "method": _turn(grammar.methods, number, 13),
        "place": place["name"],
    }
    status = _status(chance)
    title = _turn(grammar.titles, number)
    kind = chance.choice(("idea", "pre_study")) if status == "pipeline" else title["kind"]
    aim = _turn(_aims(status), number).format(aim=title["aim"])
    parts = _parts(grammar, title["topics"], number, status)
    closing = _turn(_stage(status, seed), number + 5 * PROGRAMMES.index(programme))
    return InitiativeText(
        code=f"{programme}-{seed}-{number}",
        title=capital(fill(title["title"], names, chance)),
        summary=_summary([parts[0], aim, *parts[1:], closing], names, chance),
        objective=fill(grammar.objectives[title["objective"]], names, chance),
        daily_life=fill(grammar.daily_life[title["daily_life"]], names, chance),
        kind=kind,
        status=status,
        themes=list(dict.fromkeys(filter(None, (*grammar.themes, theme)))),
        targets=_targets(grammar, chance),
        countries=[place["country"]],
        place=place["name"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        facets=_facets(title["facet"], chance),
        zone=chance.choice(_common("zones")[kind]),
        actors=_actors(programme, chance),
        programme=programme,
        method=chance.choice(_common("methods")[kind]),
    )


def compose_many(count: int, *, seed: int = 0, first: int = 0) -> list[InitiativeText]:
    """`count` initiatives, programme by programme in turn, so that every programme has its share."""
    programmes = len(PROGRAMMES)
    return [compose(PROGRAMMES[index % programmes], first + index // programmes, seed=seed) for index in range(count)]


@cache
def _grammar(programme: str, seed: int) -> Grammar:
    parts = files.document(f"grammar/{programme}")
    mixed = {name: _shuffled(parts[name], f"{seed} {programme} {name}") for name in Grammar.__annotations__}
    kept = {name: tuple(parts[name]) for name in ("objectives", "daily_life")}
    return Grammar(**{**mixed, **kept})


@cache
def _stage(status: str, seed: int) -> tuple[str, ...]:
    return _shuffled(files.document("grammar/stages")[status], f"{seed} {status}")


def _common(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = files.document("grammar/common")[name]
    return found


def _shuffled(parts: Sequence[T], seed: str) -> tuple[T, ...]:
    return tuple(random.Random(seed).sample(parts, len(parts)))


def _turn(parts: Sequence[T], number: int, stride: int = 0) -> T:
    """Part `number` of an endless walk; with a stride, each round through the list begins further on."""
    rounds, place = divmod(number, len(parts))
    return parts[(place + rounds * stride) % len(parts)]


def _place(programme: str, number: int, seed: int) -> Place:
    ours = _places()
    begin = PROGRAMMES.index(programme) * 47 + seed * 11
    return ours[(begin + number * 37 + number // len(ours)) % len(ours)]


@cache
def _places() -> tuple[Place, ...]:
    unsuited: list[str] = files.document("grammar/common")["no_places"]
    return tuple(place for place in places() if place["name"] not in unsuited)


def _parts(grammar: Grammar, topics: Sequence[str], number: int, status: str) -> list[str]:
    """Problem, what was done and what came of it; a plan instead where nothing has begun."""
    opening = _fitting(grammar.openings, topics, number)
    if status == "pipeline":
        return [opening, _turn(grammar.plans, number), _turn(grammar.plans, number + 6)]
    parts = [opening, _fitting(grammar.middles, topics, number), _fitting(grammar.findings, topics, number)]
    if _words(parts) < FEWEST_WORDS:
        parts.insert(2, _fitting(grammar.middles, topics, number + 19, but=parts))
    if _words(parts) < FEWEST_WORDS:
        parts.append(_fitting(grammar.findings, topics, number + 23, but=parts))
    return parts


def _fitting(parts: Sequence[str], topics: Sequence[str], number: int, but: Sequence[str] = ()) -> str:
    """The first part from `number` onwards that suits the topics; `topic: ` at its beginning names what it is about."""
    for step in range(len(parts)):
        topic, colon, rest = _turn(parts, number + 17 * step).partition(": ")
        if not colon or " " in topic:
            topic, rest = "", topic + colon + rest
        if (not topic or topic in topics) and rest not in but:
            return rest
    raise LookupError(f"No sentence fits {topics}: write one without a topic.")


def _summary(parts: Sequence[str], names: dict[str, str], chance: random.Random) -> str:
    return fill(_introduce(" ".join(parts)), names, chance)


def _aims(status: str) -> list[str]:
    ahead: list[str] = files.document("grammar/common")["aims_ahead" if status == "pipeline" else "aims"]
    return ahead


def _words(parts: Sequence[str]) -> int:
    return sum(len(part.split()) for part in parts)


def _introduce(text: str) -> str:
    """The first mention of the method with an indefinite article, wherever the parts put it."""
    before, slot, after = text.partition("{method}")
    if before.endswith("the "):
        before = before.removesuffix("the ") + "a "
    elif before.endswith("The "):
        before = before.removesuffix("The ") + "A "
    return before + slot + after


def _status(chance: random.Random) -> str:
    weights: dict[str, int] = files.document("grammar/common")["status"]
    return chance.choices(list(weights), list(weights.values()))[0]


def _targets(grammar: Grammar, chance: random.Random) -> list[str]:
    others = chance.sample(grammar.other_targets, chance.randint(1, MOST_OTHER_TARGETS))
    return [chance.choice(grammar.targets), *others]


def _facets(purpose: str, chance: random.Random) -> list[str]:
    """Purpose and driver: mostly the same facet or a neighbour on the diamond; now and then nobody has decided."""
    if chance.random() < 0.03:
        return ["all", purpose]
    driver = chance.choices((purpose, *NEIGHBOURS[purpose]), (5, 3, 2))[0]
    return [purpose, driver]


def _actors(programme: str, chance: random.Random) -> list[str]:
    return chance.sample(_common("actors")[programme], chance.randint(2, 4))
