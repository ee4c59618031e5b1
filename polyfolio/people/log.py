"""How this room writes to the log that stands above it: the audit room registers the pen."""

from __future__ import annotations

from typing import Any, Protocol


class Pen(Protocol):
    """Writes one log row in the caller's transaction; arguments as for the audit room's `changes.write`."""

    def __call__(self, **change: Any) -> object: ...


_pens: list[Pen] = []


def register(pen: Pen) -> None:
    if pen not in _pens:
        _pens.append(pen)


def write(**change: Any) -> None:
    for pen in _pens:
        pen(**change)
