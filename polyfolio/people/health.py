"""Probes for what everything stands on: the settings, the folder for state, and the database."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from polyfolio.lib.health import Finding

ENOUGH_BYTES = 500_000_000


def settings_probe() -> Finding:
    """Settings that start but should not be used for real."""
    if settings.DEBUG and not settings.POLYFOLIO_PUBLIC_URL.startswith("http://127.0.0.1"):
        return Finding(
            "settings",
            is_well=False,
            sentence="POLYFOLIO_DEBUG is on for a public address.",
            remedy="Unset POLYFOLIO_DEBUG: error pages would show settings to visitors.",
        )
    if settings.POLYFOLIO_DEMO and not settings.POLYFOLIO_PUBLIC_URL.startswith("http://127.0.0.1"):
        return Finding(
            "settings",
            is_well=False,
            sentence="POLYFOLIO_DEMO is on for a public address: anybody can sign in as an example person.",
            remedy="Unset POLYFOLIO_DEMO.",
        )
    return Finding("settings", is_well=True, sentence=f"public address {settings.POLYFOLIO_PUBLIC_URL}")


def storage_probe() -> Finding:
    """Room for data to grow."""
    data = Path(settings.POLYFOLIO_DATA)
    free = shutil.disk_usage(data).free
    sentence = f"{data} has {free / 1e9:.1f} GB free"
    if free < ENOUGH_BYTES:
        return Finding(
            "storage", is_well=False, sentence=sentence, remedy="Free space, or move POLYFOLIO_DATA.", is_vital=False
        )
    return Finding("storage", is_well=True, sentence=sentence)


def database_probe() -> Finding:
    """The database answers and has every table."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding(
            "database",
            is_well=False,
            sentence=f"{connection.vendor} does not answer: {error}",
            remedy="Start the database server, or correct DATABASE_URL.",
        )
    if waiting:
        return Finding(
            "database", is_well=False, sentence=f"{len(waiting)} migrations wait", remedy="Run: polyfolio migrate"
        )
    return Finding("database", is_well=True, sentence=f"{connection.vendor}, up to date")
