"""The order in which one goes through a portfolio's initiatives, and where one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from polyfolio.people.models import User
from polyfolio.people.rules import may
from polyfolio.portfolios.choices import OWNING_ROLES, PortfolioClass
from polyfolio.portfolios.models import Participation, Portfolio
from polyfolio.portfolios.rules import OWNING
from polyfolio.sensemaking.models import Placement
from polyfolio.sensemaking.queries.holdings import Holding

END = "end"
OWN = "own"
ASKED_CLASSES = (PortfolioClass.CORE, PortfolioClass.AFFILIATED)


@dataclass(frozen=True)
class Run:
    """Initiatives in the order in which one is asked: one's own first, then those that nobody else placed, by title.

    The order stays the same while one goes on, whatever one answers. `only` is `own` where just these are asked for.
    """

    portfolio: Portfolio
    only: str
    ids: Sequence[int]
    placed: frozenset[int]

    @property
    def waiting(self) -> list[int]:
        return [pk for pk in self.ids if pk not in self.placed]

    @property
    def total(self) -> int:
        return len(self.ids)

    def here(self, asked: str) -> int | None:
        """The initiative at that address, else the first one that waits; none at the end."""
        if asked.isdigit() and int(asked) in self.ids:
            return int(asked)
        waiting = self.waiting
        return None if asked == END or not waiting else waiting[0]

    def number(self, pk: int) -> int:
        return self.ids.index(pk) + 1

    def after(self, pk: int) -> str:
        """The next one that waits behind it, or the end."""
        behind = [each for each in self.ids[self.number(pk) :] if each not in self.placed]
        return str(behind[0]) if behind else END

    def before(self, pk: int | None) -> int | None:
        """The one before it, placed or not; at the end the last one."""
        place = len(self.ids) if pk is None else self.number(pk) - 1
        return self.ids[place - 1] if place > 0 else None

    def address(self, **query: Any) -> str:
        path = reverse("portfolio_place", args=[self.portfolio.slug])
        given = ({"only": self.only} if self.only else {}) | query
        return f"{path}?{urlencode(given)}" if given else path


def run_of(held: Holding, user: User, only: str = "") -> Run:
    """What the person is asked to place: five queries.

    Who takes no part in the portfolio is asked for the initiatives of their own organisations alone, and so is
    whoever follows a link that says so and has any.
    """
    own = _own(held, user)
    rows = Placement.objects.filter(portfolio=held.portfolio, frame=held.facet_frame).order_by()
    placed = frozenset(rows.filter(assessor=user).values_list("initiative_id", flat=True))
    by_others = set(rows.exclude(assessor=user).values_list("initiative_id", flat=True))
    every = list(held.members().order_by("label", "pk").values_list("pk", flat=True))
    if not may(user, "sensemaking.place_any", held.portfolio):
        every = [pk for pk in every if pk in own]
    asked = own & _asked(held) if only == OWN else set()
    is_own = bool(asked)
    ids = [pk for pk in every if pk in asked] if is_own else every
    ids.sort(key=lambda pk: (pk not in own, pk in by_others))
    return Run(held.portfolio, OWN if is_own else "", ids, placed)


def _own(held: Holding, user: User) -> set[int]:
    speaks_for = user.access.ids("organisation", OWNING)
    if not speaks_for:
        return set()
    rows = Participation.objects.filter(organisation__in=speaks_for, role__in=OWNING_ROLES)
    return set(rows.filter(initiative__in=held.entries().values("initiative")).values_list("initiative_id", flat=True))


def _asked(held: Holding) -> set[int]:
    rows = held.entries().filter(portfolio_class__in=ASKED_CLASSES)
    return set(rows.order_by().values_list("initiative_id", flat=True))
