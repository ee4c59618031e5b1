"""Nudges for runs, and the sweep that finds what a lost nudge left."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from polyfolio.exchange.actions import imports, running
from polyfolio.lib.jobs import every_minutes, task


@task
def carry_on(run_id: int) -> None:
    running.carry_on(run_id)


@every_minutes(1)
def sweep_imports() -> None:
    for run_id in running.waiting(at=timezone.now()):
        carry_on(run_id)


@every_minutes(60)
def drop_old_files() -> None:
    imports.drop_files(before=timezone.now() - timedelta(days=settings.POLYFOLIO_UNDO_DAYS))
