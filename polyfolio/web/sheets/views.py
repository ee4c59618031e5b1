"""Placing many initiatives by a table: a template to begin from, what the table would change, taking it over, undo."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from polyfolio.audit.visibility import Viewer
from polyfolio.lib import sheets as reading
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import sheets
from polyfolio.sensemaking.models import PlacementSheet
from polyfolio.sensemaking.queries import sheets as queries
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.web.imports.uploads import limited, too_large
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding
from polyfolio.web.placements.words import DRIVER, PURPOSE, title_of
from polyfolio.web.sheets.columns import COLUMNS_EXPLAINED, template_of
from polyfolio.web.sheets.forms import SheetForm

EARLIER = 10
SHOWN = 200


def find(user: Viewer, slug: str, pk: int) -> PlacementSheet:
    """A table that was brought to a portfolio which `user` sees; raises DoesNotExist."""
    portfolio = finding.portfolio(user, slug)
    return PlacementSheet.objects.select_related("portfolio__network", "brought_by").get(portfolio=portfolio, pk=pk)


@csrf_protect
@page("sensemaking.place_any", find=finding.portfolio)
def begin(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Read a table and show what it would change; nothing is placed yet."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and too_large(request):
        form.is_valid()
        form.errors.pop("file", None)
        form.add_error("file", str(reading.too_large()))
    elif request.method == "POST" and form.is_valid():
        with refusals_in(form):
            file = form.cleaned_data["file"]
            if file.size > reading.MOST_BYTES:
                raise reading.too_large()
            checked = sheets.check(
                portfolio=portfolio, name=file.name, content=file.read(), by=request.user, at=timezone.now()
            )
            return go(request, checked)
    context = {
        "portfolio": portfolio,
        "form": form,
        "columns": COLUMNS_EXPLAINED,
        "limit": reading.MOST_BYTES // 1_000_000,
        "most_rows": reading.MOST_ROWS,
        "earlier": queries.of_portfolio(request.user, portfolio)[:EARLIER],
    }
    return show(request, "sheets/bring.html", context)


bring = csrf_exempt(limited(begin))


@page("sensemaking.place_any", find=finding.portfolio, methods=["GET"])
def template(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """A table to fill in, with the portfolio's initiatives and what one said of them already."""
    form = "csv" if request.GET.get("export") == "csv" else "xlsx"
    answer: HttpResponseBase = template_of(holding(portfolio, request.user), request.user, form)
    return answer


@page("sensemaking.see_sheet", find=find, methods=["GET"])
def sheet(request: OurRequest, sheet: PlacementSheet) -> HttpResponseBase:
    """What a table would change, or changed: row by row, and every problem with where it stands."""
    rows = [
        row | {"purpose_words": title_of(PURPOSE, row["purpose"]), "driver_words": title_of(DRIVER, row["driver"])}
        for row in sheet.rows[:SHOWN]
    ]
    context: dict[str, Any] = {
        "sheet": sheet,
        "portfolio": sheet.portfolio,
        "rows": rows,
        "problems": sheet.problems[:SHOWN],
        "placed": sum(1 for row in sheet.rows if row["is_placed"]),
        "moved": sum(1 for row in sheet.rows if row["zone"]),
        "shown": SHOWN,
        "may_take_over": may(request.user, "sensemaking.take_over_sheet", sheet),
    }
    return show(request, "sheets/sheet.html", context)


@page("sensemaking.take_over_sheet", find=find, methods=["POST"])
def take_over(request: OurRequest, sheet: PlacementSheet) -> HttpResponseBase:
    try:
        done = sheets.take_over(sheet=sheet, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, _("%(why)s Bring the table again.") % {"why": refusal}, is_problem=True)
    else:
        count = len(done.rows)
        say(request, ngettext("%s row is taken over.", "%s rows are taken over.", count) % count)
    return go(request, sheet)


@page("sensemaking.see_sheet", find=find, methods=["POST"])
def undo(request: OurRequest, sheet: PlacementSheet) -> HttpResponseBase:
    try:
        sheets.undo(sheet=sheet, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("What the table placed is taken back, and the zones are as they were."))
    return go(request, sheet)
