"""Whether a job worker is alive: it says so every minute, in the cache that all processes share."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from polyfolio.lib.health import Finding

KEY = "worker-pulse"
PATIENCE = timedelta(minutes=3)
REMEDY = "Run: polyfolio worker (polyfolio serve runs one beside the web server)."


def beat(*, at: datetime) -> None:
    """Say that a worker is alive."""
    cache.set(KEY, at, timeout=None)


def probe() -> Finding:
    """Not vital: without a worker pages work, but mails, imports in the background and index updates wait."""
    seen: datetime | None = cache.get(KEY)
    if seen is None:
        return Finding("worker", is_well=False, sentence="none has been seen", remedy=REMEDY, is_vital=False)
    silence = timezone.now() - seen
    sentence = f"last seen {round(silence.total_seconds())} seconds ago"
    if silence > PATIENCE:
        return Finding("worker", is_well=False, sentence=sentence, remedy=REMEDY, is_vital=False)
    return Finding("worker", is_well=True, sentence=sentence)
