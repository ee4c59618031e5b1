"""Search at size: build, first page with exact total, facet counts, and how soon a saved change is found.

    python -m benchmarks.search --records 1000000

Prints one table. The same records go into SQLite FTS5 and PostgreSQL's full-text search in the same run. PostgreSQL is
taken from --postgres (a server on which databases may be made); without one its rows are left out, and that is said.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.search_records import Generator, Question, Record, questions
from benchmarks.search_rivals import PostgresFts, Rival, SqliteFts

CHUNK = 20_000
QUESTIONS = 400
RIVAL_QUESTIONS = 100
FACETS = ("kind", "theme", "sdg_goal", "country", "organisation")  # all but the first have several values a record


@dataclass
class Timed:
    """Seconds of each repetition, and how much of them this process was at work: less where others were, too."""

    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The percentile in milliseconds."""
        return percentile(self.seconds, share)

    def summary(self) -> str:
        return (
            f"p50 {self.at(0.5):.1f} ms, p95 {self.at(0.95):.1f} ms, longest {self.at(1):.0f} ms; "
            f"processor time p95 {percentile(self.worked, 0.95):.1f} ms"
        )


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Table:
    """Rows of Markdown, printed at the end."""

    def __init__(self, records: int) -> None:
        self._records = records
        self._rows: list[str] = []

    def add(self, what: str, result: str, ratio: str = "") -> None:
        self._rows.append(f"| {what} | `python -m benchmarks.search --records {self._records}` | {result} | {ratio} |")

    def print(self) -> None:
        cores, load = os.cpu_count(), os.getloadavg()[2]
        print(f"{cores} cores; {load:.1f} processes at work on average in the last 15 minutes, this one included.\n")
        print("| what | how | result | ratio |\n| --- | --- | --- | --- |")
        print("\n".join(self._rows))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--postgres", default=os.environ.get("POLYFOLIO_BENCH_POSTGRES", ""))
    arguments.add_argument("--no-rivals", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="polyfolio-bench-") as folder:
        os.environ |= {"POLYFOLIO_DATA": folder, "POLYFOLIO_INDEX": f"{folder}/index", "DATABASE_URL": ""}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polyfolio.config.settings")
        os.environ["POLYFOLIO_LOG_LEVEL"] = "ERROR"
        run(given.records, Path(folder), [] if given.no_rivals else rivals(Path(folder), given.postgres))
    return 0


def rivals(folder: Path, postgres: str) -> list[Rival]:
    found: list[Rival] = [SqliteFts(folder)]
    if postgres:
        found.append(PostgresFts(postgres.rstrip("/")))
    else:
        print("PostgreSQL is left out: give --postgres postgresql://user@host:port", file=sys.stderr)
    return found


def run(count: int, folder: Path, others: list[Rival]) -> None:
    from benchmarks import search_latency

    search_latency.set_up()
    search_latency.create_outbox()
    table = Table(count)
    try:
        build(count, others, table)
        asked = questions(QUESTIONS)
        first_pages(count, asked, others, table)
        facet_counts(count, asked, table)
    finally:
        for rival in others:
            rival.close()
    seconds = Timed(search_latency.measure(folder, folder / "index"))
    require(count)
    table.add(
        f"a saved change is found by the last of {search_latency.READERS} other processes, {count:,} records",
        f"p50 {seconds.at(0.5):.0f} ms, p95 {seconds.at(0.95):.0f} ms, longest {seconds.at(1):.0f} ms",
    )
    table.print()


def require(count: int) -> None:
    """Print nothing about `count` records unless so many are found."""
    from polyfolio.search.storage.reader import opened

    state = opened()
    if state is None or state.searcher.num_docs < count:
        sys.exit(f"The index holds fewer than {count} records: no figure is printed.")


def chunks(count: int) -> Iterator[list[Record]]:
    generator = Generator()
    for start in range(0, count, CHUNK):
        yield list(generator.records(start, min(start + CHUNK, count)))
        print(f"\r{min(start + CHUNK, count):,} records", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def build(count: int, others: list[Rival], table: Table) -> None:
    """Give every engine the same records, chunk by chunk, and time each alone."""
    from django.utils import timezone

    from polyfolio.search import outbox
    from polyfolio.search.storage.applied import Applied
    from polyfolio.search.storage.store import State, store
    from polyfolio.search.storage.writing import building

    seconds = {rival.name: 0.0 for rival in others}
    generation = store().begin()
    context = building(generation)
    ours = context.__enter__()
    spent = worked = 0.0
    for records in chunks(count):
        documents = [to_document(record) for record in records]
        gc.collect()
        began = time.process_time()
        spent += timed(lambda found=documents: [ours.put(document) for document in found])
        worked += time.process_time() - began
        for rival in others:
            seconds[rival.name] += timed(lambda one=rival, found=records: one.add(found))
    began = time.process_time()
    spent += timed(lambda: context.__exit__(None, None, None))
    worked += time.process_time() - began
    for rival in others:
        seconds[rival.name] += timed(rival.finish)
    now = timezone.now()
    generation.save(State(outbox.origin(), Applied(), now, now))
    store().publish(generation)
    require(count)
    ratio = ", ".join(f"{seconds[rival.name] / spent:.1f} × faster than {rival.name}" for rival in others)
    table.add(
        f"index build, {count:,} records of ~90 words, merged and on disk",
        f"{count / spent:,.0f} records/s; processor time {worked / count * 1e6:.0f} µs a record, all cores",
        ratio,
    )


def first_pages(count: int, asked: list[Question], others: list[Rival], table: Table) -> None:
    from polyfolio.search.building import SearchQuery
    from polyfolio.search.queries import search

    totals: list[int] = []

    def ours(question: Question) -> None:
        totals.append(search(SearchQuery(question.words, question.visible_to)).total)

    warm(ours, asked)
    totals.clear()
    spent = each(ours, asked)
    totals.sort()
    require(count)
    hits = f"totals p50 {totals[len(totals) // 2]:,}, p95 {totals[int(len(totals) * 0.95)]:,}, most {totals[-1]:,}"
    fewer = asked[:RIVAL_QUESTIONS]
    same = Timed(spent.seconds[:RIVAL_QUESTIONS])
    slower = []
    for rival in others:
        theirs = each(rival.search, fewer)
        slower.append(
            f"{rival.name} p50 {theirs.at(0.5):.1f} ms, p95 {theirs.at(0.95):.0f} ms "
            f"({theirs.at(0.95) / same.at(0.95):.1f} × at p95)"
        )
    table.add(
        f"first 20 results, excerpts and exact total, {len(asked)} queries of 1–4 words ({hits}), {count:,} records",
        spent.summary(),
        "; ".join(slower),
    )


def facet_counts(count: int, asked: list[Question], table: Table) -> None:
    from polyfolio.search.building import SearchQuery
    from polyfolio.search.queries import facet_counts as counts
    from polyfolio.search.queries import suggest

    spent = each(lambda question: counts(SearchQuery(question.words, question.visible_to), FACETS), asked)
    table.add(
        f"five exact facet counts ({', '.join(FACETS)}) of the same queries, {count:,} records",
        spent.summary(),
    )
    typed = each(lambda question: suggest(question.words[:6], question.visible_to), asked)
    table.add(
        f"search as one types (the first 6 letters of the same queries), {count:,} records",
        typed.summary(),
    )


def warm(work: Callable[[Question], object], asked: list[Question]) -> None:
    """Bring the files into memory; nothing of ours is cached by query."""
    for question in asked[:50]:
        work(question)


def each(work: Callable[[Question], object], asked: list[Question]) -> Timed:
    found = Timed()
    for question in asked:
        began = time.thread_time()
        found.seconds.append(timed(lambda one=question: work(one)))
        found.worked.append(time.thread_time() - began)
    return found


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def to_document(record: Record) -> object:
    from polyfolio.search.documents import SearchDocument

    return SearchDocument(
        kind=record.kind,
        object_id=record.number,
        address=f"/{record.kind}s/{record.number}/",
        title={record.language: record.title},
        body={record.language: record.summary},
        names=record.names,
        visible_to=record.visible_to,
        facets=record.facets,
        updated_at=record.updated_at,
        starts_on=record.starts_on,
    )


if __name__ == "__main__":
    sys.exit(main())
