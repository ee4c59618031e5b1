"""Reading a backup back: verified first, then all of it or nothing."""

from __future__ import annotations

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from polyfolio.audit import guard
from polyfolio.exchange.backup.tables import CHUNK, Model, insert, tables
from polyfolio.exchange.backup.writing import FORMAT, Manifest, applied_migrations
from polyfolio.people.models import User


class BackupError(ValueError):
    """The backup cannot be restored; the message says why and what to do. Nothing was changed."""


def verify(source: Path) -> Manifest:
    """Read the whole file and compare every part with its checksum; raises BackupError."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            found = {member.name: _digest(archive, member) for member in archive if member.name != "manifest.json"}
            file = archive.extractfile("manifest.json")
            manifest = Manifest(**orjson.loads(file.read() if file else b""))
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {source}.") from error
    except (tarfile.TarError, OSError, EOFError, KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{source.name} is not a whole backup of Polyfolio ({error}). Use another copy.") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{source.name} has format {manifest.format}; this version reads format {FORMAT}.")
    damaged = sorted(set(manifest.parts.items()) ^ set(found.items()))
    if damaged:
        raise BackupError(f"{source.name} is damaged at “{damaged[0][0]}”. Use another copy.")
    return manifest


def restore(source: Path, *, is_replacing: bool = False) -> Manifest:
    """Put everything back into this migrated installation; refuses one that has accounts unless `is_replacing`."""
    manifest = verify(source)
    _require_same_shape(manifest)
    if not is_replacing and User.objects.exists():
        raise BackupError("This installation has accounts already. Restore into an empty one, or add --replace.")
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    # Files first, beside the old ones: where the disk is full, no row has changed yet.
    with tempfile.TemporaryDirectory(dir=root, prefix=".restoring-") as aside:
        with tarfile.open(source, "r:gz") as archive, transaction.atomic():
            _unpack_files(archive, Path(aside))
            _empty()
            for member in archive.getmembers():
                if member.name.startswith("rows/"):
                    _restore_rows(archive, member)
            _reset_sequences()
        _move_files(Path(aside), root)
    return manifest


def _require_same_shape(manifest: Manifest) -> None:
    here = set(applied_migrations())
    newer = sorted(set(manifest.migrations) - here)
    older = sorted(here - set(manifest.migrations))
    if newer or older:
        difference = (newer or older)[0]
        raise BackupError(
            f"The backup was written by another version of Polyfolio (they differ at {difference}). "
            "Restore it with that version, run `polyfolio migrate` there, and write a new backup."
        )


def _empty() -> None:
    guard.release(connection)
    for model in tables():
        model._base_manager.all()._raw_delete("default")
    guard.hold(connection)


def _restore_rows(archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    by_label = {model._meta.label_lower: model for model in tables()}
    model = by_label[Path(member.name).stem]
    for chunk in _chunks(archive, member):
        insert(model, chunk)


def _chunks(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[list[list[object]]]:
    file = archive.extractfile(member)
    rows: list[list[object]] = []
    for line in file or ():
        rows.append(orjson.loads(line))
        if len(rows) >= CHUNK:
            yield rows
            rows = []
    yield rows


def _reset_sequences() -> None:
    models: list[Model] = tables()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _unpack_files(archive: tarfile.TarFile, aside: Path) -> None:
    for member in archive.getmembers():
        if member.name.startswith("media/"):
            unpacked = member.replace(name=member.name.removeprefix("media/"), deep=False)
            archive.extract(unpacked, aside, filter="data")


def _move_files(aside: Path, root: Path) -> None:
    for path in sorted(aside.rglob("*")):
        if path.is_file():
            target = root / path.relative_to(aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


def _digest(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    return hashlib.file_digest(file, "sha256").hexdigest() if file else ""  # type: ignore[arg-type]
