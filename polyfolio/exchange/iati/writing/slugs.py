"""Addresses for many new records at once, without asking the database for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from polyfolio.lib.slugs import slug_base

MOST_REMEMBERED = 100_000


class Slugs:
    """Gives each name an address of its own: the name, or the name with the next free number."""

    def __init__(self, model: type[models.Model], *, fallback: str) -> None:
        self._rows: models.QuerySet[Any] = model._default_manager.all()
        self._fallback = fallback
        self._last: dict[str, int] = {}

    def forget(self) -> None:
        """After a transaction that failed: what it had taken is free again."""
        self._last.clear()

    def take(self, names: Sequence[str]) -> list[str]:
        """An address for each name, free now. At most two queries, and one more for each name that is taken."""
        bases = [slug_base(name, fallback=self._fallback) for name in names]
        self._look_up({base for base in bases if base not in self._last})
        taken = []
        for base in bases:
            number = self._last[base] = self._last[base] + 1
            taken.append(base if number == 1 else f"{base}-{number}")
        return taken

    def _look_up(self, bases: set[str]) -> None:
        if len(self._last) > MOST_REMEMBERED:
            self._last.clear()
        there = set(self._rows.filter(slug__in=bases).values_list("slug", flat=True)) if bases else set()
        for base in bases:
            self._last[base] = self._highest(base) if base in there else 0

    def _highest(self, base: str) -> int:
        """The highest number behind this name so far."""
        start = f"{base}-"
        # SQLite uses its index for a range only; PostgreSQL, whose order depends on the locale, for a prefix only.
        is_range = connection.vendor == "sqlite"
        after = {"slug__gt": start, "slug__lt": f"{base}."} if is_range else {"slug__startswith": start}
        slugs = self._rows.filter(**after).values_list("slug", flat=True)
        numbers = [int(rest) for slug in slugs if (rest := slug.removeprefix(start)).isdigit() and len(rest) < 9]
        return max([1, *numbers])
