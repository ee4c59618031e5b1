"""The strip of the seventeen Sustainable Development Goals: how many initiatives name each, as main goal or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from polyfolio.lib.pictures.shapes import tenths

GOALS = range(1, 18)
LENGTH = 100.0
LEAST = 1.5
"""A goal that is named at all is never drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its counts; `main_length` and `other_length` are parts of the drawing's 100."""

    number: int
    label: str
    main: int
    other: int
    main_length: float
    other_length: float
    href: str

    @property
    def count(self) -> int:
        return self.main + self.other

    @property
    def length(self) -> float:
        return tenths(self.main_length + self.other_length)


@dataclass(frozen=True, slots=True)
class SdgStrip:
    goals: tuple[Goal, ...]

    @property
    def named(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if goal.count)

    @property
    def missing(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if not goal.count)

    @property
    def first(self) -> Goal | None:
        """The goal named most often, None where none is named."""
        return max(self.named, key=lambda goal: goal.count, default=None)


def sdg_strip(
    *,
    main: Mapping[int, int],
    other: Mapping[int, int] | None = None,
    labels: Mapping[int, str] | None = None,
    href: Callable[[int], str] = lambda _number: "",
) -> SdgStrip:
    """The strip for counts of initiatives by goal; an initiative counts once a goal, as main or else as other."""
    others = other or {}
    names = labels or {}
    most = max((main.get(number, 0) + others.get(number, 0) for number in GOALS), default=0)

    def length(count: int) -> float:
        return tenths(max(LEAST, LENGTH * count / most)) if count else 0.0

    return SdgStrip(
        tuple(
            Goal(
                number=number,
                label=names.get(number, ""),
                main=main.get(number, 0),
                other=others.get(number, 0),
                main_length=length(main.get(number, 0)),
                other_length=length(others.get(number, 0)),
                href=href(number),
            )
            for number in GOALS
        )
    )
