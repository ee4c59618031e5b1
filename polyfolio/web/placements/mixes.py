"""The mix of a portfolio by count, money or priority, and the mix that its stewards intend."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import intentions
from polyfolio.sensemaking.queries.intentions import target_mix
from polyfolio.web.lists import EXPORTS, file_of
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.placements import finding, mixing
from polyfolio.web.placements.columns import MIX_COLUMNS
from polyfolio.web.placements.forms import TargetForm


@public(find=finding.portfolio)
def mix(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """What the initiatives are for, weighed as `?by=count|priority|money` asks, beside what is intended."""
    context = mixing.shown(request.user, portfolio, request.GET, timezone.now())
    if request.GET.get("export") in EXPORTS:
        return file_of(MIX_COLUMNS, context["rows"], name=f"{portfolio.slug}-mix", form=request.GET["export"])
    return show(request, "placements/mix.html", context)


@page("sensemaking.set_target_mix", find=finding.portfolio)
def target(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Set the intended mix, with the reason; earlier ones stay readable."""
    current = target_mix(portfolio)
    form = TargetForm(request.POST or None, initial=TargetForm.initial_of(current.shares if current else None))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            intentions.set_target_mix(
                portfolio=portfolio,
                shares=form.parts(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("The intended mix is set."))
            return go(request, "portfolio_mix", slug=portfolio.slug)
    return show(request, "placements/target.html", {"portfolio": portfolio, "form": form, "current": current})
