"""Keeping the index true to the database: catching up with noted changes, and building it anew beside the live one."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from polyfolio.search import outbox
from polyfolio.search.actions.changes import KEEP_DAYS
from polyfolio.search.documents import SearchDocument, Source, sources
from polyfolio.search.schema import FORMAT
from polyfolio.search.storage.applied import Applied
from polyfolio.search.storage.reader import is_readable
from polyfolio.search.storage.store import Generation, State, Store, store
from polyfolio.search.storage.writing import (
    BrokenIndexError,
    Writing,
    building,
    deleted_share,
    wait_for_merges,
    writing,
)

logger = logging.getLogger(__name__)

BATCH = 500
BUILD_BATCH = 1000
MERGE_PATIENCE_S = 30.0
QUICK_MERGE_PATIENCE_S = 0.3
SWAP_PATIENCE_S = 300.0
TOO_OLD = timedelta(days=KEEP_DAYS - 1)
GAP_PATIENCE = timedelta(days=1)
MOST_DELETED = 0.4

Progress = Callable[[int], None]


@dataclass(frozen=True)
class CaughtUp:
    """What a call of `catch_up` did. `is_busy`: another process is at it and will look again before it ends."""

    applied: int = 0
    is_busy: bool = False
    is_rebuilt: bool = False


class SwapTimeoutError(TimeoutError):
    """The new index is ready, but the old one was being written to for minutes; the old one stays live."""


def catch_up(*, patience_s: float = MERGE_PATIENCE_S, may_rebuild: bool = True) -> CaughtUp:
    """Apply every committed change to this machine's index, building it anew where it cannot be caught up.

    Any number of processes may call this at any time. One works; the others return at once.
    """
    place, applied, is_rebuilt = store(), 0, False
    while True:
        if reason := rebuild_reason(place):
            if not may_rebuild or not _rebuild_for(reason):
                return CaughtUp(applied, is_busy=may_rebuild)
            is_rebuilt = True
        with place.writing() as is_mine:
            if not is_mine:
                return CaughtUp(applied, is_busy=True, is_rebuilt=is_rebuilt)
            generation = place.live()
            if generation is not None:
                applied += _apply_all(place, generation, patience_s=patience_s)
        # Whoever was turned away while this process held the lock relies on it to look once more.
        if not is_behind(place):
            return CaughtUp(applied, is_rebuilt=is_rebuilt)


def _rebuild_for(reason: str) -> bool:
    logger.info("The search index is built anew: %s", reason)
    return rebuild()


def rebuild_reason(place: Store) -> str:
    """Why the live index cannot be caught up, in words; empty when it can."""
    generation = place.live()
    state = generation.state() if generation is not None else None
    if generation is None or state is None or not generation.meta.exists():
        return "there is none"
    if state.format != FORMAT:
        return "it was made by another version"
    if state.origin != outbox.origin():
        return "it was made from another database"
    if not is_readable():
        return "its files cannot be read"
    if timezone.now() - state.caught_up_at > TOO_OLD:
        return "it has not been caught up for days"
    if state.applied.top > outbox.newest():
        return "the database has gone back to an earlier state"
    return ""


def is_behind(place: Store) -> bool:
    """Whether committed changes wait for this machine's index. One query."""
    generation = place.live()
    state = generation.state() if generation is not None else None
    return state is None or bool(outbox.pending(state.applied, limit=1))


def _apply_all(place: Store, generation: Generation, *, patience_s: float) -> int:
    """Apply what is pending to a generation whose lock is held; the number of changes."""
    state = generation.state()
    if state is None or not outbox.pending(state.applied, limit=1):
        return _note_quiet(generation, state)
    try:
        with writing(generation) as open_writing:
            count = _apply_pending(open_writing, state)
            wait_for_merges(
                open_writing,
                until=time.monotonic() + patience_s,
                meanwhile=lambda: _apply_pending(open_writing, state) > 0,
            )
    except BrokenIndexError:
        logger.exception("The search index cannot be opened")
        place.retire()
        return 0
    return count


def _note_quiet(generation: Generation, state: State | None) -> int:
    """Remember now and then that there was nothing to apply, so that a quiet index is not taken for an old one."""
    if state is not None and timezone.now() - state.caught_up_at > timedelta(hours=1):
        state.caught_up_at = timezone.now()
        state.applied.forget(outbox.first_id_since(timezone.now() - GAP_PATIENCE))
        generation.save(state)
    return 0


def _apply_pending(open_writing: Writing, state: State) -> int:
    """Apply batch after batch until nothing is pending, committing each; safe to be killed anywhere.

    The state is saved after the commit: a kill between the two has the batch applied twice, which changes nothing.
    """
    count = 0
    while changes := outbox.pending(state.applied, limit=BATCH):
        by_kind: dict[str, set[int]] = defaultdict(set)
        for _, kind, object_id in changes:
            by_kind[kind].add(object_id)
        for kind, ids in by_kind.items():
            _replace(open_writing, kind, sorted(ids), state)
        open_writing.commit()
        state.applied.add(number for number, _, _ in changes)
        state.caught_up_at = timezone.now()
        open_writing.generation.save(state)
        count += len(changes)
    return count


def _replace(open_writing: Writing, kind: str, ids: Sequence[int], state: State) -> None:
    source = sources().get(kind)
    documents = _documents(kind, source, ids, state) if source is not None else []
    for object_id in ids:
        open_writing.remove(kind, object_id)
    for document in documents:
        open_writing.put(document)


def _documents(kind: str, source: Source, ids: Sequence[int], state: State) -> list[SearchDocument]:
    """The documents of `ids`. A record that its source cannot turn into one is left out and named in the state, so
    that it does not hold up all others.
    """
    try:
        return list(source.documents(ids))
    except DatabaseError:
        raise
    except Exception as error:
        if len(ids) > 1:
            return [document for one in ids for document in _documents(kind, source, [one], state)]
        logger.exception("No search document for %s %s", kind, ids[0])
        state.failures.append(f"{kind} {ids[0]}: {type(error).__name__}")
        return []


def rebuild(*, progress: Progress | None = None) -> bool:
    """Build the index anew beside the live one and swap them; False when another process is already doing it.

    Searches go on in the old one meanwhile, and so do changes; those noted during the build are applied before
    the swap. `progress` is told how many records are in.
    """
    place = store()
    with place.rebuilding() as is_mine:
        if not is_mine:
            return False
        place.clear_others()
        generation = place.begin()
        state = _fill(generation, progress or (lambda _: None))
        with place.writing(wait_s=SWAP_PATIENCE_S) as is_free:
            if not is_free:
                raise SwapTimeoutError("Another process keeps writing to the search index. Stop it and reindex again.")
            with writing(generation) as open_writing:
                _apply_pending(open_writing, state)
            place.publish(generation)
        place.clear_others()
    return True


def _fill(generation: Generation, progress: Progress) -> State:
    now = timezone.now()
    # What is committed by now will be read below; anything that turns up later, with whatever id, is applied later.
    covered = Applied(low=outbox.first_id_since(now - GAP_PATIENCE) - 1)
    covered.add(outbox.ids_above(covered.low))
    state = State(origin=outbox.origin(), applied=covered, caught_up_at=now, built_at=now)
    count = 0
    with building(generation) as open_writing:
        for kind, source in sources().items():
            for ids in outbox.batches(source.all_ids(), BUILD_BATCH):
                for document in _documents(kind, source, ids, state):
                    open_writing.put(document)
                    count += 1
                progress(count)
    generation.save(state)
    return state


def keep_fresh(*, after_s: float = 0.5, most: int = 200) -> None:
    """Catch up here and now where a change has waited longer than `after_s`: no worker looks after this machine's
    index, or it is busy. Costs one query when there is nothing to do; leaves long queues to the worker.
    """
    place = store()
    generation = place.live()
    state = generation.state() if generation is not None else None
    if state is None:
        return
    waiting = outbox.waiting(state.applied, most=most)
    if waiting.count and waiting.count <= most and timezone.now() - waiting.since > timedelta(seconds=after_s):
        catch_up(patience_s=QUICK_MERGE_PATIENCE_S, may_rebuild=False)


def tidy(*, at: datetime) -> bool:
    """Build anew where most rows on disk are deleted ones; whether that was needed."""
    generation = store().live()
    state = generation.state() if generation is not None else None
    if generation is None or state is None or at - state.built_at < timedelta(days=1):
        return False
    return deleted_share(generation) > MOST_DELETED and rebuild()
