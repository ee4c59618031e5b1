"""django-rules, typed: predicates that combine with `&`, `|` and `~`, and a table of named permissions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

import rules


class Predicate(Protocol):
    """Answers whether a person may, about a record or about none."""

    def __call__(self, user: Any, record: Any = None) -> bool: ...
    def __and__(self, other: Predicate) -> Predicate: ...
    def __or__(self, other: Predicate) -> Predicate: ...
    def __invert__(self) -> Predicate: ...


def predicate(function: Callable[..., bool]) -> Predicate:
    return cast(Predicate, rules.predicate(function))  # type: ignore[attr-defined,no-untyped-call]


def allow(verb: str, who: Predicate) -> None:
    """Let those for whom `who` holds do `verb` (`room.verb_noun`). Each verb is registered once."""
    rules.add_perm(verb, who)  # type: ignore[attr-defined,no-untyped-call]


def known_verbs() -> list[str]:
    """Every verb that a room has registered, for the tests that may forget none."""
    return sorted(rules.permissions.permissions)


def is_known(verb: str) -> bool:
    return bool(rules.perm_exists(verb))  # type: ignore[attr-defined,no-untyped-call]


def is_allowed(verb: str, user: Any, record: Any = None) -> bool:
    return bool(rules.has_perm(verb, user, record))  # type: ignore[attr-defined,no-untyped-call]
