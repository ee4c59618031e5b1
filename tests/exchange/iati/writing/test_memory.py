"""Memory does not grow with the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.iati.files import activity, file_of
from tests.exchange.iati.writing.test_adding import WHOLE

ROOT = Path(__file__).resolve().parents[4]
IMPORT = """
import django; django.setup()
import resource
from pathlib import Path
from django.core.management import call_command
from django.utils import timezone
from polyfolio.exchange.actions import homes, imports, running
call_command("migrate", verbosity=0)
now = timezone.now()
run = imports.start(network=homes.home(slug="", at=now), by=None, at=now, path=Path("{path}"), is_nudged=False)
running.carry_on(run.pk)
run.refresh_from_db()
print(run.added, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def imported(count: int, folder: Path) -> tuple[int, int]:
    """How many activities came in, and megabytes at the most."""
    folder.mkdir()
    path = folder / "activities.xml"
    path.write_text(file_of(*(activity(WHOLE, f"A{number}") for number in range(count))))
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    variables = kept | {"POLYFOLIO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "polyfolio.config.settings"}
    command = [sys.executable, "-c", IMPORT.format(path=path)]
    answer = subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True)
    added, megabytes = answer.stdout.split()
    return int(added), int(megabytes)


@pytest.mark.slow
def test_import_of_seven_times_the_activities_takes_no_more_memory(tmp_path: Path) -> None:
    few, little = imported(200, tmp_path / "few")
    many, much = imported(1400, tmp_path / "many")

    assert (few, many) == (200, 1400)
    assert much < little + 40
