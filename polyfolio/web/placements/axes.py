"""Placing one initiative between the two axes of a steward's frame."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.sensemaking.actions import axes
from polyfolio.sensemaking.models import Placement
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding
from polyfolio.web.placements.finding import Between
from polyfolio.web.placements.forms import AxesForm


@page("sensemaking.place", find=finding.between)
def place(request: OurRequest, place: Between) -> HttpResponseBase:
    """Say where it stands between both axes; earlier views stay, and the newest of each person counts."""
    views = Placement.objects.filter(portfolio=place.portfolio, initiative=place.initiative, frame=place.frame)
    earlier = list(views.select_related("assessor").order_by("-placed_at", "-pk"))
    own = next((each for each in earlier if each.assessor_id == request.user.pk), None)
    initial = {"x": round(100 * own.x), "y": round(100 * own.y), "rationale": own.rationale} if own else {}
    form = AxesForm(request.POST or None, initial=initial, frame=place.frame)
    if not may(request.user, "sensemaking.agree", place.portfolio):
        del form.fields["is_agreed"]
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            axes.place(
                initiative=place.initiative,
                portfolio=place.portfolio,
                frame=place.frame,
                spot=form.spot(),
                is_agreed=form.cleaned_data.get("is_agreed", False),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("“%s” is placed.") % place.initiative)
            board = reverse("portfolio_board", args=[place.portfolio.slug])
            return go(request, f"{board}?{urlencode({'frame': place.frame.code})}")
    context = {
        "portfolio": place.portfolio,
        "initiative": place.initiative,
        "frame": place.frame,
        "form": form,
        "views": [(each, round(100 * each.x), round(100 * each.y)) for each in earlier],
    }
    return show(request, "placements/axes.html", context)
