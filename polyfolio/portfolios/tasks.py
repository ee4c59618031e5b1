"""What this room does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from polyfolio.lib.jobs import every_minutes
from polyfolio.portfolios.actions import dormancy, roles

NIGHT = 3
WINDOW = timedelta(days=2)
"""Long enough that a night without a worker loses nothing."""


@every_minutes(30)
def lapse_roles() -> None:
    """Roles end with the day; the grants that came with them go."""
    roles.lapse(at=timezone.now())


@every_minutes(30)
def note_dormant() -> None:
    """Initiatives fall dormant by the clock, without anybody's change; once a night the index hears of it."""
    at: datetime = timezone.now()
    if at.hour == NIGHT:
        dormancy.note_fallen(since=at - WINDOW, at=at)
