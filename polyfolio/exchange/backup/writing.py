"""Writing a backup while people go on working."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from polyfolio.exchange.backup.tables import lines, tables

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `parts` maps a member's name to its SHA-256; `rows` counts per table."""

    format: int
    written_at: str
    migrations: list[str]
    rows: dict[str, int]
    parts: dict[str, str]


def write(target: Path, *, at: datetime) -> Manifest:
    """Write everything to `target`, which appears whole or not at all."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.touch(mode=0o600)  # it holds what only this installation should know
        with tarfile.open(partial, "w:gz", compresslevel=5) as archive:
            manifest = _fill(archive, at=at)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def applied_migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _fill(archive: tarfile.TarFile, *, at: datetime) -> Manifest:
    rows: dict[str, int] = {}
    parts: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, _snapshot():
        migrations = applied_migrations()
        for model in tables():
            label = model._meta.label_lower
            part = Path(folder) / f"{label}.jsonl"
            with part.open("wb") as file:
                rows[label] = sum(1 for line in lines(model) if file.write(line))
            parts[f"rows/{label}.jsonl"] = _add(archive, part, f"rows/{label}.jsonl")
            part.unlink()
    # Files are only ever added, so those that the snapshot's rows name are all there still.
    for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(settings.MEDIA_ROOT).parts):
            name = f"media/{path.relative_to(settings.MEDIA_ROOT)}"
            parts[name] = _add(archive, path, name)
    manifest = Manifest(FORMAT, at.isoformat(), migrations, rows, parts)
    document = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2)
    header = tarfile.TarInfo("manifest.json")
    header.size = len(document)
    archive.addfile(header, io.BytesIO(document))
    return manifest


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    archive.add(path, name, recursive=False)
    return digest


@contextmanager
def _snapshot() -> Iterator[None]:
    """The database stands still for this reader, while others go on writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # the first read fixes what is seen; with WAL nobody waits for it
        try:
            yield
        finally:
            connection.rollback()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
