"""The pictures of an exploration: the diamond of support, the profile of abilities, and support beside activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from polyfolio.lib.pictures.diamond import Diamond, diamond
from polyfolio.lib.pictures.profile import Ability, Profile, profile
from polyfolio.sensemaking.arithmetic.mixes import Mix
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.items import capability_items
from polyfolio.sensemaking.exploration.readings import reading
from polyfolio.sensemaking.exploration.scoring import (
    Group,
    Result,
    Scores,
    Spread,
    support_gap,
    support_shares,
    tendency,
)
from polyfolio.sensemaking.queries.explorations import Peers
from polyfolio.web.explorations.questions import language_of, words


@dataclass(frozen=True)
class Row:
    """One facet with the spread of its score, and the middle of other organisations beside it."""

    facet: Facet
    spread: Spread | None
    peers: Spread | None = None

    @property
    def median(self) -> int | None:
        return None if self.spread is None else round(self.spread.median)

    @property
    def lower(self) -> int | None:
        return None if self.spread is None else round(self.spread.lower)

    @property
    def upper(self) -> int | None:
        return None if self.spread is None else round(self.spread.upper)

    @property
    def high(self) -> int | None:
        """Percent of the people who gave it 50 or more."""
        return None if self.spread is None else round(self.spread.share_high * 100)

    @property
    def peers_median(self) -> int | None:
        return None if self.peers is None else round(self.peers.median)


@dataclass(frozen=True)
class Gap:
    """How support and activity are shared out to one facet, in percent; `points` is the difference."""

    facet: Facet
    support: int
    activity: int
    points: int


def own(result: Result) -> dict[str, Any]:
    """What one person's answers give: a diamond, a profile, a reading."""
    return {
        "own": result,
        "own_diamond": support(result.facets),
        "own_profile": profile([Ability(name, _float(result.abilities[key])) for key, name in ability_names()]),
        "own_reading": _reading(result.facets),
        "reading_language": language_of(reading(result.tendency)),
        "own_tendency": [facet for facet in Facet if facet in result.tendency],
        "own_capability": None if result.capability is None else round(result.capability),
    }


def of_group(group: Group, peers: Peers | None = None) -> dict[str, Any]:
    """What a group's answers give together, with other organisations beside it where they are shown."""
    beside = peers if peers is not None and peers.is_shown else None
    return {
        "rows": [Row(facet, group.facets[facet], beside.facets[facet] if beside else None) for facet in Facet],
        "diamond": support(group.medians, group),
        "profile": abilities(group),
        "reading": _reading(group.medians),
        "reading_language": language_of(reading(group.tendency)),
        "tendency": [facet for facet in Facet if facet in group.tendency],
        "capability": None if group.capability is None else round(group.capability.median),
    }


def support(scores: Scores, group: Group | None = None) -> Diamond:
    """Scores from 0 to 100 on the diamond, with the middle half of the answers as a band."""
    found = {facet.value: _share(score) for facet, score in scores.items()}
    spreads = {facet.value: spread for facet, spread in group.facets.items() if spread} if group else {}
    lower = {key: float(each.lower) / 100 for key, each in spreads.items()}
    upper = {key: float(each.upper) / 100 for key, each in spreads.items()}
    return diamond(actual=found, spread=(lower, upper) if len(spreads) == len(Facet) else None, full=1.0)


def abilities(group: Group) -> Profile:
    return profile([_ability(name, group.abilities[key]) for key, name in ability_names()])


def ability_names() -> list[tuple[str, str]]:
    return [(asked.key, words(asked.title)) for asked in capability_items()]


def gaps(group: Group, mix: Mix | None) -> dict[str, Any]:
    """Support beside activity: a diamond and a row for each facet; empty where either is not known."""
    shares = support_shares(group.medians)
    if shares is None or mix is None or mix.shares is None:
        return {}
    activity: Mapping[str, float] = {facet.value: share for facet, share in mix.shares.items()}
    differences = support_gap(shares, mix.shares)
    rows = [
        Gap(facet, round(shares[facet] * 100), round(mix.shares[facet] * 100), round(differences[facet] * 100))
        for facet in Facet
    ]
    drawn = diamond(actual={facet.value: float(share) for facet, share in shares.items()}, intended=activity)
    widest = max(rows, key=lambda row: abs(row.points))
    return {"gaps": rows, "gap_diamond": drawn, "widest": widest if widest.points else None}


def _reading(scores: Scores) -> str:
    """The paragraph for the tendency; empty where a facet is not known, which would read as if it had no support."""
    return "" if None in scores.values() else words(reading(tendency(scores)))


def _ability(name: str, spread: Spread | None) -> Ability:
    if spread is None:
        return Ability(name, None)
    return Ability(name, float(spread.median), float(spread.lower), float(spread.upper))


def _share(score: Fraction | None) -> float | None:
    return None if score is None else float(score) / 100


def _float(score: Fraction | None) -> float | None:
    return None if score is None else float(score)
