"""Who looks after what in a portfolio: people, positions, organisations by role, and what has nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.stewardship import Stewardship
from polyfolio.sensemaking.queries.stewardship import stewardship as found_in
from polyfolio.web.pages import PageRequest, public, show
from polyfolio.web.placements import finding
from polyfolio.web.portfolios.pictures import list_of


@dataclass(frozen=True)
class Bar:
    """A line of the map: its words, how many initiatives, their list, and the width of its bar in percent."""

    label: str
    count: int
    href: str
    width: int
    more: str = ""


@public(find=finding.portfolio)
def stewardship(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """As far as the reader sees people, organisations and initiatives."""
    now = timezone.now()
    found = found_in(holding(portfolio, request.user), now)
    context = {
        "portfolio": portfolio,
        "found": found,
        "nobody": _nobody(portfolio, found),
        "positions": _positions(portfolio, found),
        "today": now.date(),
        "may_steward": may(request.user, "portfolios.steward_portfolio", portfolio),
        "may_edit": may(request.user, "portfolios.edit_portfolio", portfolio),
    }
    return show(request, "stewardship/stewardship.html", context)


def _nobody(portfolio: Portfolio, found: Stewardship) -> list[Bar]:
    """What has nobody, each with the list of it; what is looked after is left out."""
    bars = [
        Bar(
            _("No organisation answers for them"),
            found.without_owner,
            list_of(portfolio, owner="none"),
            _width(found.without_owner, found.total),
        ),
        Bar(
            _("Nobody speaks here for the organisation that answers for them"),
            found.without_focal_point - found.without_owner,
            list_of(portfolio, owner="some", focal_point="none"),
            _width(found.without_focal_point - found.without_owner, found.total),
        ),
        Bar(
            _("They stand for no position"),
            found.without_position,
            list_of(portfolio, position="-"),
            _width(found.without_position, found.total),
        ),
    ]
    return [each for each in bars if each.count]


def _positions(portfolio: Portfolio, found: Stewardship) -> list[tuple[Any, Bar]]:
    most = max((each.count for each in found.positions), default=0)
    return [
        (
            each.position,
            Bar(
                each.position.label,
                each.count,
                list_of(portfolio, position=each.position.pk),
                _width(each.count, most),
            ),
        )
        for each in found.positions
    ]


def _width(part: int, whole: int) -> int:
    """Never nothing where there is something."""
    return max(1, round(100 * part / whole)) if part and whole else 0
