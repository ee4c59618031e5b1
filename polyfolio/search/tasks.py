"""Nudges for the index: everything they do is found in the outbox, so a lost one only costs time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from polyfolio.lib.jobs import Task, task
from polyfolio.search.actions import changes, index
from polyfolio.search.storage.store import store

NUDGED = "nudged"
NUDGE_LASTS_S = 5.0


def nudge() -> None:
    """Have a worker catch up soon. Where a nudge is already on its way, another one is not sent."""
    if _claim(store().root / NUDGED):
        catch_up()


def _claim(marker: Path) -> bool:
    """Whether no nudge is on its way; a marker that was left behind counts for a few seconds only."""
    marker.parent.mkdir(parents=True, exist_ok=True)
    try:
        if time.time() - marker.stat().st_mtime < NUDGE_LASTS_S:
            return False
    except FileNotFoundError:
        pass
    marker.touch()
    return True


@task
def catch_up() -> None:
    """Bring this machine's index up to date."""
    (store().root / NUDGED).unlink(missing_ok=True)  # before looking: what is noted from here on nudges again
    index.catch_up()


def sweep() -> None:
    """Each minute: find what a lost nudge left, forget old changes, drop deleted rows."""
    (store().root / NUDGED).unlink(missing_ok=True)
    now = timezone.now()
    index.catch_up()
    changes.sweep(at=now)
    index.tidy(at=now)


# Not claimed for one worker among all: each machine has an index of its own, and its lock lets one process work.
sweep_each_minute = cast(Task[[]], cast(Callable[..., object], db_periodic_task(crontab()))(sweep))
