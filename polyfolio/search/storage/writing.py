"""Writing to one generation: rows out, rows in, and the commit that makes them findable."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from math import log2

import orjson
from tantivy import Index, IndexWriter

from polyfolio.search.documents import SearchDocument, key_of
from polyfolio.search.schema import KEY, schema, to_row
from polyfolio.search.storage.codes import CodeBook
from polyfolio.search.storage.files import sync_folder
from polyfolio.search.storage.reader import open_index
from polyfolio.search.storage.store import Generation
from polyfolio.search.words import register_analyzers

SMALL_HEAP = 32_000_000
BUILD_THREADS = 2
LEAST_BUILD_HEAP = 200_000_000
MOST_BUILD_HEAP = 2_000_000_000

# tantivy's merge policy, which its Python binding cannot change: eight segments of about one size become one.
MERGE_FROM = 8
SMALLEST_LAYER = 10_000
LAYER_WIDTH = 0.75


class BrokenIndexError(Exception):
    """The files of a generation cannot be read; only building the index anew helps."""


class BusyIndexError(Exception):
    """Another writer has the generation open; it will be free in a moment."""


class Writing:
    """The one writer of a generation. Whoever makes it holds the store's lock."""

    def __init__(self, generation: Generation, index: Index, *, heap: int, threads: int) -> None:
        self.generation = generation
        self.book = CodeBook.load(generation.folder)
        self._open_writer: IndexWriter | None = index.writer(heap, threads)

    @property
    def _writer(self) -> IndexWriter:
        if self._open_writer is None:
            raise BusyIndexError("This writer was closed.")
        return self._open_writer

    def close(self) -> None:
        """Let go of the files at once, not only when the last name for this object is gone."""
        self._open_writer = None

    def put(self, document: SearchDocument) -> None:
        """Add a row; whoever replaces one removes it first."""
        self._writer.add_document(to_row(document, self.book))

    def remove(self, kind: str, object_id: int) -> None:
        self._writer.delete_documents_by_term(KEY, key_of(kind, object_id))

    def commit(self) -> None:
        """Make everything since the last commit findable, all at once, and safe on disk."""
        self.book.save(self.generation.folder)
        self._writer.commit()

    def finish_merges(self) -> None:
        """Wait until small segments are merged; the writer cannot be used afterwards."""
        self._writer.wait_merging_threads()

    def merge_is_due(self) -> bool:
        """Whether tantivy is now merging segments, which takes from milliseconds to seconds and is lost when the
        writer is closed before.
        """
        sizes = [size for size in segment_sizes(self.generation) if size]
        return any(len(layer) >= MERGE_FROM for layer in layers(sizes))


def segment_sizes(generation: Generation) -> list[int]:
    """How many living rows each segment has."""
    meta = orjson.loads(generation.meta.read_bytes())
    return [
        segment["max_doc"] - ((segment.get("deletes") or {}).get("num_deleted_docs", 0)) for segment in meta["segments"]
    ]


def deleted_share(generation: Generation) -> float:
    """Which share of the rows on disk is deleted and only slows down: a rebuild drops them."""
    meta = orjson.loads(generation.meta.read_bytes())
    rows = sum(segment["max_doc"] for segment in meta["segments"])
    return 1 - sum(segment_sizes(generation)) / rows if rows else 0.0


def layers(sizes: Iterable[int]) -> Iterator[list[int]]:
    """Segments of about one size together, as tantivy's LogMergePolicy groups them."""
    top = float("inf")

    def layer(size: int) -> float:
        nonlocal top
        height = log2(max(size, SMALLEST_LAYER))
        if height < top - LAYER_WIDTH:
            top = height
        return top

    return (list(group) for _, group in groupby(sorted(sizes, reverse=True), key=layer))


def build_heap() -> int:
    """How much memory a build may take: a quarter of the machine's. It is filled only as far as there are records;
    with more of it fewer segments are written and merged.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(LEAST_BUILD_HEAP, min(MOST_BUILD_HEAP, memory // 4))


@contextmanager
def writing(generation: Generation) -> Iterator[Writing]:
    """Write small changes to a live generation; what is not committed is dropped.

    Raises BrokenIndexError where the generation cannot be opened: build anew. Raises BusyIndexError where another
    writer has it open, which holders of the store's lock meet only if somebody goes past it.
    """
    try:
        open_writing = Writing(generation, open_index(generation), heap=SMALL_HEAP, threads=1)
    except (OSError, ValueError) as error:
        raise (BusyIndexError if "LockBusy" in str(error) else BrokenIndexError)(str(error)) from error
    try:
        yield open_writing
    finally:
        open_writing.close()


@contextmanager
def building(generation: Generation) -> Iterator[Writing]:
    """Fill a new generation, as fast as the machine can; it is merged and safe on disk when this ends."""
    index = Index(schema(), str(generation.rows))
    register_analyzers(index)
    made = Writing(generation, index, heap=build_heap(), threads=BUILD_THREADS)
    try:
        yield made
        made.commit()
        made.finish_merges()
    finally:
        made.close()
    sync_folder(generation.folder)


def wait_for_merges(
    open_writing: Writing, *, until: float, meanwhile: Callable[[], bool], pause_s: float = 0.05
) -> None:
    """Keep the writer open while tantivy merges, at most until that monotonic instant; `meanwhile` is called again
    and again, so that new changes are not held up.
    """
    while open_writing.merge_is_due() and time.monotonic() < until:
        if not meanwhile():
            time.sleep(pause_s)
