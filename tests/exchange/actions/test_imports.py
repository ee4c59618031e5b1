"""Imports as people handle them."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from polyfolio.exchange.actions import imports, running
from polyfolio.exchange.choices import EndReason, RunState
from polyfolio.exchange.events import ImportEnded, ImportQueued
from polyfolio.exchange.models import ImportRun
from polyfolio.lib.events import subscribe, unsubscribe
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.network.models import Network
from polyfolio.people.rules import NotAllowedError
from tests.exchange.iati.files import activity, file_of
from tests.exchange.running import NOW, clock_from, counts, import_file, queue, undo, upload
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward

pytestmark = pytest.mark.django_db

CONTENT = file_of(activity())


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def heard(django_capture_on_commit_callbacks: Any) -> Any:
    """Events of this room instead of workers."""
    found: list[Any] = []
    for kind in (ImportQueued, ImportEnded):
        subscribe(kind, found.append)
    yield found
    for kind in (ImportQueued, ImportEnded):
        unsubscribe(kind, found.append)


def test_start_keeps_an_upload(network: Network) -> None:
    person = make_steward(network)

    run = imports.start(network=network, by=person, at=NOW, upload=upload(CONTENT, "../a file.xml"))

    assert (run.state, run.name, run.queued_by, run.queued_at) == (RunState.QUEUED, "a file.xml", person, NOW)
    assert (run.size, run.sha256) == (len(CONTENT), hashlib.sha256(CONTENT.encode()).hexdigest())
    assert run.file.read() == CONTENT.encode()
    assert run.file.name.endswith(".xml")


def test_start_copies_a_file_of_this_machine(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "activities.iati"
    path.write_text(CONTENT)

    run = imports.start(network=network, by=None, at=NOW, path=path)

    path.unlink()
    assert (run.name, run.file.read()) == ("activities.iati", CONTENT.encode())


def test_start_takes_an_address(network: Network) -> None:
    run = imports.start(network=network, by=None, at=NOW, address=" https://example.org/a/b.xml?x=1 ")

    assert (run.address, run.name, bool(run.file)) == ("https://example.org/a/b.xml?x=1", "b.xml", False)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://example.org/a.xml", "begins with https"),
        ("example.org", "begins with https"),
        ("https://me:secret@example.org/a.xml", "password"),
    ],
)
def test_start_refuses_an_address(network: Network, address: str, words: str) -> None:
    with pytest.raises(imports.NotTakenError, match=words) as refusal:
        imports.start(network=network, by=None, at=NOW, address=address)

    assert refusal.value.field == "address"


def test_start_refuses_nothing(network: Network) -> None:
    with pytest.raises(imports.NotTakenError, match="Choose a file"):
        imports.start(network=network, by=None, at=NOW)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "a.xml: This is a spreadsheet"),
        (b"", "a.xml: The file is empty"),
        (b"no mark-up", "a.xml: This is not an XML file"),
        (b"<!DOCTYPE html><html/>", "a.xml: This is a web page"),
    ],
)
def test_start_refuses_what_is_no_activity_file(network: Network, content: bytes, words: str) -> None:
    with pytest.raises(imports.NotTakenError, match=words):
        imports.start(network=network, by=make_steward(network), at=NOW, upload=upload(content, "a.xml"))

    assert ImportRun.objects.count() == 0


def test_start_refuses_an_upload_above_the_limit(network: Network, settings: LazySettings) -> None:
    settings.POLYFOLIO_UPLOAD_LIMIT_MB = 1

    with pytest.raises(imports.NotTakenError, match=r"a\.xml is larger than 1 MB"):
        imports.start(network=network, by=make_steward(network), at=NOW, upload=upload(b"<" * 1_000_001, "a.xml"))


def test_start_leaves_a_long_beginning_to_the_reader(network: Network) -> None:
    content = f"<!-- {'x' * 100_000} -->{CONTENT}"

    run = imports.start(network=network, by=make_steward(network), at=NOW, upload=upload(content))

    assert running.carry_on(run.pk, clock=clock_from())
    run.refresh_from_db()
    assert counts(run) == (1, 0, 0, 0)


def test_start_is_the_stewards(network: Network) -> None:
    with pytest.raises(NotAllowedError):
        imports.start(network=network, by=make_member(network), at=NOW, upload=upload(CONTENT))


def test_start_calls_a_worker(network: Network, heard: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = imports.start(network=network, by=None, at=NOW, upload=upload(CONTENT))

    run.refresh_from_db()
    assert ImportQueued(run.pk) in heard
    assert (run.state, counts(run)) == (RunState.DONE, (1, 0, 0, 0))


def test_stop_ends_a_run_where_it_is(network: Network) -> None:
    run = queue(CONTENT, network=network)

    imports.stop(run=run, by=make_steward(network), at=NOW)

    run.refresh_from_db()
    assert (run.state, run.end_reason, run.ended_at) == (RunState.STOPPED, EndReason.BY_PERSON, NOW)
    assert running.carry_on(run.pk, clock=clock_from()) is False


def test_stop_interrupts_a_worker(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyfolio.exchange.iati.writing.importing.BATCH", 1)
    run = queue(file_of(activity(identifier="A"), activity(identifier="B")), network=network)

    is_done = running.carry_on(run.pk, clock=clock_from(), watch=lambda run: imports.stop(run=run, by=None, at=NOW))

    run.refresh_from_db()
    assert (is_done, run.state, counts(run)) == (False, RunState.STOPPED, (1, 0, 0, 0))


def test_stop_refuses_a_run_that_ended(network: Network) -> None:
    run = import_file(CONTENT, network=network)

    with pytest.raises(TransitionError):
        imports.stop(run=run, by=None, at=NOW)


def test_resume_goes_on_behind_what_was_imported(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyfolio.exchange.iati.writing.importing.BATCH", 1)
    run = queue(file_of(activity(identifier="A"), activity(identifier="B")), network=network)
    running.carry_on(run.pk, clock=clock_from(), watch=lambda run: imports.stop(run=run, by=None, at=NOW))

    imports.resume(run=run, by=make_steward(network))
    running.carry_on(run.pk, clock=clock_from(NOW + timedelta(hours=1)))

    run.refresh_from_db()
    assert (run.state, run.end_reason, counts(run), run.total) == (RunState.DONE, "", (2, 0, 0, 0), 2)


def test_stopped_run_can_be_undone(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyfolio.exchange.iati.writing.importing.BATCH", 1)
    run = queue(file_of(activity(identifier="A"), activity(identifier="B")), network=network)
    running.carry_on(run.pk, clock=clock_from(), watch=lambda run: imports.stop(run=run, by=None, at=NOW))

    undone = undo(run)

    assert (undone.state, network.initiatives.kept().count()) == (RunState.UNDONE, 0)


@pytest.mark.parametrize("verb", ["stop", "resume", "undo"])
def test_handling_a_run_is_the_stewards(network: Network, verb: str) -> None:
    run = queue(CONTENT, network=network)
    arguments = {"at": NOW} if verb == "stop" else {}

    with pytest.raises(NotAllowedError):
        getattr(imports, verb)(run=run, by=make_member(network, "editor"), **arguments)


def test_drop_files_deletes_those_of_runs_that_ended_long_ago(network: Network) -> None:
    old = import_file(CONTENT, network=network)
    fresh = import_file(CONTENT, network=network, at=NOW + timedelta(days=20))
    waiting = queue(CONTENT, network=network)
    storage, name = old.file.storage, old.file.name

    dropped = imports.drop_files(before=NOW + timedelta(days=10))

    for run in (old, fresh, waiting):
        run.refresh_from_db()
    assert (dropped, bool(old.file), bool(fresh.file), bool(waiting.file)) == (1, False, True, True)
    assert not storage.exists(name)
