"""Every verb that a room registers is tested as a table of who may."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyfolio.lib.permissions import known_verbs

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("verb", known_verbs())
def test_verb_stands_in_a_table_of_its_room(verb):
    tables = "".join(path.read_text(encoding="utf-8") for path in TESTS.glob("**/test_rules*.py"))

    assert f'"{verb}"' in tables
