"""The outbox: upper rooms note here, inside their own transaction, which records the index has to read again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from polyfolio.lib.events import publish
from polyfolio.search.events import ChangesNoted
from polyfolio.search.models import SearchChange

KEEP_DAYS = 7
ROWS_A_STATEMENT = 2000


def note(kind: str, ids: Iterable[int]) -> None:
    """Have the index read these records again once the surrounding transaction commits; publishes ChangesNoted.

    Records that were deleted, hidden or moved are noted in the same way: the index asks their source.
    """
    now = timezone.now()
    rows = [SearchChange(kind=kind, object_id=object_id, noted_at=now) for object_id in dict.fromkeys(ids)]
    if rows:
        with transaction.atomic():
            SearchChange.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT)
            publish(ChangesNoted())


def sweep(*, at: datetime) -> int:
    """Delete changes that every index in use has long applied, and say how many went; the newest row always stays,
    because an index tells by it whether the database has gone back in time.
    """
    newest = SearchChange.objects.aggregate(newest=Max("id"))["newest"] or 0
    old = SearchChange.objects.filter(noted_at__lt=at - timedelta(days=KEEP_DAYS), id__lt=newest)
    return old._raw_delete(old.db)
