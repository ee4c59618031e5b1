"""The 17 goals and 169 targets in a few words of our own; read from a file once, never from the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from polyfolio.lib.texts import Texts, best_text

DATA = Path(__file__).resolve().parent / "data" / "sdg.json"


@dataclass(frozen=True)
class Goal:
    """A goal by its number, with its short label in every language and its colour (`#rrggbb`)."""

    number: int
    texts: Texts
    colour: str

    @property
    def code(self) -> str:
        return str(self.number)

    @property
    def label(self) -> str:
        """In the reader's language."""
        return _in(self.texts, None)

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


@dataclass(frozen=True)
class Target:
    """A target by its code (`12.5`), the goal it belongs to, and its short label in every language."""

    code: str
    goal: int
    texts: Texts

    @property
    def label(self) -> str:
        """In the reader's language."""
        return _in(self.texts, None)

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


@cache
def _goals() -> Mapping[int, Goal]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["goals"]
    return {row["number"]: Goal(row["number"], row["label"], row["colour"]) for row in rows}


@cache
def _targets() -> Mapping[str, Target]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["targets"]
    return {row["code"]: Target(row["code"], int(row["goal"]), row["label"]) for row in rows}


def goals() -> list[Goal]:
    """All goals, in order."""
    return list(_goals().values())


def goal(number: int) -> Goal:
    """The goal of that number; raises KeyError."""
    return _goals()[number]


def targets(goal: int | None = None) -> list[Target]:
    """All targets in order, or those of one goal."""
    return [target for target in _targets().values() if goal is None or target.goal == goal]


def target(code: str) -> Target:
    """The target of that code, however it is written (`12.5`, `12.B`); raises KeyError."""
    return _targets()[code.strip().lower()]


def is_target(code: str) -> bool:
    return code.strip().lower() in _targets()


def goal_label(code: str | int, language: str | None = None) -> str:
    """The goal's label in `language` (the reader's where None); the code itself where it is no goal."""
    found = _goals().get(int(code)) if str(code).isdigit() else None
    return _in(found.texts, language) if found is not None else str(code)


def target_label(code: str, language: str | None = None) -> str:
    """The target's label in `language` (the reader's where None); the code itself where it is no target."""
    return _in(target(code).texts, language) if is_target(code) else code


def _in(texts: Texts, language: str | None) -> str:
    return best_text(texts, (language or get_language() or "en",))


def choices(goals_only: bool = False) -> Iterable[tuple[str, str]]:
    """(code, “code label”) of goals and their targets, for forms."""
    for each in goals():
        yield each.code, str(each)
        if not goals_only:
            yield from ((one.code, str(one)) for one in targets(each.number))
