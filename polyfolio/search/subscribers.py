"""What the search room does when the outbox tells that there is news."""

from __future__ import annotations

from polyfolio.lib.events import subscribe
from polyfolio.search import tasks
from polyfolio.search.events import ChangesNoted


def connect() -> None:
    subscribe(ChangesNoted, _on_changes_noted)


def _on_changes_noted(_: ChangesNoted) -> None:
    tasks.nudge()
