"""`polyfolio check`: settings, database, index, worker; each with what to do."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from polyfolio.cli.console import out, print_json
from polyfolio.lib import health


def check(*, as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False) -> None:
    """Say whether everything is well; exit code 1 where something vital is not."""
    found = health.findings()
    if as_json:
        print_json({"findings": [asdict(finding) for finding in found]})
    else:
        for finding in found:
            mark = "[green]well[/]   " if finding.is_well else "[red]not well[/]"
            out.print(f"{mark}  {finding.name}: {escape(finding.sentence)}", highlight=False)
            if finding.remedy and not finding.is_well:
                out.print(f"           {escape(finding.remedy)}", highlight=False)
    sys.exit(0 if all(finding.is_well or not finding.is_vital for finding in found) else 1)
