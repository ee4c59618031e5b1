"""Which frame a portfolio looks through: the one that is asked for, its default one, else the built-in one."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Crosswalk, Frame, Placement, Region, TargetMix, ZoneStay

OWN_FIRST = F("portfolio_id").desc(nulls_last=True)


def frame_of(portfolio: Portfolio, kind: FrameKind) -> Frame:
    """The frame of this kind that the portfolio looks through unless another is asked for. One query."""
    return _candidates(portfolio.pk).filter(kind=kind).order_by(OWN_FIRST, "pk")[0]


def regions_of(portfolio: Portfolio, kind: FrameKind) -> list[Region]:
    """The zones or facets of that frame, in their order. One query."""
    frame = _candidates(portfolio.pk).filter(kind=kind).order_by(OWN_FIRST, "pk").values("pk")[:1]
    return list(Region.objects.filter(frame=frame).select_related("frame"))


def regions_by_frame(portfolio: Portfolio) -> list[Region]:
    """The regions of the frames that the portfolio looks through by default, and of the built-in. One query."""
    return list(Region.objects.filter(frame__in=_candidates(portfolio.pk)).select_related("frame"))


def frames_of(portfolio: Portfolio, *kinds: FrameKind, has_archived: bool = False) -> list[Frame]:
    """Every frame that the portfolio can be looked at through: built-in ones, then its own. One query."""
    rows = Frame.objects.filter(Q(portfolio=portfolio) | Q(portfolio__isnull=True))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if not has_archived:
        rows = rows.filter(archived_at__isnull=True)
    return list(rows.order_by(F("portfolio_id").asc(nulls_first=True), "pk"))


def frame_named(portfolio: Portfolio, code: str, *, kind: FrameKind | None = None) -> Frame:
    """The portfolio's own or built-in frame of that code, archived or not; raises DoesNotExist. One query."""
    rows = Frame.objects.filter(Q(portfolio=portfolio) | Q(portfolio__isnull=True), code=code)
    found = (rows.filter(kind=kind) if kind else rows).order_by(OWN_FIRST).first()
    if found is None:
        raise Frame.DoesNotExist
    return found


def default_of(frames: Sequence[Frame], kind: FrameKind) -> Frame:
    """The one of these that a portfolio looks through unless another is asked for."""
    own = (each for each in frames if each.kind == kind and each.is_default)
    return next(own, None) or next(each for each in frames if each.kind == kind and each.portfolio_id is None)


def is_used(frame: Frame) -> bool:
    """Whether anything stands, stood or is intended in it. Three queries at most."""
    return any(rows.objects.filter(frame=frame).exists() for rows in (ZoneStay, Placement, TargetMix))


def crosswalk(portfolio: Portfolio, source: Frame, target: Frame) -> dict[int, int]:
    """Region of one frame → region of the other, by their ids, as far as stewards wrote it down. One query."""
    rows = Crosswalk.objects.filter(portfolio=portfolio, source__frame=source, target_frame=target)
    return dict(rows.values_list("source_id", "target_id"))


def _candidates(portfolio_id: int) -> QuerySet[Frame, Frame]:
    return Frame.objects.filter(Q(portfolio=portfolio_id, is_default=True) | Q(portfolio__isnull=True))
