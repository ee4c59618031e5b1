"""The filters of a portfolio's list: whatever a figure counts, its list is narrowed by the same condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from polyfolio.funding.queries.sums import counted
from polyfolio.network.models import Organisation
from polyfolio.portfolios.choices import UNDER_WAY
from polyfolio.portfolios.models import InitiativeSdg, Participation
from polyfolio.portfolios.queries.dormancy import dormant
from polyfolio.sensemaking.choices import Dimension, Facet
from polyfolio.sensemaking.queries import board
from polyfolio.sensemaking.queries.dimensions import NONE, having
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.looking_back.watching import WATCHED

WITH = "with"
ONLY = "only"
WITHOUT = "without"

Members = QuerySet[Any, Any]


def narrowed(holding: Holding, filters: Mapping[str, str], *, at: datetime) -> Members:
    """The holding's initiatives that meet every filter; names that are no filter are left out.

    Dormant ones are among them unless `dormant` says `without` or `only`.
    """
    members = holding.members()
    for name, value in filters.items():
        if value and name in DIMENSIONS:
            members = members.filter(having(holding, DIMENSIONS[name], value))
        elif value and name in CONDITIONS:
            members = members.filter(CONDITIONS[name](holding, value))
    members = _by_money(members, filters)
    if filters.get("dormant") in (WITHOUT, ONLY):
        is_dormant = dormant(at)
        members = members.filter(is_dormant if filters["dormant"] == ONLY else ~is_dormant)
    return members


DIMENSIONS: dict[str, str] = {
    "theme": Dimension.THEME,
    "zone": Dimension.ZONE,
    "sector": Dimension.SECTOR,
    "goal": Dimension.SDG_GOAL,
    "country": Dimension.COUNTRY,
    "programme": Dimension.PROGRAMME,
    "target": Dimension.SDG_TARGET,
    "organisation_kind": Dimension.ORGANISATION_KIND,
    "lever": Dimension.LEVER,
    "field": Dimension.FIELD,
    "own_theme": Dimension.OWN_THEME,
    "indicator": Dimension.INDICATOR,
}


def _facet(holding: Holding, value: str) -> Q:
    """A facet (at its tip or on its edge), `mixed`, `contested`, `in_mix` for any facet, or `-` for not placed."""
    standings = holding.standings()
    if value == NONE:
        return ~Q(pk__in=standings.values("initiative_id"))
    if value in ("mixed", "contested", "agreed"):
        return Q(pk__in=standings.filter(**{f"is_{value}": True}).values("initiative_id"))
    if value == "placed":
        return Q(pk__in=standings.values("initiative_id"))
    if value == "in_mix":
        return Q(pk__in=standings.filter(is_mixed=False).values("initiative_id"))
    return having(holding, Dimension.FACET, value if value in Facet.values else "")


def _region(holding: Holding, value: str) -> Q:
    """A field between the axes of the frame that the holding is looked at through, or `-` for not placed."""
    standings = holding.standings()
    if value == NONE:
        return ~Q(pk__in=standings.values("initiative_id"))
    return Q(pk__in=standings.filter(region__code=value).values("initiative_id"))


def _portfolio_class(holding: Holding, value: str) -> Q:
    return Q(pk__in=holding.entries().filter(portfolio_class=value).values("initiative_id"))


def _position(holding: Holding, value: str) -> Q:
    """A position by its id, or `-` for those that stand for none of the portfolio's own."""
    if value == NONE:
        held = holding.entries().filter(position__portfolio=holding.portfolio)
        return ~Q(pk__in=held.values("initiative_id"))
    if not value.isdigit():
        return Q(pk__in=[])
    return Q(pk__in=holding.entries().filter(position=int(value)).values("initiative_id"))


def _part(holding: Holding, value: str) -> Q:
    """One portfolio of those under this one, by its slug."""
    return Q(pk__in=holding.entries().filter(portfolio__slug=value).values("initiative_id"))


def _main_goal(_holding: Holding, value: str) -> Q:
    if not value.isdigit():
        return Q(pk__in=[])
    return Q(pk__in=InitiativeSdg.objects.filter(goal=int(value), standing="main").values("initiative_id"))


def _target(_holding: Holding, value: str) -> Q:
    return Q(pk__in=InitiativeSdg.objects.filter(target=value).values("initiative_id"))


def _organisation(holding: Holding, value: str) -> Q:
    """Taking part; of an organisation that the viewer does not see, nothing is said."""
    seen = Organisation.objects.visible_to(holding.viewer).filter(slug=value).order_by().values("pk")
    return Q(pk__in=Participation.objects.filter(organisation__in=seen).values("initiative_id"))


def _year(_holding: Holding, value: str) -> Q:
    """Under way in that year, as far as its dates are known."""
    if not value.isdigit() or len(value) != 4:
        return Q(pk__in=[])
    began = Q(starts_on__year__lte=int(value))
    return began & (Q(ends_on__isnull=True) | Q(ends_on__year__gte=int(value)))


def _status(_holding: Holding, value: str) -> Q:
    return Q(status__in=UNDER_WAY) if value == "under_way" else Q(status=value)


CONDITIONS: dict[str, Callable[[Holding, str], Q]] = {
    "facet": _facet,
    "class": _portfolio_class,
    "position": _position,
    "part": _part,
    "main_goal": _main_goal,
    "organisation": _organisation,
    "year": _year,
    "status": _status,
    "kind": lambda _holding, value: Q(kind=value),
    "priority": lambda _holding, value: Q(priority="" if value == NONE else value),
    "stood": board.stood,
    "went_on": board.went_on,
    "handed_over": lambda holding, _value: board.handed_over(holding),
    "region": _region,
    "words": lambda _holding, value: Q(label__icontains=value),
    **WATCHED,
}

MONEY = ("flow", "currency", "money_year")
NAMES = (*DIMENSIONS, *CONDITIONS, *MONEY, "dormant")


def _by_money(members: Members, filters: Mapping[str, str]) -> Members:
    """Those whose amounts of a flow (in a currency, in a year) stand in the portfolio's sums."""
    if not filters.get("flow"):
        return members
    rows = counted(members).filter(flow=filters["flow"])
    if filters.get("currency"):
        rows = rows.filter(currency=filters["currency"])
    if filters.get("money_year", "").isdigit():
        rows = rows.filter(year=int(filters["money_year"]))
    return members.filter(pk__in=rows.values("initiative_id"))
