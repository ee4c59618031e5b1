"""The portfolio, or the initiative that it holds, as these pages are addressed."""

from __future__ import annotations

from dataclasses import dataclass

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.portfolios.queries import initiatives
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, ZoneStay
from polyfolio.sensemaking.queries.frames import frame_named
from polyfolio.sensemaking.queries.holdings import holding


def portfolio(user: Viewer, slug: str) -> Portfolio:
    """The portfolio at that address; raises DoesNotExist where `user` sees none."""
    found: Portfolio = Portfolio.objects.visible_to(user).select_related("network").get(slug=slug)
    return found


def entry(user: Viewer, portfolio: str, slug: str) -> Entry:
    """The initiative at `slug` as the portfolio holds it, itself or through one under it; raises DoesNotExist.

    The entry is of the portfolio at the address, which is the one that rules are asked about.
    """
    place = Portfolio.objects.visible_to(user).select_related("network").get(slug=portfolio)
    initiative: Initiative = initiatives.find(user, slug)
    held = holding(place, user).entries().filter(initiative=initiative)
    if not held.exists():
        raise Entry.DoesNotExist
    return Entry(portfolio=place, initiative=initiative)


@dataclass(frozen=True)
class Between:
    """An initiative that a portfolio holds, and a frame of two axes to place it in; rules are asked as of an entry."""

    portfolio: Portfolio
    initiative: Initiative
    frame: Frame


def between(user: Viewer, portfolio: str, slug: str, frame: str) -> Between:
    """The initiative as the portfolio holds it, and that frame of axes; raises DoesNotExist."""
    found = entry(user, portfolio, slug)
    return Between(found.portfolio, found.initiative, frame_named(found.portfolio, frame, kind=FrameKind.AXES))


def stay(user: Viewer, portfolio: str, slug: str, pk: int) -> ZoneStay:
    """A stay of an initiative that the portfolio holds; raises DoesNotExist."""
    found = entry(user, portfolio, slug)
    rows = ZoneStay.objects.filter(portfolio=found.portfolio, initiative=found.initiative)
    return rows.select_related("portfolio", "initiative", "zone").get(pk=pk)
