"""What all commands share: where they write, and how they end."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

out = Console()
err = Console(stderr=True)


def print_json(value: Any) -> None:
    """Write `value` as one JSON document on standard output."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def say(sentence: str) -> None:
    """Say something to a person, on one line however narrow the terminal."""
    out.print(sentence, highlight=False, markup=False, soft_wrap=True)


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what is wrong on standard error and end with `code`."""
    err.print(sentence, style="red", highlight=False, markup=False, soft_wrap=True)
    sys.exit(code)


def progress() -> Progress:
    """A progress display on standard error, so that standard output stays clean for scripts."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    )
