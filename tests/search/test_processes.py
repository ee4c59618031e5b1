from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
@pytest.mark.parametrize("scene", ["kills", "rivals"])
def test_the_index_with_several_processes(scene: str, tmp_path: Path) -> None:
    values = {key: value for key, value in os.environ.items() if key not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}

    ended = subprocess.run(
        [sys.executable, "-m", "tests.search.processes", scene],
        cwd=ROOT,
        env=values | {"POLYFOLIO_DATA": str(tmp_path), "POLYFOLIO_INDEX": str(tmp_path / "index")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr[-4000:]
