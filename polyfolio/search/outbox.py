"""Reading the outbox: which changes an index has still to apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Max, Min, Q
from django.utils import timezone

from polyfolio.search.models import SearchChange, SearchOrigin
from polyfolio.search.storage.applied import Applied

Change = tuple[int, str, int]


def origin() -> str:
    """Which database this is."""
    return str(SearchOrigin.objects.get_or_create(id=1)[0].token)


def newest() -> int:
    """The highest id that was ever noted and is still kept; 0 where there is none."""
    found = SearchChange.objects.aggregate(newest=Max("id"))["newest"]
    return int(found or 0)


def pending(applied: Applied, *, limit: int) -> list[Change]:
    """Up to `limit` committed changes (id, kind, object id) that are not in `applied`, lowest id first."""
    rows = SearchChange.objects.filter(_missing(applied)).order_by("id").values_list("id", "kind", "object_id")
    return list(rows[:limit])


def _missing(applied: Applied) -> Q:
    missing = Q(id__gt=applied.top)
    for first, last in applied.gaps():
        missing |= Q(id=first) if first == last else Q(id__range=(first, last))
    return missing


@dataclass(frozen=True)
class Waiting:
    """Changes that wait, counted up to a limit, and since when the oldest of them does."""

    count: int
    since: datetime


def waiting(applied: Applied, *, most: int) -> Waiting:
    """How many changes wait (at most `most` + 1 are counted). One query."""
    rows = list(
        SearchChange.objects.filter(_missing(applied)).order_by("id").values_list("noted_at", flat=True)[: most + 1]
    )
    return Waiting(len(rows), min(rows, default=timezone.now()))


def first_id_since(moment: datetime) -> int:
    """The first id noted at or after `moment`; the next one to come where nothing was."""
    found = SearchChange.objects.filter(noted_at__gte=moment).aggregate(first=Min("id"))["first"]
    return int(found) if found is not None else newest() + 1


def ids_above(low: int) -> list[int]:
    """Every id above `low` that is committed by now."""
    return list(SearchChange.objects.filter(id__gt=low).order_by("id").values_list("id", flat=True))


def batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """`ids` in lists of at most `size`, read as a stream."""
    stream = iter(ids)
    while batch := list(islice(stream, size)):
        yield batch
