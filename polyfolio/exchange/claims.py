"""Who works on a run: one worker at a time, who proves it with every transaction and loses it by going silent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from polyfolio.exchange.choices import EndReason, RunState
from polyfolio.exchange.models import ImportRun
from polyfolio.network.models import Network

SILENT_FOR = timedelta(minutes=2)
MOST_ATTEMPTS = 5
WORKING = (RunState.RUNNING, RunState.UNDOING)


class ClaimLostError(RuntimeError):
    """Somebody stopped the run, or another worker took it up. Nothing to do: what is written is written."""


def claimable(at: datetime) -> Q:
    """Runs that wait, or whose worker has been silent for too long."""
    silent = Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=at - SILENT_FOR)
    return Q(state=RunState.QUEUED) | Q(state__in=WORKING) & silent


def claim(run_id: int, *, at: datetime) -> ImportRun | None:
    """Take up a run; None where another holds it, it has ended, or its network is busy with another run.

    A run that broke off several times at the same place comes back stopped: nobody tries it again.
    """
    with transaction.atomic():
        found = ImportRun.objects.filter(pk=run_id).values_list("network_id", flat=True).first()
        if found is None:
            return None
        Network.objects.select_for_update().get(pk=found)
        run: ImportRun | None = (
            ImportRun.objects.select_for_update(of=("self",))
            .select_related("network", "queued_by")
            .filter(claimable(at), pk=run_id)
            .first()
        )
        if run is None or _is_busy(run, at):
            return None
        if run.attempts >= MOST_ATTEMPTS:
            run.state, run.end_reason, run.ended_at = RunState.STOPPED, EndReason.STUCK, at
            run.save(update_fields=["state", "end_reason", "ended_at"])
            return run
        run.state = RunState.UNDOING if run.state == RunState.UNDOING else RunState.RUNNING
        run.worker, run.heartbeat_at, run.started_at = uuid.uuid4().hex, at, run.started_at or at
        run.attempts += 1
        run.save(update_fields=["state", "worker", "heartbeat_at", "started_at", "attempts"])
    return run


def checkpoint(
    run: ImportRun, *, at: datetime, position: int, read_size: int, version: str, counts: Mapping[str, int]
) -> None:
    """Note, in the caller's transaction, how far the run is; raises ClaimLostError where it is no longer ours."""
    values = {name: F(name) + count for name, count in counts.items()}
    _update(
        run,
        heartbeat_at=at,
        position=position,
        read_size=read_size,
        version=version,
        attempts=0,
        **values,
    )
    run.position, run.read_size, run.version = position, read_size, version


def beat(run: ImportRun, *, at: datetime) -> None:
    """Show that the run is still worked on."""
    _update(run, heartbeat_at=at)


def undone_down_to(run: ImportRun, *, at: datetime, position: int) -> None:
    """Note, in the caller's transaction, how much of the run is taken back."""
    _update(run, heartbeat_at=at, undo_position=position, attempts=0)
    run.undo_position = position


def finish(run: ImportRun, *, at: datetime, state: RunState, **values: object) -> None:
    """End the run; raises ClaimLostError where it is no longer ours."""
    _update(run, heartbeat_at=at, ended_at=at, state=state, worker="", attempts=0, **values)
    run.state = state


def _update(run: ImportRun, **values: object) -> None:
    mine = ImportRun.objects.filter(pk=run.pk, worker=run.worker, state__in=WORKING)
    if not mine.update(**values):
        raise ClaimLostError(f"Run {run.pk} is no longer held by this worker.")


def _is_busy(run: ImportRun, at: datetime) -> bool:
    """One run at a time in each network, so that two never write the same initiative."""
    others = ImportRun.objects.filter(network=run.network, state__in=WORKING).exclude(pk=run.pk)
    return bool(others.exclude(claimable(at)).exists())
