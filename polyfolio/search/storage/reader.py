"""The index opened for reading, once in a process, always in its newest state."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from tantivy import DocAddress, Index, Order, Query, Searcher

from polyfolio.search.documents import kind_number
from polyfolio.search.schema import schema
from polyfolio.search.storage.codes import CodeBook
from polyfolio.search.storage.store import Generation, store
from polyfolio.search.words import register_analyzers

Stamp = tuple[int, int, int]

ATTEMPTS = 5

logger = logging.getLogger(__name__)


class Found(Protocol):
    """What a search gives: order keys with addresses, and how many rows match in all."""

    @property
    def hits(self) -> list[tuple[float | int | str, DocAddress]]: ...
    @property
    def count(self) -> int | None: ...


@dataclass(frozen=True)
class Opened:
    """One state of the index: it stays as it is, whatever is written meanwhile."""

    generation: Generation
    stamp: Stamp
    index: Index
    searcher: Searcher
    book: CodeBook

    @property
    def kinds(self) -> dict[int, str]:
        return {kind_number(kind): kind for kind in self.book.kinds}

    def find(self, query: Query, *, limit: int = 1, offset: int = 0, by: str = "", order: Order = Order.Desc) -> Found:
        """The rows of `query` from `offset` on, by score or by the column `by`, and the exact number of all."""
        found = self.searcher.search(query, limit=limit, offset=offset, order_by_field=by or None, order=order)
        return cast(Found, found)

    def count(self, query: Query) -> int:
        return self.find(query).count or 0

    def term(self, field: str, value: str, option: str = "freq") -> Query:
        return Query.term_query(schema(), field, value, option)


_opened: dict[Path, Opened] = {}
_guard = threading.Lock()


def opened() -> Opened | None:
    """The live index in its newest state; None where there is none yet.

    Looking for a newer state costs two file look-ups, so every query may do it.
    """
    place = store()
    for attempt in range(ATTEMPTS):
        generation = place.live()
        if generation is None:
            return None
        try:
            return _newest(place.root, generation)
        except (OSError, ValueError):  # a rebuild has just replaced the generation that the pointer named
            if attempt == ATTEMPTS - 1:
                raise
    return None


def is_readable() -> bool:
    """Whether the live index can be opened."""
    try:
        return opened() is not None
    except (OSError, ValueError):
        return False


def opened_or_none() -> Opened | None:
    """The live index; None where there is none yet, and where there is one that cannot be read, which is logged."""
    try:
        return opened()
    except (OSError, ValueError):
        logger.exception("The search index cannot be read: run `polyfolio reindex`")
        return None


def _newest(root: Path, generation: Generation) -> Opened:
    stamp = _stamp(generation.meta)
    known = _opened.get(root)
    if known is not None and known.generation == generation and known.stamp == stamp:
        return known
    with _guard:
        known = _opened.get(root)
        if known is not None and known.generation == generation:
            if known.stamp == stamp:
                return known
            index = known.index
            index.reload()
        else:
            index = open_index(generation)
        found = Opened(generation, stamp, index, index.searcher(), CodeBook.load(generation.folder))
        _opened[root] = found
        return found


def open_index(generation: Generation) -> Index:
    """The index of `generation`, ready to be searched or written; raises ValueError where it cannot be opened."""
    index = Index.open(str(generation.rows))
    register_analyzers(index)
    index.config_reader("manual", 0)
    index.reload()
    return index


def _stamp(meta: Path) -> Stamp:
    found = meta.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


def forget() -> None:
    """Close what this process has open: for tests that use many indexes."""
    _opened.clear()
