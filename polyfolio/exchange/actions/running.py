"""Doing the work of a run: a worker, or the command line, takes it up and carries it to its end."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from polyfolio.exchange import claims, fetching
from polyfolio.exchange.actions.imports import keep_file
from polyfolio.exchange.choices import EndReason, RunState
from polyfolio.exchange.claims import ClaimLostError
from polyfolio.exchange.events import ImportEnded
from polyfolio.exchange.iati.problems import problem
from polyfolio.exchange.iati.writing import importing, undoing
from polyfolio.exchange.models import ImportRun
from polyfolio.lib.events import publish
from polyfolio.notify.actions import notices

Clock = Callable[[], datetime]
Watch = Callable[[ImportRun], None]

BEAT_SECONDS = 10


def carry_on(run_id: int, *, clock: Clock = timezone.now, watch: Watch | None = None) -> bool:
    """Do what is left of a run, in many small transactions; publishes ImportEnded and leaves a notice.

    False where somebody else holds the run, it has ended, or it was taken from us meanwhile. May safely be called at
    any time, by any number of workers; one that is killed leaves whole activities, and the next goes on behind them.
    """
    run = claims.claim(run_id, at=clock())
    if run is None:
        return False
    if run.state == RunState.STOPPED:
        _tell(run, clock())
        return False
    try:
        if run.state == RunState.UNDOING:
            undoing.take_back(run, clock=clock)
        elif run.file or _fetch(run, clock):
            importing.read_on(run, clock=clock, watch=watch)
    except ClaimLostError:
        return False
    _tell(run, clock())
    return True


def waiting(*, at: datetime) -> list[int]:
    """Runs that somebody should take up: queued, or left by a worker that went silent."""
    return list(ImportRun.objects.filter(claims.claimable(at)).order_by("pk").values_list("pk", flat=True))


def _fetch(run: ImportRun, clock: Clock) -> bool:
    """Get the file from the run's address; False where that ended the run: nothing new came, or nothing at all."""
    last = _last_of_address(run)
    try:
        with (
            fetching.fetch(run.address, etag=last.etag if last else "", beat=_beating(run, clock)) as answer,
            tempfile.TemporaryFile() as spooled,
        ):
            if answer.is_unchanged:
                note = problem("address-unchanged", value=run.address)
                importing.end(run, [note], total=0, at=clock(), end_reason=EndReason.UNCHANGED)
                return False
            for piece in answer.pieces:
                spooled.write(piece)
            spooled.seek(0)
            keep_file(run, iter(partial(spooled.read, 1 << 20), b""), run.name)
            run.etag = answer.etag[:300]
    except fetching.FetchError as error:
        importing.end(run, [problem(error.code, value=error.value)], total=0, at=clock())
        return False
    with transaction.atomic():
        claims.beat(run, at=clock())
        run.save(update_fields=["file", "size", "sha256", "etag"])
    return True


def _beating(run: ImportRun, clock: Clock) -> Callable[[], None]:
    """Shows every few seconds that the run is worked on, however often it is called."""
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        if time.monotonic() - last > BEAT_SECONDS:
            last = time.monotonic()
            claims.beat(run, at=clock())

    return beat


def _last_of_address(run: ImportRun) -> ImportRun | None:
    """The latest import of the same address, if it still stands."""
    runs = ImportRun.objects.filter(network=run.network, address=run.address, started_at__isnull=False)
    last: ImportRun | None = runs.exclude(pk=run.pk).order_by("-pk").first()
    return last if last is not None and last.state == RunState.DONE else None


def _tell(run: ImportRun, at: datetime) -> None:
    """A notice for whoever began it."""
    run.refresh_from_db()
    person = run.undone_by if run.state == RunState.UNDONE else run.queued_by
    if run.state == RunState.UNDONE:
        text = format_lazy(_("The import of {name} is undone."), name=run.name)
    elif run.state == RunState.STOPPED:
        text = format_lazy(_("The import of {name} broke off several times and was stopped."), name=run.name)
    else:
        text = format_lazy(
            _("{name} is imported: {added} added, {changed} changed, {unchanged} unchanged, {failed} failed."),
            name=run.name,
            **run.counts,
        )
    with transaction.atomic():
        if person is not None:
            notices.give(user=person, text=text, at=at, address=reverse("import", args=[run.pk]))
        publish(ImportEnded(run.pk))
