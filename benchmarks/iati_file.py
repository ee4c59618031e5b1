"""Reading a big IATI file: the cheap pass and the whole parse, against a bare lxml iterparse over the same file.

    python -m benchmarks.iati_file [--activities 20000] [--source FOLDER] [--keep FILE]

The file repeats the real activities of two publishers with new identifiers. Prints a table; refuses to print where the
file does not hold what it claims.
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from lxml import etree

from polyfolio.exchange.iati.codelists import LoadedCodeLists, read_code_list
from polyfolio.exchange.iati.reader import IatiReader, RawActivity, ReadActivity

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCE = REPOSITORY.parent / "shared" / "data" / "iati"
FILES = ("okfn/xml/who-bra.xml", "okfn/xml/usaid-bo.xml")
ACTIVITY = re.compile(rb"<iati-activity[ >].*?</iati-activity>", re.DOTALL)
IDENTIFIER = re.compile(rb"(<iati-identifier>)([^<]*)(</iati-identifier>)")
START = (
    b'<iati-activities version="2.03" xmlns:usg="https://explorer.usaid.gov"'
    b' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)
END = b"</iati-activities>\n"
LIMITS = {"cheap pass": 1.8, "cheap pass and parse": 4.0}


def write_file(path: Path, activities: int, source: Path = SOURCE) -> int:
    """Write a file of so many activities; gives its size in bytes."""
    real = [found for name in FILES for found in ACTIVITY.findall((source / name).read_bytes())]
    with path.open("wb") as stream:
        stream.write(START)
        for number in range(activities):
            again = b"-%d" % number
            stream.write(IDENTIFIER.sub(rb"\g<1>\g<2>" + again + rb"\g<3>", real[number % len(real)], count=1) + b"\n")
        stream.write(END)
    return path.stat().st_size


def bare(path: Path) -> int:
    """What any streaming reader over lxml costs before it looks at anything."""
    count = 0
    for _, element in etree.iterparse(str(path), tag="iati-activity"):
        count += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def cheap(path: Path) -> int:
    """Every activity's identifier and hash, as the second run of an unchanged file needs them."""
    return sum(isinstance(item, RawActivity) for item in IatiReader(path).scan())


def whole(path: Path) -> int:
    """Everything parsed, with the code lists that are at hand."""
    reader = IatiReader(path, codes=code_lists())
    return sum(isinstance(reader.parse(item), ReadActivity) for item in reader.scan() if isinstance(item, RawActivity))


@cache
def code_lists() -> LoadedCodeLists:
    folders = ("codelists/nonembedded/xml", "codelists/embedded-2.03/xml")
    lists = [read_code_list(str(found)) for folder in folders for found in (SOURCE / folder).glob("*.xml")]
    return LoadedCodeLists({found.name: {item.code for item in found.items} for found in lists})


RUNS: dict[str, Callable[[Path], int]] = {"bare iterparse": bare, "cheap pass": cheap, "cheap pass and parse": whole}


def run_alone(name: str, path: Path) -> tuple[int, float, float]:
    """One run in a process of its own, so that its memory is its own: activities, seconds of processor, MB at most."""
    command = [sys.executable, "-m", "benchmarks.iati_file", "--run", name, "--keep", str(path)]
    answer = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout.split()
    return int(answer[0]), float(answer[1]), float(answer[2])


def report(name: str, path: Path) -> None:
    """Be that process."""
    code_lists()
    gc.collect()
    started = time.process_time()
    count = RUNS[name](path)
    seconds = time.process_time() - started
    print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def compare(path: Path, activities: int, times: int) -> None:
    """The best of several runs of each kind, taken in turns."""
    best: dict[str, tuple[float, float]] = {}
    for _ in range(times):
        for name in RUNS:
            count, seconds, memory = run_alone(name, path)
            if count != activities:
                sys.exit(f"{name} found {count} activities in a file of {activities}: no figures.")
            best[name] = min(best.get(name, (seconds, memory)), (seconds, memory))
    bare_seconds = best["bare iterparse"][0]
    size = path.stat().st_size / 1e6
    print(f"{activities:,} activities, {size:.0f} MB, best of {times}, processor time\n")
    print("| what | seconds | activities/s | × bare | reach | peak MB |\n| --- | --- | --- | --- | --- | --- |")
    for name, (seconds, memory) in best.items():
        reach = f"≤ {LIMITS[name]}" if name in LIMITS else ""
        rate = f"{activities / seconds:,.0f}"
        print(f"| {name} | {seconds:.1f} | {rate} | {seconds / bare_seconds:.2f} | {reach} | {memory:.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--keep", type=Path, help="where the file goes, or stands already")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        report(options.run, options.keep)
        return
    if not options.source.exists():
        sys.exit(f"The real files are not at {options.source}: no figures. Say where with --source.")
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "activities.xml"
        if not path.exists():
            write_file(path, options.activities, options.source)
        compare(path, options.activities, options.times)


if __name__ == "__main__":
    main()
