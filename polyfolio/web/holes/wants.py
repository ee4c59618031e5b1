"""Saying which cells are wanted, and which no longer are."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import intentions
from polyfolio.sensemaking.models import WantedCell
from polyfolio.sensemaking.queries.intentions import marked, wants_in
from polyfolio.web.holes.addresses import address
from polyfolio.web.holes.forms import PLACE, WantForm, asked
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding


@page("sensemaking.mark_wanted", find=finding.portfolio)
def want(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Say that a cell should hold more, how much, and why; asked again, change that."""
    place = _place(request)
    present = _present(portfolio, place)
    initial: dict[str, Any] = dict(place)
    if present is not None:
        initial |= {"threshold": present.threshold, "reason": present.reason}
    form = WantForm(request.POST or None, initial=initial, portfolio=portfolio, viewer=request.user, place=place)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row, column = form.cell()
            intentions.mark_wanted(
                portfolio=portfolio,
                row=row,
                column=column,
                threshold=form.cleaned_data["threshold"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("It is marked as wanted."))
            return go(request, address(portfolio, row=row[0], column=column[0]))
    context = {
        "portfolio": portfolio,
        "form": form,
        "present": present,
        "back": address(portfolio, row=place["row"], column=place["column"]),
    }
    return show(request, "holes/want.html", context)


def _place(request: OurRequest) -> dict[str, str]:
    """The cell that the address, or what was sent, names; its dimensions are always two different ones."""
    given = request.POST if request.method == "POST" else request.GET
    shape = asked(given)
    place = {name: given.get(name, "") for name in PLACE}
    return place | {"row": shape.row.value, "column": shape.column.value}


def _present(portfolio: Portfolio, place: dict[str, str]) -> WantedCell | None:
    return wants_in(marked(portfolio), place["row"], place["column"]).get((place["row_key"], place["column_key"]))


@page("sensemaking.mark_wanted", find=finding.portfolio, methods=["POST"])
def unwant(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """A cell is no longer wanted; the history keeps why it was, and why it is not."""
    asked_for = request.POST.get("cell", "")
    cell = portfolio.wanted_cells.get(pk=int(asked_for) if asked_for.isdigit() else 0)
    reason = request.POST.get("reason", "").strip()
    row, column = cell.row_dimension, cell.column_dimension
    intentions.no_longer_wanted(cell=cell, by=request.user, at=timezone.now(), reason=reason)
    say(request, _("It is no longer wanted; the history keeps why it was."))
    return go(request, address(portfolio, row=row, column=column))
