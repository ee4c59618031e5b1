"""What happened to initiatives, entries and portfolios, for the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InitiativeCreated:
    initiative_id: int


@dataclass(frozen=True)
class InitiativeUpdated:
    """Something of substance changed (also by reviving it)."""

    initiative_id: int


@dataclass(frozen=True)
class InitiativesWritten:
    """A batch added or changed many initiatives at once."""

    initiative_ids: tuple[int, ...]


@dataclass(frozen=True)
class EntryChanged:
    """An initiative's place in a portfolio changed; `state` is the one it has now."""

    portfolio_id: int
    initiative_id: int
    state: str


@dataclass(frozen=True)
class PortfolioChanged:
    portfolio_id: int
