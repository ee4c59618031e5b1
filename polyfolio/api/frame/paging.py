"""Lists a part at a time, with the way to the other parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from polyfolio.api.frame.shapes import Page

PER_PAGE = 50
MOST_ROWS = 200
FARTHEST = 10_000_000

Item = TypeVar("Item")


@dataclass(frozen=True)
class Paging:
    limit: int = PER_PAGE
    offset: int = 0

    @property
    def end(self) -> int:
        return self.offset + self.limit


def page(
    rows: QuerySet[Any] | Sequence[Any],
    paging: Paging,
    shape: Callable[[Any], Item],
    kind: type[Page[Item]],
    prepare: Callable[[Sequence[Any]], Sequence[Any]] | None = None,
) -> Page[Item]:
    """The asked-for part of `rows`: one query for the count, and those of the rows."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    part = rows[paging.offset : paging.end] if paging.offset < total else []
    part = prepare(list(part)) if prepare else part
    return kind(total=total, limit=paging.limit, offset=paging.offset, items=[shape(row) for row in part])


def links(request: HttpRequest, answer: Page[Any]) -> str:
    """The `Link` header (RFC 8288): first, prev, next and last, where there are such."""
    last = max(answer.total - 1, 0) // answer.limit * answer.limit
    places = {"first": 0, "last": last}
    if answer.offset > 0:
        places["prev"] = max(answer.offset - answer.limit, 0)
    if answer.offset + answer.limit < answer.total:
        places["next"] = answer.offset + answer.limit
    return ", ".join(f'<{_at(request, offset)}>; rel="{name}"' for name, offset in places.items())


def _at(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return f"{request.path}?{query.urlencode()}"
