"""What happened in a portfolio's frames, for the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InitiativesPlaced:
    portfolio_id: int
    initiative_ids: tuple[int, ...]


@dataclass(frozen=True)
class ZoneChanged:
    """A transition: an initiative came into a zone, from another one or from none."""

    portfolio_id: int
    initiative_id: int
    zone_id: int


@dataclass(frozen=True)
class TargetMixSet:
    portfolio_id: int


@dataclass(frozen=True)
class DecisionTaken:
    """Something was decided about a portfolio; `origin_type` is empty where the decision stands alone."""

    decision_id: int
    portfolio_id: int
    origin_type: str
    origin_id: int | None


@dataclass(frozen=True)
class DiscussionOpened:
    """People began to talk about where an initiative stands in a portfolio."""

    discussion_id: int
    portfolio_id: int
    initiative_id: int


@dataclass(frozen=True)
class DiscussionResolved:
    discussion_id: int
    portfolio_id: int
    initiative_id: int


@dataclass(frozen=True)
class HoleFollowedUp:
    """Somebody made something of a hole; `kind` is one of FollowUpKind."""

    wanted_id: int
    kind: str
