"""What the installation holds about a person, for their export and their erasure; upper rooms register theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from polyfolio.people.models import User

Export = Callable[[User], Any]
Erase = Callable[[User, datetime], None]

_exports: dict[str, Export] = {}
_erasures: dict[str, Erase] = {}


def register(name: str, *, export: Export | None = None, erase: Erase | None = None) -> None:
    """`export(user)` gives what is held under `name` as JSON values; `erase(user, at)` removes or masks it."""
    if export is not None:
        _exports[name] = export
    if erase is not None:
        _erasures[name] = erase


def held_about(user: User) -> dict[str, Any]:
    return {name: export(user) for name, export in _exports.items()}


def erase_all(user: User, at: datetime) -> None:
    """Let every room forget `user`, the one registered last first."""
    for erase in reversed(list(_erasures.values())):
        erase(user, at)
