"""`polyfolio import iati` and `polyfolio codelists load`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from polyfolio.cli.commands import app
from polyfolio.exchange.actions import imports, running
from polyfolio.exchange.choices import RunState
from polyfolio.exchange.models import ImportRun
from polyfolio.network.models import Network
from polyfolio.search.actions import index
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db

runner = CliRunner()
CODES = """<codelist name="Currency" xml:lang="en"><metadata><name><narrative>Currency</narrative></name></metadata>
<codelist-items><codelist-item><code>EUR</code><name><narrative>Euro</narrative></name></codelist-item></codelist-items>
</codelist>"""


@pytest.fixture(autouse=True)
def _index_catches_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index has its own tests; here it is enough that it is asked."""
    monkeypatch.setattr(index, "catch_up", lambda: None)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xml"
    path.write_text(file_of(activity(), activity(identifier="")))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.xml"
    path.write_text("a,b,c")
    return path


def run(*arguments: str | Path) -> Any:
    return runner.invoke(app, ["import", "iati", *map(str, arguments)])


def test_import_tells_what_came_of_it(good: Path) -> None:
    ended = run(good)

    assert ended.exit_code == 0
    assert "good.xml: 1 added, 0 changed, 0 unchanged, 1 failed." in ended.output
    assert "error × 1: The activity has no identifier" in ended.output
    assert Network.objects.get().slug == "imported"


def test_import_writes_one_json_object_a_file(good: Path, bad: Path) -> None:
    ended = run(good, bad, "nowhere.xml", "--json")

    found = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.exit_code == 1
    assert [each["file"] for each in found] == [str(good), str(bad), "nowhere.xml"]
    assert found[0]["counts"] == {"added": 1, "changed": 0, "unchanged": 0, "failed": 1}
    assert [problem["code"] for each in found for problem in each["problems"]] == [
        "identifier-missing",
        "file-not-xml",
        "file-unreadable",
    ]


def test_import_ends_with_one_where_a_file_cannot_be_read(good: Path, bad: Path) -> None:
    ended = run(bad, "nowhere.xml", good)

    assert ended.exit_code == 1
    assert "critical × 1: This is not an XML file" in ended.output
    assert "nowhere.xml: No such file or directory" in ended.output
    assert ImportRun.objects.filter(added=1).exists()


def test_import_goes_into_the_named_network(good: Path) -> None:
    make_network()
    wanted = make_network(slug="wanted")

    ended = run(good, "--network", "wanted")

    assert (ended.exit_code, wanted.initiatives.count()) == (0, 1)


def test_import_refuses_an_unknown_network(good: Path) -> None:
    ended = run(good, "--network", "nowhere")

    assert (ended.exit_code, ImportRun.objects.count()) == (1, 0)
    assert "There is no network “nowhere”" in ended.output


def test_import_that_is_interrupted_stops_and_says_so(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "carry_on", interrupted)

    ended = run(good)

    assert (ended.exit_code, ImportRun.objects.get().state) == (130, RunState.STOPPED)
    assert "What was imported of good.xml stays" in ended.output


def test_import_waits_for_a_worker_that_is_at_it(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def taken(run_id: int, **_: Any) -> bool:
        asked.append(run_id)
        if len(asked) == 2:
            imports.stop(run=ImportRun.objects.get(pk=run_id), by=None, at=NOW)
        return False

    monkeypatch.setattr(running, "carry_on", taken)
    monkeypatch.setattr("polyfolio.cli.imports.WAIT_SECONDS", 0)

    ended = run(good)

    assert (ended.exit_code, len(asked)) == (0, 2)


def test_import_into_an_empty_installation_makes_its_tables(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr("django.db.connection.introspection.table_names", list)
    monkeypatch.setattr("polyfolio.cli.imports.call_command", lambda name, **_: called.append(name))

    run(good)

    assert called == ["migrate"]


def test_json_of_many_problems_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "many.xml"
    broken = COMPLETE.replace("2020-01-01", "never")
    path.write_text(file_of(*(activity(broken, f"A{number}") for number in range(30))))

    ended = run(path, "--json")

    (line,) = ended.stdout.splitlines()
    assert len(json.loads(line)["problems"]) == 30


def test_codelists_are_loaded(tmp_path: Path, bad: Path) -> None:
    path = tmp_path / "Currency.xml"
    path.write_text(CODES)

    ended = runner.invoke(app, ["codelists", "load", str(path), str(path)])
    failed = runner.invoke(app, ["codelists", "load", str(bad), str(path)])

    assert (ended.exit_code, failed.exit_code) == (0, 1)
    assert "Currency: 1 added, 0 changed, 0 unchanged, 0 retired." in ended.output
    assert "Currency: 0 added, 0 changed, 1 unchanged, 0 retired." in ended.output
