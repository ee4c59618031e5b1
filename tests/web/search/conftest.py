"""An index of its own for every test, filled from the database by the real sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from polyfolio.search.actions import index
from polyfolio.search.storage import reader


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.POLYFOLIO_INDEX = tmp_path / "index"
    yield
    reader.forget()


@pytest.fixture
def reindex(db: None) -> Callable[[], object]:
    """Has the index read everything again."""
    return index.rebuild
