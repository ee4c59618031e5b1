"""Saying in which zone an initiative stands now, what drove it there, and where it stood before."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.portfolios.models import Entry
from polyfolio.sensemaking.actions import zones
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding, pages
from polyfolio.web.placements.forms import ZoneForm
from polyfolio.web.portfolios.pictures import zone_key


@page("sensemaking.change_zone", find=finding.entry)
def change(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """End the present stay and begin one in another zone."""
    portfolio, initiative = entry.portfolio, entry.initiative
    regions = regions_of(portfolio, FrameKind.ZONES)
    stays = pages.stays_of(portfolio, initiative)
    current = next((stay for stay in stays if stay.until_on is None), None)
    form = ZoneForm(
        request.POST or None,
        regions=regions,
        has_stay=current is not None,
        initial={"since_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            stay = zones.change(
                initiative=initiative, portfolio=portfolio, change=form.change(), by=request.user, at=timezone.now()
            )
            say(request, _("“%(initiative)s” stands in %(zone)s.") % {"initiative": initiative, "zone": stay.zone})
            return go(request, initiative)
    context = {
        "portfolio": portfolio,
        "initiative": initiative,
        "form": form,
        "regions": [(region, zone_key(region.code)) for region in regions],
        "stays": [(stay, zone_key(stay.zone.code)) for stay in stays],
        "current": current,
    }
    return show(request, "placements/zone.html", context)
