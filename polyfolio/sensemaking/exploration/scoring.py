"""From answers to scores: exact fractions, so that a boundary such as 50 % falls where it should.

The score of a facet is 100 × its points / the most that it could have got from what was answered. Rankings force a
choice: each facet can reach 100 in turn, never all four at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median, quantiles

from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.answers import Answer, Answers
from polyfolio.sensemaking.exploration.items import (
    RANKED,
    Item,
    ItemKind,
    Statement,
    all_items,
    capability_items,
    facet_items,
)

TENDENCY_FROM = Fraction(50)
"""A score from here on makes a facet part of the tendency."""
SHOWN_FROM = 5
"""From so many answers on, a group's results are shown."""

Scores = dict[Facet, Fraction | None]


@dataclass(frozen=True)
class Result:
    """One person's scores from 0 to 100; None where nothing was answered. `capability` is the mean of `abilities`."""

    facets: Scores
    abilities: dict[str, Fraction | None]

    @property
    def capability(self) -> Fraction | None:
        known = [score for score in self.abilities.values() if score is not None]
        return sum(known, Fraction(0)) / len(known) if known else None

    @property
    def tendency(self) -> frozenset[Facet]:
        return tendency(self.facets)


@dataclass(frozen=True)
class Spread:
    """What several people's scores say together: their middle, the middle half, and the share at 50 or more."""

    count: int
    median: Fraction
    lower: Fraction
    upper: Fraction
    share_high: Fraction

    @property
    def range(self) -> Fraction:
        """The interquartile range."""
        return self.upper - self.lower


@dataclass(frozen=True)
class Group:
    """Results of those who answered. A spread is None where fewer than five answered what it is about."""

    count: int
    facets: dict[Facet, Spread | None]
    abilities: dict[str, Spread | None]
    capability: Spread | None

    @property
    def is_shown(self) -> bool:
        return self.count >= SHOWN_FROM

    @property
    def medians(self) -> Scores:
        return {facet: spread.median if spread else None for facet, spread in self.facets.items()}

    @property
    def tendency(self) -> frozenset[Facet]:
        return tendency(self.medians)


def result(answers: Answers) -> Result:
    """The scores of one person's answers; items that are not known are left out."""
    return Result(
        facets={facet: facet_score(answers, facet) for facet in Facet},
        abilities={asked.key: _percent([_parts(asked, answers.get(asked.key), None)]) for asked in capability_items()},
    )


def to_json(found: Result) -> dict[str, dict[str, str | None]]:
    """The scores as fractions in text, so that nothing is lost in keeping them."""
    return {
        "facets": {facet.value: _kept(score) for facet, score in found.facets.items()},
        "abilities": {key: _kept(score) for key, score in found.abilities.items()},
    }


def from_json(kept: Mapping[str, Mapping[str, str | None]]) -> Result:
    facets, abilities = kept["facets"], kept["abilities"]
    return Result(
        facets={facet: _read(facets.get(facet.value)) for facet in Facet},
        abilities={asked.key: _read(abilities.get(asked.key)) for asked in capability_items()},
    )


def _kept(score: Fraction | None) -> str | None:
    return None if score is None else str(score)


def _read(score: str | None) -> Fraction | None:
    return None if score is None else Fraction(score)


def facet_score(answers: Answers, facet: Facet) -> Fraction | None:
    return _percent(_parts(asked, answers.get(asked.key), facet) for asked in facet_items())


def facet_points(answers: Answers, facet: Facet) -> tuple[int, int]:
    """The points that a facet got, and the most that it could have got from what was answered."""
    parts = [_parts(asked, answers.get(asked.key), facet) for asked in facet_items()]
    return sum(points for points, _most in parts), sum(most for _points, most in parts)


def _parts(asked: Item, answer: Answer | None, facet: Facet | None) -> tuple[int, int]:
    """Points and most of one item for one facet (None: of the item as a whole)."""
    if answer is None:
        return 0, 0
    statements = [each for each in asked.statements if each.facet is facet]
    counted = [each for each in statements if asked.kind is not ItemKind.AGREEMENT or each.key in answer]
    return sum(_points(asked, each, answer) for each in counted), sum(each.most for each in counted)


def _points(asked: Item, statement: Statement, answer: Answer) -> int:
    value = answer.get(statement.key, 0)
    if asked.kind is ItemKind.RANKING:
        return RANKED[value - 1] if value else 0
    return value * statement.most if asked.kind is ItemKind.TICKS else value


def _percent(parts: Iterable[tuple[int, int]]) -> Fraction | None:
    rows = list(parts)
    most = sum(each for _points, each in rows)
    return Fraction(100 * sum(points for points, _most in rows), most) if most else None


def tendency(scores: Mapping[Facet, Fraction | None]) -> frozenset[Facet]:
    """The facets at 50 or more; one of the 16 sets that have a reading."""
    return frozenset(facet for facet, score in scores.items() if score is not None and score >= TENDENCY_FROM)


def unanswered(answers: Answers) -> list[Item]:
    """Items with no answer, or with a statement left open."""
    return [asked for asked in all_items() if not is_complete(asked, answers.get(asked.key))]


def is_complete(asked: Item, answer: Answer | None) -> bool:
    if answer is None:
        return False
    return asked.kind is not ItemKind.AGREEMENT or len(answer) == len(asked.statements)


def group(results: Sequence[Result]) -> Group:
    """What the results say together, in whatever order they come."""
    return Group(
        count=len(results),
        facets={facet: spread(each.facets[facet] for each in results) for facet in Facet},
        abilities={asked.key: spread(each.abilities[asked.key] for each in results) for asked in capability_items()},
        capability=spread(each.capability for each in results),
    )


def spread(scores: Iterable[Fraction | None]) -> Spread | None:
    """Median, quartiles (interpolated between the values) and share at 50 or more; None for fewer than five scores."""
    known = sorted(score for score in scores if score is not None)
    if len(known) < SHOWN_FROM:
        return None
    lower, middle, upper = quantiles(known, n=4, method="inclusive")
    assert middle == median(known)
    high = sum(1 for score in known if score >= TENDENCY_FROM)
    return Spread(len(known), middle, lower, upper, Fraction(high, len(known)))


def support_shares(scores: Mapping[Facet, Fraction | None]) -> dict[Facet, Fraction] | None:
    """How support is shared among the four facets (they sum to 1); None where a facet is unknown or all are 0."""
    known = {facet: score for facet, score in scores.items() if score is not None}
    total = sum(known.values(), Fraction(0))
    if len(known) < len(Facet) or not total:
        return None
    return {facet: score / total for facet, score in known.items()}


def support_gap(support: Mapping[Facet, Fraction], activity: Mapping[Facet, float]) -> dict[Facet, Fraction]:
    """Share of support − share of activity: above 0 more is supported than done, below 0 the other way round."""
    return {facet: support[facet] - Fraction(activity.get(facet, 0.0)) for facet in Facet}
