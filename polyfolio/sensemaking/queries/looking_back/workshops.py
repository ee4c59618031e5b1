"""Reading workshops: those of a portfolio, one by its code, a seat by its key, and what a seat is shown."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Workshop, WorkshopAct, WorkshopSeat
from polyfolio.sensemaking.workshops.acting import EVERYBODYS, is_hidden

SHOWN = 2000
"""Acts in one answer; whoever is further behind asks again."""


def digest(key: str) -> str:
    """What is kept of a seat's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def listed(user: Viewer, portfolio: Portfolio) -> QuerySet[Workshop, Any]:
    rows: QuerySet[Workshop, Any] = Workshop.objects.visible_to(user).filter(portfolio=portfolio)
    return rows.select_related("portfolio", "stocktake__portfolio")


def find(user: Viewer, slug: str, pk: int) -> Workshop:
    """The workshop at that address; raises DoesNotExist where `user` sees none."""
    rows = Workshop.objects.visible_to(user).select_related("portfolio__network", "facilitator", "stocktake__portfolio")
    found: Workshop = rows.get(pk=pk, portfolio__slug=slug)
    return found


def by_code(code: str) -> Workshop:
    """The workshop that people join with `code`, however they write it; raises DoesNotExist."""
    rows = Workshop.objects.kept().filter(portfolio__deleted_at__isnull=True).select_related("portfolio__network")
    found: Workshop = rows.get(code="".join(code.split()).upper())
    return found


def seat_of(code: str, key: str) -> WorkshopSeat:
    """The seat in that workshop which the key opens; raises DoesNotExist. One query."""
    rows = WorkshopSeat.objects.select_related("workshop")
    return rows.get(key_digest=digest(key), workshop__code=code, workshop__deleted_at__isnull=True)


def shown_to(seat: WorkshopSeat, since: int) -> list[tuple[Any, ...]]:
    """Acts after `since` that the seat may see: sequence, seat, step, kind, target, payload. One query."""
    workshop = seat.workshop
    hidden = [number for number, step in enumerate(workshop.steps) if is_hidden(step, number, workshop.revealed)]
    others = ~Q(seat=seat) & Q(step__in=hidden, kind__in=EVERYBODYS)
    rows = WorkshopAct.objects.filter(workshop=workshop, sequence__gt=since, sequence__lte=workshop.last_sequence)
    if hidden:
        rows = rows.exclude(others)
    return list(rows.order_by("sequence").values_list("sequence", "seat", "step", "kind", "target", "payload")[:SHOWN])


def acted(workshop: Workshop, step: int) -> int:
    """How many seats have done something in a step, also while nobody is shown what."""
    rows = WorkshopAct.objects.filter(workshop=workshop, step=step, kind__in=EVERYBODYS).order_by()
    return rows.values("seat").distinct().count()


def tokens(workshop: Workshop) -> QuerySet[Initiative, Any]:
    """What is looked at; whoever chose them decided that the people in the room may read their names."""
    rows: QuerySet[Initiative, Any] = workshop.initiatives.filter(deleted_at__isnull=True)
    return rows.order_by("label", "pk")


def choosable(user: Viewer, portfolio: Portfolio) -> QuerySet[Initiative, Any]:
    """Initiatives that somebody may put on a workshop's board: admitted ones that they see."""
    rows: QuerySet[Initiative, Any] = Initiative.objects.visible_to(user).filter(
        entries__portfolio=portfolio, entries__state="admitted"
    )
    return rows.distinct().order_by("label", "pk")
