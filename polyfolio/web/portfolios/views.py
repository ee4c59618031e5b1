"""Portfolios: their list, the overview, deleting."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.portfolios.actions import portfolios
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios as queries
from polyfolio.web.pages import OurRequest, PageRequest, go, page, paginate, public, say, show
from polyfolio.web.portfolios import pages
from polyfolio.web.portfolios.network import asked_network, stewarded


@public()
def portfolios_list(request: PageRequest) -> HttpResponseBase:
    """Every portfolio that the reader sees; with `?network=slug`, those of one network."""
    network = asked_network(request)
    context: dict[str, Any] = {
        "page": paginate(request, queries.listed(request.user, network)),
        "network": network,
        "may_create": may(request.user, "portfolios.create_portfolio", network)
        if network is not None
        else stewarded(request.user).exists(),
    }
    return show(request, "portfolios/portfolios.html", context)


@public(find=queries.find)
def portfolio(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """What it is for, three figures that open their lists, the pictures, and what moved."""
    return show(request, "portfolios/portfolio.html", pages.overview(request.user, portfolio, timezone.now()))


@page("portfolios.delete_portfolio", find=queries.find, methods=["POST"])
def delete(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Delete at once; the toast takes it back. Its initiatives stay."""
    row = portfolios.delete(portfolio=portfolio, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted; its initiatives stay.") % portfolio, undo=row)
    return go(request, "portfolios")
