"""The portfolio as it stood on any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.diamond import Diamond, diamond
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic import mixes
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.looking_back import asof
from polyfolio.web.pages import PageRequest, public, show
from polyfolio.web.placements import drift, finding
from polyfolio.web.portfolios.pictures import in_language


@dataclass(frozen=True)
class Slider:
    """The ends of months from the beginning to today; `place` is that of the day shown."""

    days: Sequence[date]
    place: int

    @property
    def last(self) -> int:
        return len(self.days) - 1

    @property
    def earlier(self) -> date | None:
        return self.days[self.place - 1] if self.place else None

    @property
    def later(self) -> date | None:
        return self.days[self.place + 1] if self.place < self.last else None

    @property
    def years(self) -> list[date]:
        """The last step of each year, the present one's being today."""
        return list({each.year: each for each in self.days}.values())


@public(find=finding.portfolio)
def replay(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Mix, zones and count on the day of `?on=`, or at the end of the `?month=`th month; today where none is named."""
    context = stepped(request.user, portfolio, request.GET, timezone.localdate())
    return show(request, "placements/replay.html", context, fragment="placements/_replay.html")


def stepped(user: Viewer, portfolio: Portfolio, query: QueryDict, today: date) -> dict[str, Any]:
    """One step of the replay; the number of queries does not grow with the portfolio."""
    held = holding(portfolio, user)
    first = asof.beginning(held)
    days = months(first, today)
    asked = _asked(query, days, first, today)
    on = asked.day or today
    then = asof.on_day(held, on)
    found = asof.stood(held, then, on)
    mix, target = found.mix(), asof.target_on(held, on)
    distance = mixes.distance(mix.shares, target.shares) if mix.shares and target is not None else None
    regions = regions_of(portfolio, FrameKind.ZONES)
    return {
        "portfolio": portfolio,
        "on": on,
        "is_today": on == today,
        "first": first,
        "problem": asked.problem,
        "slider": Slider(days, _nearest(days, on)),
        "found": found,
        "mix": mix,
        "distance": None if distance is None else round(100 * distance),
        "diamond": _drawn(mix, target.shares if target is not None else None),
        "zones": [(each.key, in_language(each.title), found.zones.get(each.pk, 0)) for each in regions],
        "no_zone": found.zones.get(None, 0),
        "here": reverse("portfolio_replay", args=[portfolio.slug]),
    }


def months(first: date | None, today: date) -> list[date]:
    """The last day of each month from the first one, and today."""
    days: list[date] = []
    day = first or today
    while True:
        end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        if end >= today:
            return [*days, today]
        days.append(end)
        day = end + timedelta(days=1)


def _asked(query: QueryDict, days: Sequence[date], first: date | None, today: date) -> drift.Asked:
    words, month = query.get("on", "").strip(), query.get("month", "")
    if words:
        return drift.day_of(words, first, today)
    if month.isascii() and month.isdigit() and len(month) < 6:
        return drift.Asked(days[min(int(month), len(days) - 1)])
    return drift.Asked()


def _nearest(days: Sequence[date], on: date) -> int:
    return next(place for place, day in enumerate(days) if day >= on or place == len(days) - 1)


def _drawn(mix: mixes.Mix, intended: dict[str, float] | None) -> Diamond:
    shares = {facet.value: share for facet, share in mix.shares.items()} if mix.shares else None
    return diamond(actual=shares, intended=intended)
