"""A queued run nudges a worker; one that ends lets the next of its network begin."""

from __future__ import annotations

from django.utils import timezone

from polyfolio.exchange.actions import running
from polyfolio.exchange.events import ImportEnded, ImportQueued
from polyfolio.exchange.tasks import carry_on


def nudge(event: ImportQueued) -> None:
    carry_on(event.run_id)


def nudge_next(_event: ImportEnded) -> None:
    for run_id in running.waiting(at=timezone.now()):
        carry_on(run_id)
