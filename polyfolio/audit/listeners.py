"""Who wants to know, inside the same transaction, that log rows were written (search notes what to index again)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from polyfolio.audit.models import AuditRecord

Listener = Callable[[Sequence[AuditRecord]], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with every batch of log rows; upper rooms register it in `ready()`."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(rows: Sequence[AuditRecord]) -> None:
    for listener in _listeners:
        listener(rows)
