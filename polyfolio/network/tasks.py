"""What this room does by the clock."""

from __future__ import annotations

from django.utils import timezone

from polyfolio.lib.jobs import every_minutes
from polyfolio.network.actions import roles


@every_minutes(30)
def settle_roles() -> None:
    """Roles begin and end with the day; what they let accounts do follows."""
    roles.settle_due(at=timezone.now())
