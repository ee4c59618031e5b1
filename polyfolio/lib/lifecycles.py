"""Lifecycles as data: which states a record has, which transitions lead where, and who may take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


class TransitionError(ValueError):
    """The transition does not leave from the record's state; the message says which ones do."""


@dataclass(frozen=True)
class Transition:
    """One step: its verb, where it leaves from, where it leads, and the permission it asks for."""

    verb: str
    sources: frozenset[str]
    target: str
    permission: str
    label: StrOrPromise
    needs_reason: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """All states with their labels, the first one, and the transitions between them."""

    initial: str
    states: Mapping[str, StrOrPromise]
    transitions: tuple[Transition, ...]

    def leaving(self, state: str) -> tuple[Transition, ...]:
        return tuple(step for step in self.transitions if state in step.sources)

    def step(self, state: str, verb: str) -> Transition:
        """The transition `verb` from `state`; raises TransitionError naming the possible ones."""
        for step in self.leaving(state):
            if step.verb == verb:
                return step
        possible = ", ".join(step.verb for step in self.leaving(state)) or "none"
        raise TransitionError(f"“{verb}” is not possible from “{self.states[state]}”. Possible now: {possible}.")
