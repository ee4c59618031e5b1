"""What the outbox tells: that there is something to catch up with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChangesNoted:
    """Records are to be indexed again; their changes are committed."""
