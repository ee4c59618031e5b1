"""Several real processes over one database and one index; started by `test_processes.py`, one scene a run.

A record's text is the number of its newest change, so what the index must hold can be told from the outbox alone.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count

import django

RECORDS = 40
ROUNDS = 25


def prepare() -> None:
    django.setup()
    from django.db import connection

    from polyfolio.search import documents
    from polyfolio.search.models import SearchChange, SearchOrigin

    with connection.schema_editor() as editor:
        editor.create_model(SearchChange)
        editor.create_model(SearchOrigin)
    documents._sources.clear()
    documents.register("record", Versions())


class Versions:
    def documents(self, ids: Sequence[int]) -> Iterable[object]:
        from django.db.models import Max

        from polyfolio.search.models import SearchChange
        from tests.search.conftest import document

        rows = SearchChange.objects.filter(object_id__in=ids).values_list("object_id").annotate(Max("id"))
        return [document(number, f"Record {number} version {newest}", kind="record") for number, newest in rows]

    def all_ids(self) -> list[int]:
        from polyfolio.search.models import SearchChange

        return list(SearchChange.objects.values_list("object_id", flat=True).distinct())


def beside(work: Callable[[], None]) -> int:
    """Run `work` in a forked process that opens everything anew; its id."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001  # the parent sees the exit code, people the traceback
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def write_on() -> None:
    from polyfolio.search.actions import changes

    rng = random.Random(1)
    while True:
        changes.note("record", [rng.randrange(RECORDS) for _ in range(rng.randrange(1, 4))])
        time.sleep(0.004)


def work_on() -> None:
    from polyfolio.search.actions import index

    for number in count(os.getpid()):
        index.catch_up()
        if number % 4 == 0:
            index.rebuild()


def read_on() -> None:
    from tests.search.conftest import ask

    most = 0
    while True:
        results = ask("record", limit=RECORDS)
        assert results.total >= most - RECORDS // 10, (results.total, most)
        most = max(most, results.total)
        time.sleep(0.003)


def stop(child: int, sign: int) -> int:
    """End a child; its exit code, negative where the signal ended it."""
    os.kill(child, sign)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kills() -> None:
    """Kill whoever writes the index at any instant, again and again; nothing is lost, no reader notices."""
    rng = random.Random(2)
    writer, readers = beside(write_on), [beside(read_on), beside(read_on)]
    for _ in range(ROUNDS):
        worker = beside(work_on)
        time.sleep(rng.uniform(0.01, 0.4))
        assert stop(worker, signal.SIGKILL) == -signal.SIGKILL
    for child in (writer, *readers):
        assert stop(child, signal.SIGKILL) == -signal.SIGKILL, "a reader or the writer had failed"
    worker = beside(catch_up_once)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 0
    check_all()


def catch_up_once() -> None:
    from polyfolio.search.actions import index

    index.catch_up()


def check_all() -> None:
    from django.db.models import Max

    from polyfolio.search.models import SearchChange
    from tests.search.conftest import ask

    expected = {
        f"Record {number} version {newest}"
        for number, newest in SearchChange.objects.values_list("object_id").annotate(Max("id"))
    }
    shown = [hit.title_text for hit in ask("", limit=10 * RECORDS).hits]
    assert sorted(shown) == sorted(expected)


def rivals() -> None:
    """Three processes want to write at once; whoever is turned away, every change is applied when all are done."""
    from polyfolio.search.actions import changes, index

    def note_and_catch_up() -> None:
        rng = random.Random(os.getpid())
        for _ in range(30):
            changes.note("record", [rng.randrange(RECORDS)])
            index.catch_up()

    index.rebuild()
    children = [beside(note_and_catch_up) for _ in range(3)]
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    check_all()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polyfolio.config.settings")
    prepare()
    {"kills": kills, "rivals": rivals}[sys.argv[1]]()
