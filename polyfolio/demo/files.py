"""Reading the example networks' texts, which stand as data beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "texts" / "data"


@cache
def document(name: str) -> dict[str, Any]:
    """A file of texts by its name without ending, such as `mission/cities`. Not to be changed by the caller."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def initiatives(*names: str) -> list[dict[str, Any]]:
    """The initiatives of files, each with what its file says of all (country, defaults)."""
    found: list[dict[str, Any]] = []
    for name in names:
        file = document(name)
        shared = {key: value for key, value in file.items() if key in {"countries", "programme"}}
        found += [shared | file.get("defaults", {}) | each for each in file["initiative"]]
    return found
