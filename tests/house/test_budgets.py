"""How long things may become before they are taken apart."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "polyfolio"
FILES = sorted(
    path
    for folder in ("polyfolio", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "assets" not in path.parts
)
OURS = [path for path in FILES if PACKAGE in path.parents]
LONGEST_FILE = 400
LONGEST_FUNCTION = 80
USUAL_FUNCTION = 40
MOST_FILES = 20

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(TREES[path]):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def test_files_are_short():
    assert [named(path) for path in FILES if path.read_text(encoding="utf-8").count("\n") > LONGEST_FILE] == []


def test_functions_are_short():
    found = [(path, each) for path in FILES for each in functions(path) if length(each) > LONGEST_FUNCTION]

    assert [f"{named(path)}: {each.name}" for path, each in found] == []


def test_most_functions_are_very_short():
    lengths = sorted(length(each) for path in OURS for each in functions(path))

    assert lengths[int(len(lengths) * 0.95)] <= USUAL_FUNCTION


def test_folders_are_small():
    folders = Counter(path.parent for path in FILES if path.name != "__init__.py")

    assert [named(folder) for folder, count in folders.items() if count > MOST_FILES] == []


def test_imports_stand_at_the_top():
    """Inside functions they hide a ring; only an app's own module may, because models do not exist before `ready()`."""
    inside = [
        f"{named(path)}: {each.name}, line {node.lineno}"
        for path in OURS
        if path.name != "apps.py"
        for each in functions(path)
        for node in ast.walk(each)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []
