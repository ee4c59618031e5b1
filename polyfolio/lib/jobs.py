"""Huey, typed; and the claim that makes periodic work run once however many workers there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, Protocol, cast

from django.core.cache import cache
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

Parameters = ParamSpec("Parameters")


class Task(Protocol[Parameters]):
    """A job: calling it puts it in the queue; `call_local` does the work here and now."""

    def __call__(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> object: ...
    def call_local(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> None: ...


def task(function: Callable[Parameters, None]) -> Task[Parameters]:
    """A nudge: it may be lost or run twice, so the work to do must stand in rows."""
    return cast(Task[Parameters], db_task()(function))


def every_minutes(minutes: int) -> Callable[[Callable[[], None]], Task[[]]]:
    """Run at every so many minutes, once among all workers."""

    def decorate(function: Callable[[], None]) -> Task[[]]:
        def run() -> None:
            if claim_minute(function.__qualname__):
                function()

        run.__name__ = function.__name__
        run.__module__ = function.__module__
        minute = "*" if minutes == 1 else f"*/{minutes}"
        return cast(Task[[]], db_periodic_task(crontab(minute=minute))(run))

    return decorate


def claim_minute(name: str, at: datetime | None = None) -> bool:
    """Whether this worker is the first to take up `name` in this minute."""
    moment = at or datetime.now().astimezone()
    return cache.add(f"claimed:{name}:{moment:%Y%m%d%H%M}", 1, timeout=120)
