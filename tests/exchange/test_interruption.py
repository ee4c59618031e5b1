"""A real process, killed in the middle of its work: the next one ends what it began, exactly."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.exchange.iati.files import activity, file_of
from tests.exchange.iati.writing.test_adding import WHOLE

ROOT = Path(__file__).resolve().parents[2]
ACTIVITIES = 400
# Columns that differ from one run to the next, however it went; tables that say how and when a run went.
PASSING = {
    "uid", "created_at", "updated_at", "last_substantive_update_at", "read_at", "at", "batch", "started_at", "ended_at",
    "heartbeat_at", "queued_at", "worker", "attempts", "file", "claimed_on", "proposed_at", "noted_at", "token",
}  # fmt: skip
LEFT_OUT = ("django_", "sqlite_", "people_", "auth_", "account_", "mfa_", "socialaccount_", "usersessions_")
CARRY_ON = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from polyfolio.exchange.actions import running
from polyfolio.exchange.models import ImportRun
later = timezone.now() + timedelta(minutes={minutes})
for run in ImportRun.objects.all():
    running.carry_on(run.pk, clock=lambda: later)
"""
START = """
import django; django.setup()
from pathlib import Path
from django.utils import timezone
from polyfolio.exchange.actions import homes, imports
now = timezone.now()
imports.start(network=homes.home(slug="", at=now), by=None, at=now, path=Path("{path}"), is_nudged=False)
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return kept | {"POLYFOLIO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "polyfolio.config.settings"}


def run(code: str, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(folder), check=True, capture_output=True)


def contents(folder: Path) -> dict[str, list[str]]:
    """Every row of every table that an import may write."""
    found = {}
    with sqlite3.connect(folder / "polyfolio.sqlite3") as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table.startswith(LEFT_OUT):
                continue
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] not in PASSING]
            names = ", ".join(f'"{name}"' for name in columns)
            rows = database.execute(f"SELECT {names} FROM {table}")
            found[table] = sorted(map(str, rows))
    return found


def position(folder: Path) -> int:
    with sqlite3.connect(folder / "polyfolio.sqlite3") as database:
        return int(database.execute("SELECT position FROM exchange_importrun").fetchone()[0])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a waiting import."""
    folder = tmp_path_factory.mktemp("empty")
    path = folder / "activities.xml"
    related = '<related-activity type="1" ref="A{}"/>'
    path.write_text(
        file_of(
            *(activity(WHOLE + related.format((number * 7) % ACTIVITIES), f"A{number}") for number in range(ACTIVITIES))
        )
    )
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    run(START.format(path=path), folder)
    return folder


@pytest.mark.slow
def test_killed_import_ends_as_if_it_had_not_been(empty: Path, tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    shutil.copytree(empty, whole)
    shutil.copytree(empty, killed)
    run(CARRY_ON.format(minutes=0), whole)

    kills = 0
    for attempt in range(3):
        before = position(killed)
        process = subprocess.Popen(
            [sys.executable, "-c", CARRY_ON.format(minutes=10 * attempt)], cwd=ROOT, env=environment(killed)
        )
        while process.poll() is None and position(killed) <= before:
            time.sleep(0.01)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
    run(CARRY_ON.format(minutes=60), killed)

    assert kills > 1
    assert position(killed) == ACTIVITIES
    assert contents(killed) == contents(whole)
