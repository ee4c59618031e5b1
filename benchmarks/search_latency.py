"""How long until a saved change is found, from several processes, with the real queue and a real worker.

Run by `benchmarks.search`; as a module it is one of the processes: `worker` or `reader`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import django

READERS = 3
SAVES = 30
KIND = "benchmarked"


class Marked:
    """A source whose records carry the number of their newest change, found by a word of its own."""

    def documents(self, ids: Sequence[int]) -> Iterable[object]:
        from polyfolio.search.documents import SearchDocument

        at = datetime(2026, 11, 22, tzinfo=UTC)
        return [
            SearchDocument(
                kind=KIND,
                object_id=number,
                address=f"/{number}/",
                title={"en": f"Marked{number}"},
                visible_to=("public",),
                updated_at=at,
            )
            for number in ids
        ]

    def all_ids(self) -> list[int]:
        return []


def set_up() -> None:
    django.setup()
    from polyfolio.search import documents

    for kind in documents.sources():
        documents.unregister(kind)
    documents.register(KIND, Marked())


def create_outbox() -> None:
    """The two tables of the outbox in an empty database."""
    from django.db import connection

    from polyfolio.search.models import SearchChange, SearchOrigin

    with connection.schema_editor() as editor:
        editor.create_model(SearchChange)
        editor.create_model(SearchOrigin)


def worker() -> None:
    """The consumer that `polyfolio serve` starts, with its settings."""
    from django.conf import settings
    from huey.contrib.djhuey import HUEY

    from polyfolio.search import tasks  # noqa: F401  # registers the tasks

    HUEY.create_consumer(**settings.HUEY["consumer"]).run()


def reader() -> None:
    """For each number on standard input: search until it is found, and answer with the instant."""
    from polyfolio.search.building import SearchQuery
    from polyfolio.search.queries import search

    visitor = frozenset({"public"})
    print("ready", flush=True)
    for line in sys.stdin:
        query = SearchQuery(f'"Marked{line.strip()}"', visitor)
        while not search(query).total:
            time.sleep(0.01)
        print(time.time(), flush=True)


def measure(data: Path, index: Path) -> list[float]:
    """Seconds from each commit until the last of all reading processes finds the change."""
    from polyfolio.search.actions import changes

    values = os.environ | {"POLYFOLIO_DATA": str(data), "POLYFOLIO_INDEX": str(index)}
    command = [sys.executable, "-m", "benchmarks.search_latency"]
    consumer = subprocess.Popen([*command, "worker"], env=values, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    readers = [
        subprocess.Popen(
            [*command, "reader"], env=values, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        for _ in range(READERS)
    ]
    try:
        for one in readers:
            _line(one.stdout)
        time.sleep(5)  # the consumer takes a moment to start
        return [_one(number, readers, changes.note) for number in range(1, SAVES + 1)]
    finally:
        for one in (consumer, *readers):
            one.kill()
            one.wait()


def _one(number: int, readers: Sequence[subprocess.Popen[str]], note: object) -> float:
    object_id = 9_000_000 + number
    for one in readers:
        assert one.stdin is not None
        one.stdin.write(f"{object_id}\n")
        one.stdin.flush()
    time.sleep(0.3 + number % 7 / 10)
    saved = time.time()
    note(KIND, [object_id])  # type: ignore[operator]
    committed = time.time()
    assert committed - saved < 1
    return max(float(_line(one.stdout)) for one in readers) - committed


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline()


if __name__ == "__main__":
    set_up()
    {"worker": worker, "reader": reader}[sys.argv[1]]()
