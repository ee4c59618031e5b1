"""What follows when initiatives fall dormant by the clock."""

from __future__ import annotations

from datetime import datetime

from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries.dormancy import dormant
from polyfolio.search.actions.changes import note


def note_fallen(*, since: datetime, at: datetime) -> int:
    """Have the index read again what fell dormant between two instants, and say how many. Safe to run again."""
    fallen = Initiative.objects.kept().filter(dormant(at)).exclude(dormant(since))
    ids = list(fallen.order_by("pk").values_list("pk", flat=True))
    note("initiative", ids)
    return len(ids)
