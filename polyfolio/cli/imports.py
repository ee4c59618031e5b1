"""`polyfolio import iati` and `polyfolio codelists load`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from polyfolio.cli.console import err, fail, out, say
from polyfolio.exchange.actions import homes, imports, running
from polyfolio.exchange.choices import ENDED_STATES, Severity
from polyfolio.exchange.models import ImportRun
from polyfolio.exchange.queries import runs
from polyfolio.network.models import Network
from polyfolio.search.actions import index
from polyfolio.vocabulary.actions import codelists

WAIT_SECONDS = 0.5
INTERRUPTED = 130
Files = Annotated[list[Path], typer.Argument(help="Activity files, of any size.")]
Lists = Annotated[list[Path], typer.Argument(help="Code lists, as IATI publishes them (XML).")]

import_app = typer.Typer(no_args_is_help=True, help="Read what others publish.")
codelists_app = typer.Typer(no_args_is_help=True, help="Code lists that others publish.")


@import_app.callback()
def _standards() -> None:
    """One command a standard."""


@import_app.command()
def iati(
    files: Files,
    *,
    network: Annotated[str, typer.Option(help="The address (slug) of the network to import into.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object a file, each on its line.")] = False,
) -> None:
    """Import IATI activity files (versions 1.01 to 2.03).

    Without --network: into the only network, or into “imported”, which is made where it is missing. Ends with 0 when
    every file was read (activities that failed are counted and told), with 1 when a file could not be read to its end.
    """
    if "exchange_importrun" not in connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
    try:
        into = homes.home(slug=network, at=timezone.now())
    except homes.NetworkNotChosenError as refusal:
        fail(str(refusal))
    is_well = [_import(file, into, as_json=as_json) for file in files]
    index.catch_up()
    sys.exit(0 if all(is_well) else 1)


@codelists_app.callback()
def _lists() -> None:
    """Code lists."""


@codelists_app.command()
def load(files: Lists) -> None:
    """Load code lists; a second run of the same file changes nothing."""
    is_well = True
    for file in files:
        try:
            loaded = codelists.load(file, at=timezone.now(), source=file.name)
        except (codelists.CodeListError, OSError) as error:
            err.print(f"{file}: {error}", style="red", highlight=False, markup=False, soft_wrap=True)
            is_well = False
            continue
        say(
            f"{loaded.name}: {loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged,"
            f" {loaded.retired} retired."
        )
    sys.exit(0 if is_well else 1)


def _import(file: Path, network: Network, *, as_json: bool) -> bool:
    """One file from beginning to end; False where it could not be read to its end."""
    try:
        run = imports.start(network=network, by=None, at=timezone.now(), path=file, is_nudged=False)
    except OSError as error:
        _tell_unreadable(file, error.strerror or str(error), as_json=as_json)
        return False
    try:
        _carry(run, file)
    except KeyboardInterrupt:
        imports.stop(run=run, by=None, at=timezone.now())
        err.print(f"Stopped. What was imported of {escape(file.name)} stays; its report says how to undo it.")
        sys.exit(INTERRUPTED)
    run.refresh_from_db()
    if as_json:
        _write_json(file, run)
    else:
        _tell(file, run)
    return not runs.problems(run, severity=Severity.CRITICAL).exists()


def _carry(run: ImportRun, file: Path) -> None:
    """Do the work here, or wait where a worker is at it already or another import into the network is under way."""
    with _progress() as display:
        task = display.add_task(escape(file.name), total=max(run.size, 1))

        def watch(done: ImportRun) -> None:
            words = f"{escape(file.name)}, {done.position:,} activities"
            display.update(task, completed=done.read_size, description=words)

        while not running.carry_on(run.pk, watch=watch):
            run.refresh_from_db()
            if run.state in ENDED_STATES:
                return
            watch(run)
            time.sleep(WAIT_SECONDS)


def _progress() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=err, transient=True)


def _tell(file: Path, run: ImportRun) -> None:
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in run.counts.items())
    say(f"{file.name}: {counts}.")
    for kind in runs.problem_kinds(run):
        say(f"  {kind.severity.label} × {kind.count:,}: {kind.words.message}")
        out.print(f"    {escape(kind.words.done)} {escape(kind.words.remedy)}", style="dim", soft_wrap=True)


def _tell_unreadable(file: Path, reason: str, *, as_json: bool) -> None:
    if as_json:
        nothing = dict.fromkeys(("added", "changed", "unchanged", "failed"), 0)
        problem = {"severity": str(Severity.CRITICAL), "code": "file-unreadable", "message": reason}
        _write_line({"file": str(file), "counts": nothing, "problems": [problem]})
    else:
        err.print(f"{file}: {reason}", style="red", highlight=False, markup=False, soft_wrap=True)


def _write_json(file: Path, run: ImportRun) -> None:
    """The report on one line, written as it is read: a big file may have hundreds of thousands of problems."""
    head = orjson.dumps({"file": str(file), "counts": run.counts}).decode()
    sys.stdout.write(head[:-1] + ',"problems":[')
    for number, row in enumerate(runs.report(run)):
        sys.stdout.write(("," if number else "") + orjson.dumps(row).decode())
    sys.stdout.write("]}\n")
    sys.stdout.flush()


def _write_line(value: Any) -> None:
    sys.stdout.write(orjson.dumps(value).decode() + "\n")
