"""News inside the house: a lower room publishes what happened, upper rooms subscribe in `ready()`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

Event = TypeVar("Event")

_subscribers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` with every event of exactly this kind, once each, after the transaction that published it."""
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def unsubscribe(kind: type[Event], handler: Callable[[Event], None]) -> None:
    if handler in _subscribers[kind]:
        _subscribers[kind].remove(handler)


def publish(event: Any) -> None:
    """Tell the subscribers when the transaction commits; a subscriber that fails is logged and stops no other."""
    for handler in tuple(_subscribers[type(event)]):
        transaction.on_commit(partial(handler, event), robust=True)
