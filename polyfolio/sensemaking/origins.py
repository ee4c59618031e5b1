"""Where decisions lead back to: the hole, the stocktake or the workshop at which they were taken."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.models import Stocktake, WantedCell, Workshop
from polyfolio.sensemaking.queries.looking_back.decisions import register_origin


def _hole(pk: int, user: Viewer) -> tuple[str, str] | None:
    cell = WantedCell.objects.filter(pk=pk, portfolio__in=Portfolio.objects.visible_to(user)).first()
    if cell is None:
        return None
    query = urlencode({"row": cell.row_dimension, "column": cell.column_dimension})
    return _("a wanted place"), f"{reverse('portfolio_holes', args=[cell.portfolio.slug])}?{query}"


def _stocktake(pk: int, user: Viewer) -> tuple[str, str] | None:
    found = Stocktake.objects.visible_to(user).filter(pk=pk).select_related("portfolio").first()
    return None if found is None else (str(found), found.get_absolute_url())


def _workshop(pk: int, user: Viewer) -> tuple[str, str] | None:
    """The workshop for those who may read it, its stocktake for the others."""
    found = Workshop.objects.visible_to(user).filter(pk=pk).select_related("portfolio", "stocktake__portfolio").first()
    if found is None:
        return None
    if may(user, "sensemaking.read_workshop", found):
        return str(found), found.get_absolute_url()
    if found.stocktake is not None and not found.stocktake.is_deleted:
        return str(found), found.stocktake.get_absolute_url()
    return None


def register_all() -> None:
    register_origin("hole", _hole)
    register_origin("stocktake", _stocktake)
    register_origin("workshop", _workshop)
