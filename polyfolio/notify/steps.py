"""*My next steps*: one queue over everything that waits for a person. Rooms register where their steps come from."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django_stubs_ext import StrOrPromise

from polyfolio.people.models import User

COUNTED_FOR_SECONDS = 60
LEADING_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Step:
    """Something that waits for one person: what, one sentence why, one button, and by when where there is a day."""

    title: StrOrPromise
    why: StrOrPromise
    button: StrOrPromise
    address: str
    due_on: date | None = None


Provider = Callable[[User, date], Iterable[Step]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(user, today)` add steps; its number of queries must not grow with what it finds."""
    if provider not in _providers:
        _providers.append(provider)


def of(user: User, *, on: date) -> list[Step]:
    """Everything that waits for `user`: what is due first, then what has no day."""
    steps = [step for provider in _providers for step in provider(user, on)]
    steps.sort(key=lambda step: (step.due_on is None, step.due_on or on, _by_number(str(step.title))))
    cache.set(_key(user), len(steps), COUNTED_FOR_SECONDS)
    return steps


def _by_number(title: str) -> tuple[int, str]:
    """What speaks of most comes first; titles that begin with no number come before them all, by their letters."""
    number = LEADING_NUMBER.match(title)
    return (-int(number[0]) if number else -sys.maxsize, title)


def count(user: User, *, on: date) -> int:
    """How many steps wait for `user`, for the frame of every page: at most a minute old."""
    known: int | None = cache.get(_key(user))
    return len(of(user, on=on)) if known is None else known


def _key(user: User) -> str:
    return f"next-steps:{user.pk}"
