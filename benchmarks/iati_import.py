"""Importing a big IATI file: the first run and an unchanged second one, against a bare lxml iterparse of the same file.

    python -m benchmarks.iati_import [--activities 20000] [--source FOLDER] [--keep FILE]

The file repeats the real activities of two publishers with new identifiers; see benchmarks.iati_file. Everything
happens in an empty installation in a temporary folder, each part in a process of its own. Refuses to print where an
import does not hold what it claims.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.iati_file import REPOSITORY, SOURCE, bare, write_file

FIRST, SECOND, BARE = "first import", "second, unchanged import", "bare iterparse"
LIMITS = {FIRST: 12.0, SECOND: 4.0}
MOST_MEGABYTES = 400


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and of the processor, megabytes at the most."""

    seconds: float
    processor: float
    megabytes: float


def alone(part: str, path: Path, folder: Path) -> tuple[str, Measured]:
    """One part in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.iati_import", "--part", part, "--keep", str(path)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"POLYFOLIO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "polyfolio.config.settings"}
    answer = subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, capture_output=True, text=True)
    said, *numbers = answer.stdout.split()
    return said, Measured(*map(float, numbers))


def be(part: str, path: Path) -> None:
    """Be that process."""
    prepared = prepare() if part != BARE else None
    started, processor = time.perf_counter(), time.process_time()
    said = str(bare(path)) if prepared is None else imported(path, prepared)
    seconds, used = time.perf_counter() - started, time.process_time() - processor
    print(said, seconds, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def prepare() -> Any:
    """Django with an up-to-date database, and the network to import into."""
    import django

    django.setup()
    from django.core.management import call_command

    from polyfolio.exchange.actions.homes import home

    call_command("migrate", verbosity=0)
    return home(slug="", at=datetime.now(UTC))


def imported(path: Path, network: Any) -> str:
    """From the file to the report: copied, read, written, matched. Says the four counts."""
    from polyfolio.exchange.actions import imports, running

    run = imports.start(network=network, by=None, at=datetime.now(UTC), path=path, is_nudged=False)
    running.carry_on(run.pk)
    run.refresh_from_db()
    return "/".join(map(str, run.counts.values()))


def measure(path: Path, activities: int) -> dict[str, Measured]:
    """The parts in turns; the bare run before and after, of which the mean counts."""
    expected = {
        BARE: str(activities),
        FIRST: f"{activities}/0/0/0",
        SECOND: f"0/0/{activities}/0",
    }
    found: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in (BARE, FIRST, BARE, SECOND, BARE):
            said, measured = alone(part, path, Path(folder))
            if said != expected[part]:
                sys.exit(f"The {part} gave {said} where {expected[part]} is right: no figures.")
            found.setdefault(part, []).append(measured)
    return {part: mean(runs) for part, runs in found.items()}


def mean(runs: list[Measured]) -> Measured:
    count = len(runs)
    return Measured(
        sum(run.seconds for run in runs) / count,
        sum(run.processor for run in runs) / count,
        max(run.megabytes for run in runs),
    )


def table(found: dict[str, Measured], path: Path, activities: int) -> str:
    """Rows of Markdown; ratios are to the bare run, on the clock and of the processor."""
    how = f"`python -m benchmarks.iati_import --activities {activities}`"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    today = datetime.now(UTC).date().isoformat()
    lines = [
        f"{activities:,} activities, {path.stat().st_size / 1e6:.0f} MB",
        "",
        "| what | how | machine | date | result | × bare, clock | × bare, processor | reach |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    plain = found[BARE]
    for part, run in found.items():
        rate = f"{activities / run.seconds:,.0f}/s, " if part != BARE else ""
        result = f"{run.seconds:.1f} s, {run.processor:.1f} s of processor, {rate}{run.megabytes:.0f} MB"
        reach = f"≤ {LIMITS[part]:.0f}, ≤ {MOST_MEGABYTES} MB" if part in LIMITS else ""
        clock, processor = run.seconds / plain.seconds, run.processor / plain.processor
        lines.append(f"| {part} | {how} | {machine} | {today} | {result} | {clock:.1f} | {processor:.1f} | {reach} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=20_000)
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--keep", type=Path, help="where the file goes, or stands already")
    parser.add_argument("--part", choices=(BARE, FIRST, SECOND), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        be(options.part, options.keep)
        return 0
    if not options.source.exists():
        sys.exit(f"The real files are not at {options.source}: no figures. Say where with --source.")
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "activities.xml"
        if not path.exists():
            write_file(path, options.activities, options.source)
        found = measure(path, options.activities)
        print(table(found, path, options.activities))
    return 0


if __name__ == "__main__":
    sys.exit(main())
