"""News of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ImportQueued:
    """A run waits to be worked on: to be read, or to be undone."""

    run_id: int


@dataclass(frozen=True)
class ImportEnded:
    """A run was read, stopped or undone."""

    run_id: int
