"""The frames that an address names, with the portfolio that is looked at through them."""

from __future__ import annotations

from dataclasses import dataclass

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame
from polyfolio.sensemaking.queries.frames import frame_named
from polyfolio.web.placements import finding


@dataclass(frozen=True)
class Through:
    """A portfolio seen through one of its frames; rules are asked of the portfolio."""

    portfolio: Portfolio
    frame: Frame


@dataclass(frozen=True)
class Pair:
    """Two frames of a portfolio, the second of which the first may be read as."""

    portfolio: Portfolio
    source: Frame
    target: Frame


def through(user: Viewer, slug: str, frame: str) -> Through:
    """Raises DoesNotExist where the portfolio has no such frame."""
    portfolio = finding.portfolio(user, slug)
    return Through(portfolio, frame_named(portfolio, frame))


def pair(user: Viewer, slug: str, frame: str, other: str) -> Pair:
    """Raises DoesNotExist where the portfolio has not both, where they are one, or where one holds facets."""
    portfolio = finding.portfolio(user, slug)
    source, target = frame_named(portfolio, frame), frame_named(portfolio, other)
    if source == target or FrameKind.FACETS in (source.kind, target.kind):
        raise Frame.DoesNotExist
    return Pair(portfolio, source, target)
