"""Which database an installation uses, and how each is tuned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=268435456;"
    "PRAGMA cache_size=-65536;"
)


def database_settings(url: str, data: Path) -> dict[str, Any]:
    """Django's DATABASES: SQLite in `data` without `url`, else what `url` names.

    SQLite writes begin IMMEDIATE: with DEFERRED, eight writers meet thousands of lock errors.
    """
    database = (
        environ.Env.db_url_config(url)
        if url
        else {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "polyfolio.sqlite3"),
        }
    )
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {"default": database}
