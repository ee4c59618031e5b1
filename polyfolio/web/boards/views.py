"""The board of a portfolio: a frame's zones as fields, the initiatives upon them."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone

from polyfolio.portfolios.models import Portfolio
from polyfolio.web.boards import pages
from polyfolio.web.boards.columns import STAY_COLUMNS, stay_rows
from polyfolio.web.lists import EXPORTS, file_of
from polyfolio.web.pages import PageRequest, public, show
from polyfolio.web.placements import finding


@public(find=finding.portfolio)
def board(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Who stands where, through the frame that `?frame=` names; `?through=` reads it as another by their crosswalk."""
    context = pages.board(request.user, portfolio, request.GET, timezone.now())
    if request.GET.get("export") in EXPORTS:
        rows = stay_rows(context["tokens"])
        return file_of(STAY_COLUMNS, rows, name=f"{portfolio.slug}-zones", form=request.GET["export"])
    return show(request, "boards/board.html", context)
