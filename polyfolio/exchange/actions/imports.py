"""Imports as people handle them: started, stopped, taken up again, undone. The work itself is `running`'s."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.exchange.choices import EndReason, Outcome, RunState
from polyfolio.exchange.events import ImportEnded, ImportQueued
from polyfolio.exchange.iati.sniffing import what_it_is
from polyfolio.exchange.lifecycles import IMPORT_RUN
from polyfolio.exchange.models import ImportItem, ImportRun
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.models import Network
from polyfolio.people.models import User
from polyfolio.people.rules import require

MEGABYTE = 1_000_000


class NotTakenError(RefusedError):
    """A file cannot be imported at all; the message says what it is and what to do."""


def start(
    *,
    network: Network,
    by: User | None,
    at: datetime,
    upload: File[Any] | None = None,
    path: Path | None = None,
    address: str = "",
    is_nudged: bool = True,
) -> ImportRun:
    """Queue the import of an uploaded file, a file of this machine, or an address. Publishes ImportQueued.

    `by` is None for the command line, which has every right and no limit of size; without `is_nudged` no worker is
    called, because the caller does the work. Raises NotTakenError where the file is no XML at all or too large.
    """
    if by is not None:
        require(by, "exchange.start_import", network)
    run = ImportRun(network=network, queued_by=by, queued_at=at)
    if address:
        run.address, run.name = _checked_address(address), _name_of(address)
    elif upload is not None:
        _refuse(upload, is_limited=True)
        _store(run, upload, upload.name or "")
    elif path is not None:
        with path.open("rb") as stream:
            _store(run, File(stream), path.name)
    else:
        raise NotTakenError(_("Choose a file, or give an address."))
    with transaction.atomic():
        run.save(force_insert=True)
        if is_nudged:
            publish(ImportQueued(run.pk))
    return run


def stop(*, run: ImportRun, by: User | None, at: datetime) -> ImportRun:
    """End a run where it is; what was imported until then stays and can be undone. Publishes ImportEnded."""
    with transaction.atomic():
        locked = _locked(run, by, "exchange.stop_import")
        locked.state = IMPORT_RUN.step(locked.state, "stop").target
        locked.end_reason, locked.ended_at, locked.worker = EndReason.BY_PERSON, at, ""
        locked.save(update_fields=["state", "end_reason", "ended_at", "worker"])
        publish(ImportEnded(locked.pk))
    return locked


def resume(*, run: ImportRun, by: User | None) -> ImportRun:
    """Go on with a run that was stopped. Publishes ImportQueued."""
    with transaction.atomic():
        locked = _locked(run, by, "exchange.stop_import")
        locked.state = IMPORT_RUN.step(locked.state, "resume").target
        locked.end_reason, locked.ended_at, locked.attempts = "", None, 0
        locked.save(update_fields=["state", "end_reason", "ended_at", "attempts"])
        publish(ImportQueued(locked.pk))
    return locked


def undo(*, run: ImportRun, by: User | None) -> ImportRun:
    """Take a run back, in the background. Publishes ImportQueued.

    Raises RefusedError, which names the run, where a later one has touched the same initiatives.
    """
    with transaction.atomic():
        locked = _locked(run, by, "exchange.undo_import")
        target = IMPORT_RUN.step(locked.state, "undo").target
        _refuse_overtaken(locked)
        locked.state, locked.undone_by = target, by
        locked.undo_position, locked.heartbeat_at, locked.worker, locked.attempts = locked.position + 1, None, "", 0
        locked.save(update_fields=["state", "undone_by", "undo_position", "heartbeat_at", "worker", "attempts"])
        publish(ImportQueued(locked.pk))
    return locked


def drop_files(*, before: datetime) -> int:
    """Delete the files of runs that ended before that instant; what was read from them is kept beside the records."""
    old = list(ImportRun.objects.filter(ended_at__lt=before).exclude(file=""))
    for run in old:
        run.file.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="")
    return len(old)


def keep_file(run: ImportRun, pieces: Iterable[bytes], name: str) -> None:
    """Store a file piece by piece under a name of our own; sets file, size and hash without saving the run."""
    digest = hashlib.sha256()
    size = 0

    def passing() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece

    ending = Path(name).suffix.lower()
    stored = f"{uuid.uuid4().hex}{ending if ending in {'.xml', '.iati'} else '.xml'}"
    run.file.save(stored, _Pieces(passing()), save=False)
    run.size, run.sha256 = size, digest.hexdigest()


class _Pieces(File[Any]):
    """Pieces as a file that can be stored."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(None, "pieces")
        self._pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002  # Django's own signature
        return self._pieces


def _store(run: ImportRun, file: File[Any], name: str) -> None:
    run.name = Path(name).name[:300] or "upload.xml"
    keep_file(run, file.chunks(1 << 20), run.name)


def _refuse(file: File[Any], *, is_limited: bool) -> None:
    limit = settings.POLYFOLIO_UPLOAD_LIMIT_MB
    if is_limited and file.size > limit * MEGABYTE:
        raise too_large(file.name or "", limit)
    found = what_it_is(_head(file))
    if found is not None:
        raise NotTakenError(f"{file.name}: {found.message} {found.remedy}", field="uploads")


def too_large(name: str, limit: int) -> NotTakenError:
    """What to say of a file above the limit."""
    return NotTakenError(
        _("%(name)s is larger than %(limit)s MB. Import it with the command line, which has no limit.")
        % {"name": name, "limit": limit},
        field="uploads",
    )


def _head(file: File[Any]) -> bytes:
    stream: IO[bytes] = file.open("rb")
    stream.seek(0)
    head = stream.read(1 << 16)
    stream.seek(0)
    return head


def _checked_address(address: str) -> str:
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotTakenError(_("Give a whole address that begins with https:// or http://."), field="address")
    if parts.username or parts.password:
        raise NotTakenError(_("An address must not carry a user name or password."), field="address")
    return address.strip()


def _name_of(address: str) -> str:
    parts = urlsplit(address.strip())
    return (parts.path.rstrip("/").rpartition("/")[2] or parts.hostname or address)[:300]


def _locked(run: ImportRun, by: User | None, verb: str) -> ImportRun:
    locked: ImportRun = ImportRun.objects.select_for_update(of=("self",)).select_related("network").get(pk=run.pk)
    if by is not None:
        require(by, verb, locked)
    return locked


def _refuse_overtaken(run: ImportRun) -> None:
    """Taking back what a later run built upon would leave neither; on one that never began nothing was built."""
    if run.started_at is None:
        return
    of_both = (Outcome.ADDED, Outcome.CHANGED)
    ours = ImportItem.objects.filter(run=run, outcome__in=of_both, initiative__isnull=False)
    later = (
        ImportItem.objects.filter(
            outcome__in=of_both, run__started_at__gt=run.started_at, initiative__in=ours.values("initiative")
        )
        .exclude(run__state=RunState.UNDONE)
        .exclude(run=run)
    )
    newest = later.select_related("run").order_by("-run__started_at").first()
    if newest is not None:
        count = later.filter(run=newest.run).values("initiative").distinct().count()
        raise RefusedError(
            _("The later import “%(name)s” of %(day)s changed %(count)s of the same initiatives. Undo that one first.")
            % {"name": newest.run.name, "day": newest.run.queued_at.date().isoformat(), "count": count}
        )
