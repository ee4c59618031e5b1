"""The portfolio, or the initiative that it holds, as these pages are addressed."""

from __future__ import annotations

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.portfolios.queries import initiatives
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
