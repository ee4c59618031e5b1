"""The commands that run an installation."""

from __future__ import annotations

import json
import signal
import socket
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner

from polyfolio.cli import serving
from polyfolio.cli.commands import app
from polyfolio.lib import health
from polyfolio.lib.health import Finding
from polyfolio.people.models import User

runner = CliRunner()


@pytest.mark.django_db
def test_createuser_makes_somebody_who_can_sign_in() -> None:
    ended = runner.invoke(app, ["createuser", "Ada@Example.org", "--name", "Ada", "--password", "a long password"])

    user = User.objects.get()
    assert (ended.exit_code, user.email, user.name, user.is_superuser) == (0, "ada@example.org", "Ada", False)
    assert user.check_password("a long password")


@pytest.mark.django_db
def test_createuser_reads_the_password_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYFOLIO_PASSWORD", "a long password")

    ended = runner.invoke(app, ["createuser", "ada@example.org", "--admin"])

    assert (ended.exit_code, User.objects.get().is_superuser) == (0, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "password"), [("ada@example.org", "short"), ("ada", "a long password"), ("Bo@example.org", "x")]
)
def test_createuser_refuses(address: str, password: str) -> None:
    User.objects.create_user("bo@example.org")

    ended = runner.invoke(app, ["createuser", address, "--password", password])

    assert (ended.exit_code, User.objects.count()) == (1, 1)


def test_check_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_probes", {})
    health.register("index", lambda: Finding("index", is_well=False, sentence="old", remedy="Run: polyfolio reindex"))
    health.register("broken", lambda: 1 / 0)  # type: ignore[arg-type,return-value]

    ended = runner.invoke(app, ["check", "--json"])

    assert ended.exit_code == 1
    assert [finding["remedy"] for finding in json.loads(ended.stdout)["findings"]] == [
        "Run: polyfolio reindex",
        "See the log.",
    ]


def test_check_is_content_where_only_something_minor_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_probes", {})
    health.register("a", lambda: Finding("a", is_well=False, sentence="low", remedy="Look.", is_vital=False))
    health.register("b", lambda: Finding("b", is_well=True, sentence="fine"))

    ended = runner.invoke(app, ["check"])

    assert (ended.exit_code, "Look." in ended.stdout) == (0, True)


@pytest.mark.django_db
def test_real_probes_find_a_migrated_database_well() -> None:
    found = {finding.name: finding.is_well for finding in health.findings()}

    assert (found["settings"], found["storage"], found["database"]) == (True, True, True)


@pytest.mark.django_db
def test_settings_probe_refuses_the_demo_on_a_public_address(settings: LazySettings) -> None:
    settings.POLYFOLIO_DEMO = True
    settings.POLYFOLIO_PUBLIC_URL = "https://portfolio.example.org"

    found = {finding.name: finding.remedy for finding in health.findings()}

    assert found["settings"] == "Unset POLYFOLIO_DEMO."


def test_serve_says_that_a_port_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        ended = runner.invoke(app, ["serve", "--port", str(port)])

    assert ended.exit_code == 1
    assert f"Port {port} is taken by another program. Choose another, for example: make demo PORT={port + 1}" in (
        ended.stderr
    )


def test_run_together_stops_all_when_one_ends(tmp_path: Path) -> None:
    forever = [sys.executable, "-c", "import time; time.sleep(60)"]
    soon = [sys.executable, "-c", "raise SystemExit(3)"]

    code = serving.run_together([forever, soon])

    assert code == 3


def test_run_together_ends_well_on_a_signal() -> None:
    interrupting = [
        sys.executable,
        "-c",
        "import os, signal; os.kill(os.getppid(), signal.SIGTERM)\nimport time; time.sleep(9)",
    ]

    before = signal.getsignal(signal.SIGTERM)
    code = serving.run_together([interrupting])
    signal.signal(signal.SIGTERM, before)

    assert code == 0


@pytest.mark.django_db(transaction=True)
def test_backup_and_restore_say_what_they_did(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    User.objects.create_user("ada@example.org")

    written = runner.invoke(app, ["backup", str(tmp_path / "b.tar.gz")])
    refused = runner.invoke(app, ["restore", str(tmp_path / "b.tar.gz")])
    restored = runner.invoke(app, ["restore", "--replace", str(tmp_path / "b.tar.gz")])

    assert (written.exit_code, refused.exit_code, restored.exit_code) == (0, 1, 0)


def test_backup_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ended = runner.invoke(app, ["backup", str(tmp_path / "nowhere" / "b.tar.gz")])

    assert (ended.exit_code, "There is no folder" in ended.stderr) == (1, True)
