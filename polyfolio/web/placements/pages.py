"""What the pages of one initiative's place show: who said what, and where it stood before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from polyfolio.people.models import User
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.sensemaking.arithmetic.diamond import MIXED_WITHIN, facets_at
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, Placement, Standing, ZoneStay
from polyfolio.sensemaking.queries.frames import frame_of
from polyfolio.web.placements.words import DRIVER, PURPOSE, title_of


@dataclass(frozen=True)
class View:
    """Somebody's placement in words. Only the latest of each assessor counts, and the latest agreed one."""

    placement: Placement
    is_latest: bool
    mixed_within: float = MIXED_WITHIN

    @property
    def purpose(self) -> Any:
        return title_of(PURPOSE, self.placement.purpose)

    @property
    def driver(self) -> Any:
        return title_of(DRIVER, self.placement.driver)

    @property
    def facets(self) -> list[str]:
        """The facets it comes to; `mixed` where it stands in the middle."""
        return [facet.value for facet in facets_at(self.placement.x, self.placement.y, self.mixed_within)] or ["mixed"]

    @property
    def shares(self) -> list[tuple[str, float]]:
        return [(facet, share) for facet, share in (self.placement.shares or {}).items() if share]


def views_of(portfolio: Portfolio, initiative: Initiative) -> list[View]:
    """Every placement, the newest first. Two queries."""
    frame = frame_of(portfolio, FrameKind.FACETS)
    rows = Placement.objects.filter(portfolio=portfolio, initiative=initiative, frame=frame)
    seen: set[tuple[object, bool]] = set()
    found = []
    for row in rows.order_by("-placed_at", "-pk"):
        who = (None if row.is_agreed else row.assessor_id or row.assessor_label, row.is_agreed)
        found.append(View(row, who not in seen, frame.mixed_within))
        seen.add(who)
    return found


def standing_of(portfolio: Portfolio, initiative: Initiative) -> Standing | None:
    rows = Standing.objects.filter(portfolio=portfolio, initiative=initiative, region__isnull=True)
    return rows.order_by("-frame__portfolio").first()


def placing(user: User, entry: Entry) -> dict[str, Any]:
    """What stands beside the form: the present standing, and what everybody said."""
    portfolio, initiative = entry.portfolio, entry.initiative
    views = views_of(portfolio, initiative)
    own = next((each.placement for each in views if each.placement.assessor_id == user.pk), None)
    return {
        "portfolio": portfolio,
        "initiative": initiative,
        "views": views,
        "own": own,
        "assessors": sum(1 for each in views if each.is_latest and not each.placement.is_agreed),
        "standing": standing_of(portfolio, initiative),
        "may_agree": may(user, "sensemaking.agree", portfolio),
        "may_change_zone": may(user, "sensemaking.change_zone", entry),
        "questions": (("purpose", PURPOSE), ("driver", DRIVER)),
    }


def initial_of(own: Placement | None) -> dict[str, Any]:
    """What the person said last, to begin from."""
    if own is None:
        return {}
    return {"purpose": own.purpose, "driver": own.driver, "rationale": own.rationale} | (own.shares or {})


def stays_of(portfolio: Portfolio, initiative: Initiative, frame: Frame) -> Sequence[ZoneStay]:
    """Where it stood in the zones of a frame, the present stay first. One query."""
    rows = ZoneStay.objects.filter(portfolio=portfolio, initiative=initiative, frame=frame)
    return list(rows.select_related("zone", "decided_by").order_by("-since_on", "-pk"))
