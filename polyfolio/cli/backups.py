"""`polyfolio backup` and `polyfolio restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command
from django.utils import timezone

from polyfolio.cli.console import err, fail, say
from polyfolio.exchange.backup import reading, writing

File = Annotated[Path, typer.Argument(help="The backup file, for example polyfolio.tar.gz.")]


def backup(file: File) -> None:
    """Write everything (rows and uploaded files) to one verified file, while people go on working."""
    if not file.parent.is_dir():
        fail(f"There is no folder {file.parent}.")
    with err.status("Writing the backup…"):
        manifest = writing.write(file, at=timezone.now())
        reading.verify(file)
    say(f"{file}: {sum(manifest.rows.values())} rows and {_files(manifest)} files, verified.")


def restore(
    file: File,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what this installation holds.")] = False,
) -> None:
    """Put a backup back, whole or not at all, and build the search index anew."""
    call_command("migrate", interactive=False, verbosity=0)
    try:
        with err.status("Restoring…"):
            manifest = reading.restore(file, is_replacing=replace)
    except reading.BackupError as error:
        fail(str(error))
    say(f"{sum(manifest.rows.values())} rows and {_files(manifest)} files are back.")
    say("Now build the search index: polyfolio reindex")


def _files(manifest: writing.Manifest) -> int:
    return sum(1 for name in manifest.parts if name.startswith("media/"))
