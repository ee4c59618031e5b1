"""Whether this machine's index is well: for `polyfolio check` and `/healthz`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from polyfolio.lib.health import Finding, register
from polyfolio.search import outbox
from polyfolio.search.schema import FORMAT
from polyfolio.search.storage.reader import opened
from polyfolio.search.storage.store import State, store

COUNTED = 10_000
LATE = timedelta(seconds=30)

REINDEX = "Run: polyfolio reindex"
START_WORKER = "Start a worker (polyfolio serve starts one), or run: polyfolio reindex"


@dataclass(frozen=True)
class IndexHealth:
    """How the index stands. `lag` counts the changes that wait, up to COUNTED; `problem` is empty when all is well."""

    documents: int = 0
    lag: int = 0
    lag_s: float = 0.0
    built_at: datetime | None = None
    is_rebuilding: bool = False
    problem: str = ""
    remedy: str = ""


def index_health() -> IndexHealth:
    """How this machine's index stands; two queries."""
    place = store()
    generation = place.live()
    is_rebuilding = place.is_rebuilding()
    state = generation.state() if generation is not None else None
    if state is None:
        problem = "" if is_rebuilding else "There is no search index."
        return IndexHealth(is_rebuilding=is_rebuilding, problem=problem, remedy=REINDEX if problem else "")
    try:
        current = opened()
    except (OSError, ValueError) as error:
        return IndexHealth(is_rebuilding=is_rebuilding, problem=f"It cannot be opened: {error}", remedy=REINDEX)
    waiting = outbox.waiting(state.applied, most=COUNTED)
    age = timezone.now() - waiting.since if waiting.count else timedelta()
    problem, remedy = _problem(state, age)
    return IndexHealth(
        documents=current.searcher.num_docs if current is not None else 0,
        lag=waiting.count,
        lag_s=age.total_seconds(),
        built_at=state.built_at,
        is_rebuilding=is_rebuilding,
        problem=problem,
        remedy=remedy,
    )


def _problem(state: State, age: timedelta) -> tuple[str, str]:
    """What is wrong and what to do; two empty texts when all is well."""
    if state.format != FORMAT or state.origin != outbox.origin():
        return "It was made by another version or from another database.", START_WORKER
    if age > LATE:
        return f"Changes have been waiting for {int(age.total_seconds())} seconds.", START_WORKER
    if state.failures:
        return f"Records that could not be read: {', '.join(state.failures[-3:])}.", "See the log of the worker."
    return "", ""


def probe() -> Finding:
    """The index's own line in the list of what was checked."""
    health = index_health()
    if health.problem:
        return Finding("search index", is_well=False, sentence=health.problem, remedy=health.remedy, is_vital=False)
    if health.is_rebuilding:
        return Finding("search index", is_well=True, sentence="It is being built anew.", is_vital=False)
    sentence = f"{health.documents} records, {health.lag} changes waiting."
    return Finding("search index", is_well=True, sentence=sentence, is_vital=False)


def connect() -> None:
    register("search index", probe)
