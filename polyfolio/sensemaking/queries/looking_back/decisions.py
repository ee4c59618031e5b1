"""Reading decisions: those of a portfolio, one with where it was taken, and who may own one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import DecisionKind, DecisionState
from polyfolio.sensemaking.models import Decision

WHEN = ("overdue", "look_again", "no_outcome")

Origin = Callable[[int, Viewer], tuple[str, str] | None]
_origins: dict[str, Origin] = {}


def register_origin(origin_type: str, find: Origin) -> None:
    """Let decisions lead back to where they were taken: `find(id, viewer)` gives its name and address, or None."""
    _origins[origin_type] = find


@dataclass(frozen=True)
class Asked:
    """What a list of decisions is narrowed to; what is not understood is left out."""

    words: str = ""
    state: str = ""
    kind: str = ""
    owner: str = ""
    when: str = ""
    origin: str = ""


def asked(given: Mapping[str, str]) -> Asked:
    known = {"state": DecisionState.values, "kind": DecisionKind.values, "when": WHEN}
    values = {name: str(given.get(name, "")).strip() for name in Asked.__dataclass_fields__}
    return Asked(**{name: value for name, value in values.items() if name not in known or value in known[name]})


def listed(user: Viewer, portfolio: Portfolio, wanted: Asked, *, on: date) -> QuerySet[Decision, Any]:
    """Decisions about the portfolio that the person sees, narrowed."""
    rows: QuerySet[Decision, Any] = Decision.objects.visible_to(user).filter(portfolio=portfolio)
    for word in wanted.words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(reason__icontains=word) | Q(outcome__icontains=word))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.owner.isdigit():
        rows = rows.filter(owner=int(wanted.owner))
    if wanted.origin.rpartition("-")[2].isdigit():
        name, _dash, number = wanted.origin.rpartition("-")
        rows = rows.filter(origin_type=name, origin_id=int(number))
    if wanted.when:
        rows = rows.filter(_when(wanted.when, on))
    return rows.select_related("portfolio", "owner")


def _when(name: str, on: date) -> Q:
    if name == "overdue":
        return overdue(on)
    if name == "look_again":
        return Q(look_again_on__lte=on)
    return Q(outcome="")


def overdue(on: date) -> Q:
    return Q(state=DecisionState.OPEN, due_on__lt=on)


def find(user: Viewer, slug: str, pk: int) -> Decision:
    """The decision at that address; raises DoesNotExist where `user` sees none."""
    rows = Decision.objects.visible_to(user).select_related("portfolio__network", "owner", "created_by")
    found: Decision = rows.get(pk=pk, portfolio__slug=slug)
    return found


def initiatives(user: Viewer, decision: Decision) -> QuerySet[Initiative, Any]:
    seen: QuerySet[Initiative, Any] = Initiative.objects.visible_to(user).filter(decisions=decision)
    return seen.order_by("label", "pk")


def origin_of(user: Viewer, decision: Decision) -> tuple[str, str] | None:
    """What the decision was taken at, by name and address; None where it stands alone or the reader sees nothing."""
    find_origin = _origins.get(decision.origin_type)
    return find_origin(decision.origin_id, user) if find_origin is not None and decision.origin_id else None


def taken_at(user: Viewer, portfolio: Portfolio, *origins: tuple[str, int]) -> QuerySet[Decision, Any]:
    """Decisions of the portfolio that were taken at any of `origins`."""
    places = Q(pk__in=[])
    for name, pk in origins:
        places |= Q(origin_type=name, origin_id=pk)
    rows: QuerySet[Decision, Any] = Decision.objects.visible_to(user).filter(places, portfolio=portfolio)
    return rows.select_related("portfolio", "owner")


def possible_owners(portfolio: Portfolio, *also: User | None) -> QuerySet[User, User]:
    """Whoever holds a role in the portfolio, those who steward its network, and `also`."""
    own = Q(grants__scope_type="portfolio", grants__scope_id=portfolio.pk)
    above = Q(grants__scope_type="network", grants__scope_id=portfolio.network_id, grants__role__in=("steward", "desk"))
    named = Q(pk__in=[each.pk for each in also if each is not None])
    return User.objects.filter(own | above | named, is_active=True).distinct().order_by("name", "pk")


def owners(portfolio: Portfolio) -> list[tuple[int, str]]:
    """Those who own a decision of the portfolio, for the filter. One query."""
    rows = Decision.objects.kept().filter(portfolio=portfolio, owner__isnull=False).order_by("owner_label")
    return list(rows.values_list("owner", "owner_label").distinct())
