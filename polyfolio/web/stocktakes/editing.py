"""Beginning a stocktake, writing it, closing it with the figures of the day."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.actions import stocktakes as actions
from polyfolio.sensemaking.models import Stocktake
from polyfolio.sensemaking.queries.looking_back import stocktakes as queries
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.stocktakes.forms import StocktakeForm


@page("sensemaking.take_stock", find=portfolios.find)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = StocktakeForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        values = form.values()
        with refusals_in(form):
            made = actions.begin(
                portfolio=portfolio, title=values.pop("title"), values=values, by=request.user, at=timezone.now()
            )
            say(request, _("The stocktake is open. Close it when you are done, and it keeps the figures of that day."))
            return go(request, made)
    return show(request, "stocktakes/edit.html", {"portfolio": portfolio, "form": form})


@page("sensemaking.take_stock", find=queries.find)
def edit(request: OurRequest, stocktake: Stocktake) -> HttpResponseBase:
    form = StocktakeForm(request.POST or None, initial=StocktakeForm.initial_of(stocktake))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.edit(stocktake=stocktake, values=form.values(), by=request.user, at=timezone.now())
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, stocktake)
    return show(
        request, "stocktakes/edit.html", {"portfolio": stocktake.portfolio, "form": form, "stocktake": stocktake}
    )


@page("sensemaking.take_stock", find=queries.find, methods=["POST"])
def close(request: OurRequest, stocktake: Stocktake) -> HttpResponseBase:
    try:
        row = actions.close(stocktake=stocktake, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("Closed; the figures of today stay with it."), undo=row)
    return go(request, stocktake)


@page("sensemaking.take_stock", find=queries.find, methods=["POST"])
def reopen(request: OurRequest, stocktake: Stocktake) -> HttpResponseBase:
    row = actions.reopen(stocktake=stocktake, by=request.user, at=timezone.now())
    say(request, _("It is open again."), undo=row)
    return go(request, stocktake)


@page("sensemaking.take_stock", find=queries.find, methods=["POST"])
def delete(request: OurRequest, stocktake: Stocktake) -> HttpResponseBase:
    row = actions.delete(stocktake=stocktake, by=request.user, at=timezone.now())
    say(request, _("“%s” is deleted.") % stocktake, undo=row)
    return go(request, "stocktakes", slug=stocktake.portfolio.slug)
