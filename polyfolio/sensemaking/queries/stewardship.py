"""Who looks after what in a portfolio, and what has nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from polyfolio.network.models import Organisation
from polyfolio.portfolios.choices import ParticipationRole
from polyfolio.portfolios.models import Participation, PortfolioRole, Position
from polyfolio.portfolios.queries.portfolios import roles
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import Holding

MOST_ORGANISATIONS = 8


@dataclass(frozen=True)
class Held:
    """A position with how many initiatives of those that the viewer sees stand for it."""

    position: Position
    count: int


@dataclass(frozen=True)
class Playing:
    """A role in initiatives: who plays it in most of them (with how many), and how many organisations do at all."""

    role: ParticipationRole
    organisations: Sequence[tuple[Organisation, int]]
    total: int


@dataclass(frozen=True)
class Stewardship:
    """`without_owner` and `without_focal_point` count initiatives; every one without an owner is in both."""

    people: Sequence[PortfolioRole]
    positions: Sequence[Held]
    roles: Sequence[Playing]
    total: int
    without_position: int
    without_owner: int
    without_focal_point: int


def stewardship(holding: Holding, at: datetime) -> Stewardship:
    """As far as the viewer sees people, organisations and initiatives. The queries do not grow with the portfolio."""
    portfolio = holding.portfolio
    positions = list(portfolio.positions.order_by("position", "pk"))
    counts = _by_position(holding)
    return Stewardship(
        people=list(roles(holding.viewer, portfolio, at.date())),
        positions=[Held(each, counts.get(each.pk, 0)) for each in positions],
        roles=_playing(holding),
        total=holding.members().count(),
        without_position=holding.members().exclude(pk__in=_placed(holding)).count() if positions else 0,
        without_owner=narrowed(holding, {"owner": "none"}, at=at).count(),
        without_focal_point=narrowed(holding, {"focal_point": "none"}, at=at).count(),
    )


def _by_position(holding: Holding) -> dict[int, int]:
    """One query."""
    rows = holding.entries().filter(position__portfolio=holding.portfolio, initiative__in=_members(holding))
    counted = rows.order_by().values("position").annotate(number=Count("initiative", distinct=True))
    return dict(counted.values_list("position", "number"))


def _placed(holding: Holding) -> QuerySet[Any, Any]:
    return holding.entries().filter(position__portfolio=holding.portfolio).values("initiative_id")


def _members(holding: Holding) -> QuerySet[Any, Any]:
    return holding.members().order_by().values("pk")


def _playing(holding: Holding) -> list[Playing]:
    """Organisations by role, those with most initiatives first. Two queries."""
    rows = Participation.objects.filter(
        initiative__in=_members(holding), organisation__in=Organisation.objects.visible_to(holding.viewer)
    )
    counted = rows.order_by().values("role", "organisation").annotate(number=Count("initiative", distinct=True))
    by_role: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for role, organisation, number in counted.values_list("role", "organisation", "number"):
        by_role[role].append((organisation, number))
    chosen = {role: sorted(found, key=lambda each: (-each[1], each[0])) for role, found in by_role.items()}
    shown = {role: found[:MOST_ORGANISATIONS] for role, found in chosen.items()}
    named = Organisation.objects.in_bulk({pk for found in shown.values() for pk, _number in found})
    return [
        Playing(role, [(named[pk], number) for pk, number in shown[role.value]], len(chosen[role.value]))
        for role in ParticipationRole
        if role.value in shown
    ]
