"""Wrong settings are named with their remedy before anything starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyfolio.config.databases import database_settings
from polyfolio.config.environment import problems


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL"),
        ({"POLYFOLIO_PUBLIC_URL": "portfolio.example.org"}, "POLYFOLIO_PUBLIC_URL"),
        ({"POLYFOLIO_PUBLIC_URL": "https://portfolio.example.org"}, "POLYFOLIO_ALLOWED_HOSTS"),
        ({"POLYFOLIO_UPLOAD_LIMIT_MB": "much"}, "POLYFOLIO_UPLOAD_LIMIT_MB"),
        ({"POLYFOLIO_UNDO_DAYS": "0"}, "POLYFOLIO_UNDO_DAYS"),
    ],
)
def test_problems_name_the_setting(environment: dict[str, str], named: str, tmp_path: Path) -> None:
    found = problems(environment, tmp_path)

    assert [sentence.split(" ")[0] for sentence in found] == [named]


def test_problems_name_each_missing_part_of_sign_in(tmp_path: Path) -> None:
    found = problems({"POLYFOLIO_OIDC_SERVER_URL": "https://id.example.org"}, tmp_path)

    assert [sentence.split(" ")[0] for sentence in found] == ["POLYFOLIO_OIDC_CLIENT_ID", "POLYFOLIO_OIDC_SECRET"]


def test_problems_name_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    found = problems({}, tmp_path / "file" / "data")

    assert [sentence.split(" ")[0] for sentence in found] == ["POLYFOLIO_DATA"]


def test_nothing_set_is_no_problem(tmp_path: Path) -> None:
    assert problems({}, tmp_path / "new") == []


def test_sqlite_is_tuned_for_several_writers(tmp_path: Path) -> None:
    database = database_settings("", tmp_path)["default"]

    assert (database["OPTIONS"]["transaction_mode"], database["OPTIONS"]["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_postgresql_keeps_its_connections(tmp_path: Path) -> None:
    database = database_settings("postgresql://a:b@127.0.0.1:5432/c", tmp_path)["default"]

    assert (database["ENGINE"], database["NAME"], database["CONN_MAX_AGE"]) == (
        "django.db.backends.postgresql",
        "c",
        60,
    )


def test_command_ends_with_the_remedy_instead_of_a_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"POLYFOLIO_DATA": str(tmp_path), "POLYFOLIO_UPLOAD_LIMIT_MB": "much"}
    environment["DJANGO_SETTINGS_MODULE"] = "polyfolio.config.settings"

    ended = subprocess.run(
        [sys.executable, "-c", "from polyfolio.cli import main; main()", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 78
    assert ended.stderr == (
        "Polyfolio cannot start:\nPOLYFOLIO_UPLOAD_LIMIT_MB must be a whole number above zero, not “much”.\n"
    )
