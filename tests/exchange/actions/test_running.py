"""Runs are carried to their end by whoever takes them up, whatever breaks off on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError

from polyfolio.exchange.actions import running
from polyfolio.exchange.choices import EndReason, RunState
from polyfolio.exchange.claims import MOST_ATTEMPTS, SILENT_FOR
from polyfolio.exchange.iati.writing import importing
from polyfolio.exchange.models import ImportRun
from polyfolio.exchange.tasks import carry_on, drop_old_files, sweep_imports
from polyfolio.network.models import Network, Organisation
from polyfolio.portfolios.models import Initiative
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, clock_from, codes, counts, database, import_file, queue, undo
from tests.factories.network import make_network
from tests.factories.people import make_steward

pytestmark = pytest.mark.django_db

CONTENT = file_of(
    activity(COMPLETE.replace("Partner", "First name"), "A"),
    activity(COMPLETE.replace("Partner", "Second name"), "B"),
    activity(identifier="A"),
    activity(COMPLETE.replace("Partner", "Third name"), "C"),
    activity(identifier="D"),
)


@pytest.fixture
def network() -> Network:
    return make_network()


class BreakOffError(RuntimeError):
    """Stands for whatever ends a worker."""


def named(found: dict[str, Any]) -> str:
    """What is in the database, in one order."""
    return str(sorted((name, str(rows)) for name, rows in found.items()))


def broken_off(network: Network, *, after: int, monkeypatch: pytest.MonkeyPatch) -> ImportRun:
    """A run whose worker died after so many batches of one activity."""
    monkeypatch.setattr(importing, "BATCH", 1)
    run = queue(CONTENT, network=network)
    seen = []

    def watch(_run: ImportRun) -> None:
        seen.append(1)
        if len(seen) == after:
            raise BreakOffError

    with pytest.raises(BreakOffError):
        running.carry_on(run.pk, clock=clock_from(), watch=watch)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("after", [1, 2, 3, 4, 5])
def test_run_that_broke_off_ends_as_if_it_had_not(
    network: Network, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = import_file(CONTENT, network=network)
    expected = (named(database()), codes(whole), counts(whole))
    Initiative.objects.all().delete()
    Organisation.objects.all().delete()

    run = broken_off(network, after=after, monkeypatch=monkeypatch)
    assert running.carry_on(run.pk, clock=clock_from(NOW + timedelta(hours=1)))

    run.refresh_from_db()
    assert (named(database()), codes(run), counts(run)) == expected


def test_run_is_left_alone_while_its_worker_shows_itself(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    run = broken_off(network, after=1, monkeypatch=monkeypatch)
    soon = run.heartbeat_at + SILENT_FOR / 2

    assert running.carry_on(run.pk, clock=clock_from(soon)) is False
    assert running.waiting(at=soon) == []
    assert running.waiting(at=run.heartbeat_at + SILENT_FOR * 2) == [run.pk]


def test_worker_that_comes_back_finds_its_run_taken(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    run = queue(CONTENT, network=network)
    taken: list[bool] = []

    def taken_over(_run: ImportRun) -> None:
        if not taken:
            taken.append(True)
            assert running.carry_on(run.pk, clock=clock_from(NOW + timedelta(hours=1)))

    is_done = running.carry_on(run.pk, clock=clock_from(), watch=taken_over)

    run.refresh_from_db()
    assert (is_done, run.state, counts(run)) == (False, RunState.DONE, (4, 0, 0, 1))


def test_one_run_at_a_time_in_a_network(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    first = broken_off(network, after=1, monkeypatch=monkeypatch)
    second, elsewhere = queue(CONTENT, network=network), queue(CONTENT)
    soon = first.heartbeat_at + timedelta(seconds=1)

    assert running.carry_on(second.pk, clock=clock_from(soon)) is False
    assert running.carry_on(elsewhere.pk, clock=clock_from(soon)) is True


def test_run_that_never_gets_on_is_stopped(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_steward(network)
    run = queue(CONTENT, network=network, by=person)

    def crash(*_: Any, **__: Any) -> None:
        raise BreakOffError

    monkeypatch.setattr(importing, "_import", crash)
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(BreakOffError):
            running.carry_on(run.pk, clock=clock_from(NOW + timedelta(hours=attempt)))

    assert running.carry_on(run.pk, clock=clock_from(NOW + timedelta(days=1))) is False
    run.refresh_from_db()
    assert (run.state, run.end_reason) == (RunState.STOPPED, EndReason.STUCK)
    assert "broke off several times" in person.notices.get().text


def test_database_that_does_not_work_fails_no_activity(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    run = queue(CONTENT, network=network)
    with monkeypatch.context() as patch:

        def locked(*_: Any, **__: Any) -> None:
            raise OperationalError("database is locked")

        patch.setattr("polyfolio.exchange.iati.writing.writer.insert_problems", locked)
        with pytest.raises(OperationalError):
            running.carry_on(run.pk, clock=clock_from())

    running.carry_on(run.pk, clock=clock_from(NOW + timedelta(hours=1)))

    run.refresh_from_db()
    assert counts(run) == (4, 0, 0, 1)


def test_unknown_run_is_nothing_to_do() -> None:
    assert running.carry_on(0, clock=clock_from()) is False


def test_file_that_is_gone_is_told(network: Network) -> None:
    run = queue(CONTENT, network=network)
    run.file.storage.delete(run.file.name)

    assert running.carry_on(run.pk, clock=clock_from())

    run.refresh_from_db()
    assert (run.state, run.total, codes(run)) == (RunState.DONE, 0, ["file-gone"])


def test_long_beginning_is_skipped_with_signs_of_life(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    run = broken_off(network, after=4, monkeypatch=monkeypatch)
    monkeypatch.setattr(importing, "BEAT_EVERY", 1)
    ticks = []
    clock = clock_from(NOW + timedelta(hours=1))

    def counted() -> Any:
        ticks.append(1)
        return clock()

    assert running.carry_on(run.pk, clock=counted)
    assert len(ticks) > 4


def test_notice_waits_for_whoever_began_it(network: Network) -> None:
    person = make_steward(network)

    run = import_file(CONTENT, network=network, by=person)

    notice = person.notices.get()
    assert notice.text == "test.xml is imported: 4 added, 0 changed, 0 unchanged, 1 failed."
    assert notice.address == f"/imports/{run.pk}/"


def test_sweep_takes_up_what_waits(network: Network, django_capture_on_commit_callbacks: Any) -> None:
    run = queue(CONTENT, network=network)

    sweep_imports.call_local()

    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_tasks_may_run_twice(network: Network) -> None:
    run = import_file(CONTENT, network=network)

    carry_on.call_local(run.pk)
    drop_old_files.call_local()

    run.refresh_from_db()
    assert (counts(run), bool(run.file)) == ((4, 0, 0, 1), False)


def test_next_run_of_the_network_begins_when_one_ends(
    network: Network, django_capture_on_commit_callbacks: Any
) -> None:
    second = queue(CONTENT, network=network)

    with django_capture_on_commit_callbacks(execute=True):
        import_file(CONTENT, network=network)

    second.refresh_from_db()
    assert (second.state, counts(second)) == (RunState.DONE, (0, 0, 4, 1))


# From an address --------------------------------------------------------------------------------


class Publisher(BaseHTTPRequestHandler):
    content = CONTENT.encode()
    asked: list[str] = []

    def do_GET(self) -> None:
        type(self).asked.append(self.headers.get("If-None-Match", ""))
        if self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200 if self.path == "/a.xml" else 404)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def publisher(settings: LazySettings) -> Iterator[str]:
    settings.POLYFOLIO_ALLOW_PRIVATE_ADDRESSES = True
    Publisher.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def from_address(network: Network, address: str, at: Any = NOW) -> ImportRun:
    run = ImportRun.objects.create(network=network, address=address, name="a.xml", queued_at=at)
    assert running.carry_on(run.pk, clock=clock_from(at))
    run.refresh_from_db()
    return run


def test_address_is_fetched_and_imported(network: Network, publisher: str) -> None:
    run = from_address(network, f"{publisher}/a.xml")

    assert (run.state, counts(run), run.etag) == (RunState.DONE, (4, 0, 0, 1), '"one"')
    assert (run.size, bool(run.sha256)) == (len(CONTENT), True)


def test_address_that_gives_the_same_file_is_not_read_again(network: Network, publisher: str) -> None:
    from_address(network, f"{publisher}/a.xml")

    run = from_address(network, f"{publisher}/a.xml", NOW + timedelta(hours=1))

    assert (run.state, run.end_reason, run.total) == (RunState.DONE, EndReason.UNCHANGED, 0)
    assert codes(run) == ["address-unchanged"]


def test_address_is_read_again_when_the_last_import_of_it_was_undone(network: Network, publisher: str) -> None:
    undo(from_address(network, f"{publisher}/a.xml"))

    run = from_address(network, f"{publisher}/a.xml", NOW + timedelta(hours=5))

    assert (counts(run), Publisher.asked) == ((4, 0, 0, 1), ["", ""])


def test_address_that_answers_with_an_error_is_told(network: Network, publisher: str) -> None:
    run = from_address(network, f"{publisher}/nothing.xml")

    assert (run.state, run.total, codes(run)) == (RunState.DONE, 0, ["address-answers-error"])


def test_slow_fetch_shows_signs_of_life(network: Network, publisher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BEAT_SECONDS", -1)

    run = from_address(network, f"{publisher}/a.xml")

    assert counts(run) == (4, 0, 0, 1)
