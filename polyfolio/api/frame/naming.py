"""Records that a body or a query names: found as far as the caller sees them, else refused with the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from polyfolio.api.frame.problems import NotFoundError
from polyfolio.api.frame.shapes import Ref, ref
from polyfolio.vocabulary.models import Theme


def named(rows: QuerySet[Any], slug: str, *loc: str | int) -> Any:
    """The one of `rows` with this slug; raises NotFoundError at `loc` of the body."""
    found = rows.filter(slug=slug).first()
    if found is None:
        raise NotFoundError(("body", *loc), slug)
    return found


def numbered(rows: QuerySet[Any], pk: int, *loc: str | int) -> Any:
    """The one of `rows` with this number."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFoundError(("body", *loc), pk)
    return found


def all_named(rows: QuerySet[Any], slugs: Sequence[str], *loc: str | int) -> list[Any]:
    """Those of `rows` with these slugs, in their order, each once. One query."""
    wanted = list(dict.fromkeys(slugs))
    found = {each.slug: each for each in rows.filter(slug__in=wanted)} if wanted else {}
    for place, slug in enumerate(slugs):
        if slug not in found:
            raise NotFoundError(("body", *loc, place), slug)
    return [found[slug] for slug in wanted]


def with_unseen(standing: QuerySet[Any], seen: QuerySet[Any], chosen: Sequence[Any]) -> list[Any]:
    """`chosen` with those that stand there and the caller does not see: a list given whole leaves them as they are."""
    return [*chosen, *standing.exclude(pk__in=seen.values("pk"))]


def themes_named(slugs: Sequence[str], *loc: str | int) -> list[Theme]:
    return all_named(Theme.objects.all(), slugs, *(loc or ("themes",)))


def asked(rows: QuerySet[Any], slug: str, name: str) -> Any:
    """The one of `rows` that the query parameter `name` asks for."""
    found = rows.filter(slug=slug).first()
    if found is None:
        raise NotFoundError(("query", name), slug)
    return found


def refs(kind: str, records: Iterable[Any]) -> list[Ref]:
    return [ref(kind, each) for each in records]


def maybe_ref(kind: str, record: Any, *, is_seen: bool = True) -> Ref | None:
    """The record's reference, where there is one and the caller sees it."""
    return ref(kind, record) if record is not None and is_seen else None


def fresh(record: Any) -> Any:
    """The record as it stands now, whoever asks: what a write answers, even where it hid the record from its writer."""
    return type(record)._default_manager.get(pk=record.pk)
