"""Signs that a portfolio may be in trouble: pure arithmetic over counts. The thresholds are ours and editable.

A flag says what is counted and leaves judging to people: many portfolios have good reasons for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from polyfolio.sensemaking.choices import Facet, FlagCode

PERCENT = frozenset({FlagCode.STATUS_QUO, FlagCode.CRISIS, FlagCode.PROJECTIFIED, FlagCode.FAD, FlagCode.UNQUANTIFIED})
"""Flags whose threshold is a share in percent, to be passed; those of the others are numbers, to be reached."""
DEFAULTS: Mapping[FlagCode, int] = {
    FlagCode.STATUS_QUO: 60,
    FlagCode.UNSUPPORTED: 1,
    FlagCode.CRISIS: 50,
    FlagCode.PROJECTIFIED: 50,
    FlagCode.ORPHANED: 1,
    FlagCode.FAD: 40,
    FlagCode.DRIFT: 3,
    FlagCode.UNQUANTIFIED: 50,
}
LIMITS: Mapping[FlagCode, tuple[int, int]] = {
    code: (1, 99) if code in PERCENT else (1, 10_000) for code in FlagCode
} | {FlagCode.DRIFT: (2, 10)}
"""The least and the greatest threshold that makes sense."""
SHORT_MONTHS = 6
"""A horizon below this many months is short."""


class State(StrEnum):
    """`unknown`: too little is known to say; `off`: the stewards do not ask."""

    RAISED = "raised"
    QUIET = "quiet"
    UNKNOWN = "unknown"
    OFF = "off"


@dataclass(frozen=True)
class Rule:
    """A flag's threshold in a portfolio, whether it is asked at all, and the stewards' note."""

    code: FlagCode
    threshold: int
    is_on: bool = True
    note: str = ""


@dataclass(frozen=True)
class Look:
    """How far the mix stood from the target on a day; None where nothing was placed by then."""

    on: date
    distance: float | None


@dataclass(frozen=True)
class Facts:
    """What the flags are computed from.

    `money` is by facet, of one flow and currency. `active` counts initiatives by facet and `supported` holds the
    facets that a support structure serves today. `starts` began last year: `short` of those `horizons` whose
    horizon is known are short, and `methods` counts by method those of `with_method` that name any.
    """

    total: int
    money: Mapping[Facet, float] = field(default_factory=dict)
    active: Mapping[Facet, int] = field(default_factory=dict)
    supported: frozenset[Facet] = frozenset()
    starts: int = 0
    horizons: int = 0
    short: int = 0
    unlinked: int = 0
    unowned: int = 0
    has_steward: bool = True
    with_method: int = 0
    methods: Mapping[str, int] = field(default_factory=dict)
    looks: Sequence[Look] = ()
    unquantified: int = 0


@dataclass(frozen=True)
class Finding:
    """What became of one rule: `part` of `whole`, or a number alone; `facets` and `method` name what it is about."""

    rule: Rule
    state: State
    part: int = 0
    whole: int = 0
    share: float | None = None
    facets: tuple[Facet, ...] = ()
    method: str = ""
    looks: tuple[Look, ...] = ()

    @property
    def percent(self) -> int | None:
        """Never rounded over the threshold, nor down to it."""
        return None if self.share is None else _rounded(100 * self.share, self.rule.threshold)


def findings(facts: Facts, rules: Sequence[Rule]) -> list[Finding]:
    """Every rule with what it found, in the rules' order."""
    return [_FINDERS[rule.code](facts, rule) if rule.is_on else Finding(rule, State.OFF) for rule in rules]


def _share(rule: Rule, part: float, whole: float, **more: object) -> Finding:
    """Raised where the share passes the threshold; without anything to share out nothing is known."""
    if whole <= 0:
        return Finding(rule, State.UNKNOWN, **more)  # type: ignore[arg-type]
    raised = 100 * part > rule.threshold * whole
    numbers = {"part": int(part), "whole": int(whole), "share": part / whole}
    return Finding(rule, State.RAISED if raised else State.QUIET, **numbers, **more)  # type: ignore[arg-type]


def _status_quo(facts: Facts, rule: Rule) -> Finding:
    amounts = {facet: max(0.0, amount) for facet, amount in facts.money.items()}
    return _share(rule, amounts.get(Facet.ENHANCEMENT, 0.0), sum(amounts.values()), facets=(Facet.ENHANCEMENT,))


def _unsupported(facts: Facts, rule: Rule) -> Finding:
    active = [facet for facet in Facet if facts.active.get(facet, 0) >= rule.threshold]
    bare = tuple(facet for facet in active if facet not in facts.supported)
    if not any(facts.active.values()):
        return Finding(rule, State.UNKNOWN)
    return Finding(rule, State.RAISED if bare else State.QUIET, part=len(bare), whole=len(active), facets=bare)


def _crisis(facts: Facts, rule: Rule) -> Finding:
    return _share(rule, facts.short, facts.horizons)


def _projectified(facts: Facts, rule: Rule) -> Finding:
    return _share(rule, facts.unlinked, facts.total)


def _orphaned(facts: Facts, rule: Rule) -> Finding:
    raised = facts.unowned >= rule.threshold or not facts.has_steward
    if not facts.total and facts.has_steward:
        return Finding(rule, State.UNKNOWN)
    return Finding(rule, State.RAISED if raised else State.QUIET, part=facts.unowned, whole=facts.total)


def _fad(facts: Facts, rule: Rule) -> Finding:
    method = min(facts.methods, key=lambda name: (-facts.methods[name], name), default="")
    return _share(rule, facts.methods.get(method, 0), facts.with_method, method=method)


def _drift(facts: Facts, rule: Rule) -> Finding:
    """Raised where each of the last looks stands farther from the target than the one before it."""
    looks = tuple(facts.looks)[-rule.threshold :]
    distances = [look.distance for look in looks]
    if len(looks) < rule.threshold or None in distances:
        return Finding(rule, State.UNKNOWN, looks=looks)
    known = [each for each in distances if each is not None]
    rising = all(later > earlier for earlier, later in pairwise(known))
    return Finding(rule, State.RAISED if rising else State.QUIET, looks=looks)


def _unquantified(facts: Facts, rule: Rule) -> Finding:
    return _share(rule, facts.unquantified, facts.total)


def _rounded(percent: float, threshold: int) -> int:
    shown = round(percent)
    if percent > threshold:
        return min(100, max(shown, threshold + 1)) if shown <= threshold else shown
    return min(shown, threshold)


_FINDERS = {
    FlagCode.STATUS_QUO: _status_quo,
    FlagCode.UNSUPPORTED: _unsupported,
    FlagCode.CRISIS: _crisis,
    FlagCode.PROJECTIFIED: _projectified,
    FlagCode.ORPHANED: _orphaned,
    FlagCode.FAD: _fad,
    FlagCode.DRIFT: _drift,
    FlagCode.UNQUANTIFIED: _unquantified,
}
