"""Placing one initiative on the facets: two questions in plain words, and what others answered."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.portfolios.models import Entry
from polyfolio.sensemaking.actions import placements
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding, pages
from polyfolio.web.placements.forms import PlaceForm
from polyfolio.web.placements.suggested import suggestion_for


@page("sensemaking.place", find=finding.entry)
def place(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """Say what an initiative is for; earlier answers stay, and the newest of each person counts."""
    suggestion = suggestion_for(entry.initiative)
    context = pages.placing(request.user, entry) | {"suggestion": suggestion}
    initial = pages.initial_of(context["own"])
    if suggestion is not None and request.GET.get("use") == "suggestion":
        initial |= {"purpose": suggestion.facet.value, "driver": suggestion.facet.value}
    form = PlaceForm(request.POST or None, initial=initial)
    if not context["may_agree"]:
        del form.fields["is_agreed"]
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            placements.place(
                initiative=entry.initiative,
                portfolio=entry.portfolio,
                answers=form.answers(),
                is_agreed=form.cleaned_data.get("is_agreed", False),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("“%s” is placed.") % entry.initiative)
            return go(request, entry.initiative)
    return show(request, "placements/place.html", context | {"form": form})
