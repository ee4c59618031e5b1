"""The 16 items about what an organisation supports and the 8 about what it can do: structure here, texts in wordings/.

Every facet item can give each facet 4 points, so that no facet is favoured by how it is asked about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from polyfolio.lib.texts import Texts
from polyfolio.sensemaking.choices import Facet

WORDINGS = Path(__file__).resolve().parent / "wordings"
LANGUAGES = ("en", "fr", "es")


class ItemKind(StrEnum):
    """How an item is answered."""

    AGREEMENT = "agreement"
    """Each statement from 0 (not at all) to its most."""
    RANKING = "ranking"
    """Four statements in an order without ties: 4, 2, 1 and 0 points."""
    TICKS = "ticks"
    """Any number of statements, each worth its most; “none of these” answers with 0."""


RANKED = (4, 2, 1, 0)
"""Points of the first, second, third and fourth place."""


@dataclass(frozen=True)
class Statement:
    """One sentence to agree with, rank or tick; `facet` is None in the items about capability."""

    key: str
    facet: Facet | None
    most: int
    text: Texts


@dataclass(frozen=True)
class Item:
    """One step of the questionnaire."""

    key: str
    kind: ItemKind
    title: Texts
    question: Texts
    help: Texts
    statements: tuple[Statement, ...]

    @property
    def is_capability(self) -> bool:
        return self.statements[0].facet is None

    def statement(self, key: str) -> Statement | None:
        return next((each for each in self.statements if each.key == key), None)

    def of(self, facet: Facet) -> tuple[Statement, ...]:
        return tuple(each for each in self.statements if each.facet is facet)


# Key of each facet item, how it is answered, and how many statements it has for each facet.
FACET_ITEMS: tuple[tuple[str, ItemKind, int], ...] = (
    ("focus", ItemKind.AGREEMENT, 1),
    ("leaders", ItemKind.RANKING, 1),
    ("projects", ItemKind.AGREEMENT, 1),
    ("strategy", ItemKind.AGREEMENT, 1),
    ("hardest", ItemKind.RANKING, 1),
    ("risks", ItemKind.AGREEMENT, 2),
    ("freedom", ItemKind.AGREEMENT, 1),
    ("bad_news", ItemKind.RANKING, 1),
    ("punished", ItemKind.AGREEMENT, 1),
    ("funded", ItemKind.TICKS, 1),
    ("buying", ItemKind.AGREEMENT, 1),
    ("horizon", ItemKind.RANKING, 1),
    ("data", ItemKind.TICKS, 2),
    ("evaluation", ItemKind.TICKS, 2),
    ("methods", ItemKind.TICKS, 4),
    ("technology", ItemKind.AGREEMENT, 2),
)
# Key of each capability item, and how many statements it has.
CAPABILITY_ITEMS: tuple[tuple[str, int], ...] = (
    ("need", 2),
    ("room", 2),
    ("overview", 1),
    ("advice", 1),
    ("whole", 1),
    ("contribution", 3),
    ("money", 3),
    ("people", 4),
)
POINTS_PER_FACET = 4
TURNS = {Facet.MISSION: 0, Facet.ANTICIPATORY: 1, Facet.ADAPTIVE: 2, Facet.ENHANCEMENT: 3}


@cache
def all_items() -> tuple[Item, ...]:
    """Every item in the order in which it is asked."""
    return (*facet_items(), *capability_items())


@cache
def facet_items() -> tuple[Item, ...]:
    return tuple(_facet_item(number, *row) for number, row in enumerate(FACET_ITEMS))


@cache
def capability_items() -> tuple[Item, ...]:
    return tuple(
        _item(key, ItemKind.AGREEMENT, [_statement(key, f"s{number + 1}", None, 4) for number in range(count)])
        for key, count in CAPABILITY_ITEMS
    )


def item(key: str) -> Item | None:
    """The item called `key`, None where there is none."""
    return next((each for each in all_items() if each.key == key), None)


def _facet_item(number: int, key: str, kind: ItemKind, per_facet: int) -> Item:
    """Which facet comes first turns from item to item, so that none is always read first."""
    order = sorted(Facet, key=lambda facet: (TURNS[facet] + number) % len(Facet))
    rows = [
        _statement(key, facet.value if per_facet == 1 else f"{facet.value}_{place + 1}", facet, most)
        for most in [POINTS_PER_FACET // per_facet]
        for place in range(per_facet)
        for facet in order
    ]
    return _item(key, kind, rows)


def _item(key: str, kind: ItemKind, statements: list[Statement]) -> Item:
    words = [_texts(key, name) for name in ("title", "question", "help")]
    return Item(key, kind, words[0], words[1], words[2], tuple(statements))


def _statement(item_key: str, key: str, facet: Facet | None, most: int) -> Statement:
    return Statement(key, facet, most, _texts(item_key, key))


def _texts(item_key: str, name: str) -> Texts:
    return {language: words[item_key][name] for language, words in wordings().items()}


@cache
def wordings() -> dict[str, dict[str, Any]]:
    """All texts by language, item and name."""
    return {
        language: json.loads((WORDINGS / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
        if (WORDINGS / f"{language}.json").exists()
    }
