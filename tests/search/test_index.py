"""Catching up, rebuilding, and what makes an index be built anew."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import timezone

from polyfolio.search import documents, outbox
from polyfolio.search.actions import changes, index
from polyfolio.search.actions.index import CaughtUp, SwapTimeoutError, catch_up, keep_fresh, rebuild, tidy
from polyfolio.search.documents import KindCollisionError
from polyfolio.search.models import SearchChange, SearchOrigin
from polyfolio.search.storage import reader
from polyfolio.search.storage.store import State, store
from polyfolio.search.storage.writing import BusyIndexError, writing

from .conftest import Shelf, ask, document, found

pytestmark = pytest.mark.django_db


def live_state() -> State:
    generation = store().live()
    assert generation is not None
    state = generation.state()
    assert state is not None
    return state


def test_catch_up_builds_the_first_index(shelf: Shelf) -> None:
    shelf.records = {1: document(1, "Water")}

    assert catch_up() == CaughtUp(is_rebuilt=True)
    assert found("water") == [1]


def test_catch_up_applies_saved_changed_hidden_and_deleted_records(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"), document(2, "Water"), document(3, "Water"))

    shelf.put(document(1, "Energy"))
    shelf.put(document(2, "Water", visible_to=("user:1",)))
    shelf.take(3)

    assert (found("water"), found("energy")) == ([], [1])
    assert found("water", {"user:1"}) == [2]


def test_catch_up_without_news_does_nothing(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))

    assert catch_up() == CaughtUp()


def test_catch_up_leaves_the_work_to_who_is_at_it(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    changes.note("initiative", [1])

    with store().writing() as is_mine:
        assert is_mine
        assert catch_up() == CaughtUp(is_busy=True)
    with store().rebuilding():
        assert rebuild() is False
        assert store().is_rebuilding()

    assert catch_up() == CaughtUp(applied=1)


def test_catch_up_waits_for_who_builds_the_first_index(shelf: Shelf) -> None:
    with store().rebuilding():
        assert catch_up() == CaughtUp(is_busy=True)


def test_catch_up_applies_what_was_committed_out_of_order(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    top = outbox.newest()
    late = SearchChange(id=top + 5, kind="initiative", object_id=2, noted_at=timezone.now())
    SearchChange.objects.create(id=top + 9, kind="initiative", object_id=1)
    catch_up()
    shelf.records[2] = document(2, "Water late")
    late.save()

    assert catch_up() == CaughtUp(applied=1)
    assert sorted(found("water")) == [1, 2]


def test_catch_up_drops_records_of_kinds_that_nobody_gives(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    documents.unregister("initiative")

    changes.note("initiative", [1])
    catch_up()

    assert found("water") == []


def test_catch_up_leaves_out_a_record_that_cannot_be_read(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    shelf.put(document(1, "Water"), document(2, "Water"))
    shelf.broken = {2}

    with caplog.at_level(logging.ERROR):
        shelf.put(document(1, "Water still"), document(2, "Water broken"), document(3, "Water new"))

    assert sorted(found("water")) == [1, 3]
    assert live_state().failures == ["initiative 2: RuntimeError"]
    assert "initiative 2" in caplog.text


def test_catch_up_stops_where_the_database_fails(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(document(1, "Water"))

    class Gone:
        def documents(self, ids):
            raise DatabaseError("gone")

        def all_ids(self):
            return []

    documents.register("initiative", Gone())
    changes.note("initiative", [1])

    with pytest.raises(DatabaseError):
        catch_up()

    assert index.is_behind(store())
    assert found("water") == [1]


@pytest.mark.parametrize("reason", ["format", "origin", "age", "time", "state", "files", "rows"])
def test_catch_up_builds_anew_what_cannot_be_caught_up(shelf: Shelf, reason: str) -> None:
    shelf.put(document(1, "Water"))
    generation, state = store().live(), live_state()
    assert generation is not None
    if reason == "format":
        state.format = 0
    elif reason == "origin":
        SearchOrigin.objects.all().delete()
    elif reason == "age":
        state.caught_up_at -= timedelta(days=30)
    elif reason == "time":
        state.applied.add([10_000])
    if reason == "state":
        (generation.folder / "state.json").write_text("{")
    elif reason == "files":
        generation.meta.write_text("no index")
    elif reason == "rows":
        generation.meta.unlink()
    else:
        generation.save(state)
    shelf.records[2] = document(2, "Water again")
    changes.note("initiative", [2])

    result = catch_up()

    assert result.is_rebuilt
    assert sorted(found("water")) == [1, 2]
    assert store().live() != generation
    assert not generation.folder.exists()


def test_rebuild_tells_its_progress_and_keeps_readers_working(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    before = reader.opened()
    assert before is not None
    shelf.records |= {number: document(number, "Water") for number in range(2, 2502)}
    told: list[int] = []

    assert rebuild(progress=told.append)

    assert told == [1000, 2000, 2501]
    assert before.searcher.num_docs == 1
    assert ask("water").total == 2501


def test_rebuild_applies_what_is_noted_meanwhile(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))

    def meanwhile(_: int) -> None:
        shelf.records[1] = document(1, "Energy")
        changes.note("initiative", [1])

    rebuild(progress=meanwhile)

    assert (found("water"), found("energy")) == ([], [1])


def test_rebuild_does_not_swap_while_somebody_writes(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(document(1, "Water"))
    monkeypatch.setattr(index, "SWAP_PATIENCE_S", 0.05)

    with store().writing(), pytest.raises(SwapTimeoutError):
        rebuild()

    assert found("water") == [1]


def test_rebuild_clears_what_a_killed_one_left(shelf: Shelf) -> None:
    left = store().begin()

    rebuild()

    assert not left.folder.exists()


def test_many_small_changes_are_merged(shelf: Shelf) -> None:
    for number in range(1, 21):
        shelf.put(document(number, f"Water {number}"))

    state = reader.opened()

    assert state is not None
    assert state.searcher.num_segments < 10
    assert ask("water").total == 20


def test_a_writer_beside_ours_is_waited_for(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    assert generation is not None
    changes.note("initiative", [1])

    with writing(generation), pytest.raises(BusyIndexError):
        catch_up()

    assert store().live() == generation
    assert catch_up() == CaughtUp(applied=1)


def test_a_closed_writer_writes_no_more(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    assert generation is not None

    with writing(generation) as open_writing:
        pass

    with pytest.raises(BusyIndexError):
        open_writing.commit()


def test_an_index_that_breaks_while_open_is_built_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    assert generation is not None
    monkeypatch.setattr(index, "is_readable", lambda: True)
    generation.meta.write_text("no index")
    changes.note("initiative", [1])

    assert catch_up().is_rebuilt
    assert found("water") == [1]


def test_search_in_files_that_cannot_be_read_is_not_ready(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    assert generation is not None
    generation.meta.write_text("no index")

    assert not ask("water").is_ready


def test_keep_fresh_catches_up_where_no_worker_does(shelf: Shelf) -> None:
    keep_fresh()
    shelf.put(document(1, "Water"))
    shelf.records[2] = document(2, "Water")
    changes.note("initiative", [2])

    keep_fresh(after_s=60)
    assert found("water") == [1]
    keep_fresh(after_s=0, most=0)
    assert found("water") == [1]
    keep_fresh(after_s=0)
    assert sorted(found("water")) == [1, 2]


def test_keep_fresh_leaves_a_rebuild_to_the_worker(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    generation = store().live()
    SearchOrigin.objects.all().delete()
    changes.note("initiative", [1])

    keep_fresh(after_s=0)

    assert store().live() == generation


def test_tidy_builds_anew_when_most_rows_are_deleted(shelf: Shelf) -> None:
    shelf.put(*(document(number, "Water") for number in range(1, 11)))
    generation = store().live()
    later = timezone.now() + timedelta(days=2)
    assert tidy(at=later) is False

    shelf.take(*range(1, 9))

    assert tidy(at=timezone.now()) is False
    assert tidy(at=later) is True
    assert store().live() != generation
    assert ask("water").total == 2


def test_tidy_without_index(index_folder: Path) -> None:
    assert tidy(at=timezone.now()) is False


def test_a_quiet_index_does_not_grow_old(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))
    generation, state = store().live(), live_state()
    assert generation is not None
    state.caught_up_at -= timedelta(days=2)
    generation.save(state)

    catch_up()

    assert timezone.now() - live_state().caught_up_at < timedelta(minutes=1)


def test_sweep_keeps_the_newest_change(shelf: Shelf) -> None:
    changes.note("initiative", [1, 2, 3])
    SearchChange.objects.update(noted_at=timezone.now() - timedelta(days=8))
    changes.note("initiative", [4])

    assert changes.sweep(at=timezone.now()) == 3
    assert list(SearchChange.objects.values_list("object_id", flat=True)) == [4]
    assert changes.sweep(at=timezone.now() + timedelta(days=99)) == 0
    assert changes.sweep(at=timezone.now()) == 0


def test_sweep_of_an_empty_outbox(shelf: Shelf) -> None:
    assert changes.sweep(at=timezone.now()) == 0


def test_note_of_nothing_writes_nothing(db: None) -> None:
    changes.note("initiative", [])

    assert not SearchChange.objects.exists()


def test_register_refuses_kinds_that_share_a_number(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents.register("initiative", Shelf())
    monkeypatch.setattr(documents, "kind_number", lambda kind: 1)

    with pytest.raises(KindCollisionError):
        documents.register("organisation", Shelf())
