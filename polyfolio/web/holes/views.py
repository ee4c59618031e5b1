"""What a portfolio has, any two dimensions against each other, and what is missing."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone

from polyfolio.lib.pictures.holes import Heading
from polyfolio.lib.tables import Column
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.intentions import wanted
from polyfolio.web.holes import pages
from polyfolio.web.holes.forms import asked, dimension_choices, mended
from polyfolio.web.lists import EXPORTS, file_of
from polyfolio.web.pages import PageRequest, public, show
from polyfolio.web.placements import finding


@public(find=finding.portfolio)
def holes(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Any two dimensions as a matrix, and everything that is wanted; `?mark=` makes each cell lead to wanting it."""
    shape = asked(request.GET)
    if request.GET.get("export") in EXPORTS:
        return _file(request, portfolio, shape, request.GET["export"])
    is_marking = bool(request.GET.get("mark"))
    context = pages.holes(request.user, portfolio, shape, is_marking=is_marking, at=timezone.now())
    more = {"dimensions": dimension_choices(), "mended": mended(request.GET, shape)}
    return show(request, "holes/holes.html", context | more)


def _file(request: PageRequest, portfolio: Portfolio, shape: pages.Shape, form: str) -> HttpResponseBase:
    """The whole matrix, also what does not fit on the page; an empty cell is a zero."""
    held = holding(portfolio, request.user)
    found = pages.table(request.user, portfolio, held, shape, wanted(portfolio))
    columns: list[Column[Heading]] = [Column("row", shape.row.label, lambda row: row.label)]
    columns += [_column(found, heading) for heading in found.columns]
    return file_of(columns, found.rows, name=f"{portfolio.slug}-{shape.row}-{shape.column}", form=form)


def _column(found: pages.Table, heading: Heading) -> Column[Heading]:
    return Column(heading.key, heading.label, lambda row: found.counts.get((row.key, heading.key), 0), is_number=True)
