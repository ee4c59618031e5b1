"""Which frame a portfolio looks through: its own, else the built-in one."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, Region

OWN_FIRST = F("portfolio_id").desc(nulls_last=True)


def frame_of(portfolio: Portfolio, kind: FrameKind) -> Frame:
    """The portfolio's own frame of this kind where it has one, else the built-in one. One query."""
    return _candidates(portfolio.pk).filter(kind=kind).order_by(OWN_FIRST, "pk")[0]


def regions_of(portfolio: Portfolio, kind: FrameKind) -> list[Region]:
    """The zones or facets of that frame, in their order. One query."""
    frame = _candidates(portfolio.pk).filter(kind=kind).order_by(OWN_FIRST, "pk").values("pk")[:1]
    return list(Region.objects.filter(frame=frame).select_related("frame"))


def regions_by_frame(portfolio: Portfolio) -> list[Region]:
    """The regions of every frame that the portfolio might look through, its own and the built-in. One query."""
    return list(Region.objects.filter(frame__in=_candidates(portfolio.pk)).select_related("frame"))


def _candidates(portfolio_id: int) -> QuerySet[Frame, Frame]:
    return Frame.objects.filter(Q(portfolio=portfolio_id) | Q(portfolio__isnull=True))
