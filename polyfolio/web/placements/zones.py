"""Saying in which zone an initiative stands now, what drove it there, and where it stood before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.sensemaking.actions import zones
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, ZoneStay
from polyfolio.sensemaking.queries.frames import frame_named, frame_of
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show
from polyfolio.web.placements import finding, pages
from polyfolio.web.placements.forms import ZoneForm


@page("sensemaking.change_zone", find=finding.entry)
def change(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """End the present stay and begin one in another zone, of the frame that the address names."""
    portfolio, initiative = entry.portfolio, entry.initiative
    frame = _frame(portfolio, request.GET.get("frame", ""))
    regions = list(frame.regions.all())
    stays = pages.stays_of(portfolio, initiative, frame)
    current = next((stay for stay in stays if stay.until_on is None), None)
    form = ZoneForm(
        request.POST or None,
        regions=regions,
        has_stay=current is not None,
        initial=_initial(request, current),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            moved = zones.move(
                initiative=initiative,
                portfolio=portfolio,
                change=form.change(),
                saw=form.saw(current),
                frame=frame,
                by=request.user,
                at=timezone.now(),
            )
            _tell(request, entry, moved)
            board = request.GET.get("board")
            return go(request, _board(portfolio, board)) if board is not None else go(request, initiative)
    _say_who_moved_it(form, current)
    context = {
        "portfolio": portfolio,
        "initiative": initiative,
        "form": form,
        "frame": frame,
        "regions": regions,
        "stays": stays,
        "current": current,
        "chosen": next((region for region in regions if region.code == form["zone"].value()), None),
        "shown": _shown(entry, frame, request, current),
        "action": f"{request.path}?{request.GET.urlencode()}",
        "cancel": _board(portfolio, request.GET["board"]) if "board" in request.GET else initiative.get_absolute_url(),
    }
    return show(request, "placements/zone.html", context, fragment="placements/_zone_form.html")


@page("sensemaking.change_zone", find=finding.stay, methods=["POST"])
def undo(request: OurRequest, stay: ZoneStay) -> HttpResponseBase:
    """Take the move back that began this stay."""
    try:
        zones.take_back(stay=stay, by=request.user, at=timezone.now())
        say(request, _("“%s” stands where it stood before.") % stay.initiative)
    except RefusedError as refused:
        say(request, refused, is_problem=True)
    return go(request, _board(stay.portfolio, urlencode({"frame": stay.frame.code})))


def _frame(portfolio: Portfolio, code: str) -> Frame:
    """The frame that is asked for, else the default one; raises DoesNotExist for one that the portfolio has not."""
    return frame_named(portfolio, code, kind=FrameKind.ZONES) if code else frame_of(portfolio, FrameKind.ZONES)


def _board(portfolio: Portfolio, query: str) -> str:
    return f"{reverse('portfolio_board', args=[portfolio.slug])}?{query}"


def _initial(request: OurRequest, current: ZoneStay | None) -> dict[str, Any]:
    """A board names the zone on which the token was dropped, and the stay it showed."""
    return {
        "since_on": timezone.localdate(),
        "zone": request.GET.get("zone", ""),
        "seen": request.GET.get("seen", "") or (current.pk if current else ""),
    }


def _tell(request: OurRequest, entry: Entry, moved: zones.Moved) -> None:
    words: dict[str, Any] = {"initiative": entry.initiative, "zone": moved.stay.zone}
    undo = reverse("zone_undo", args=[entry.portfolio.slug, entry.initiative.slug, moved.stay.pk])
    say(request, _("“%(initiative)s” stands in %(zone)s.") % words, undo=undo)
    if moved.overtaken is not None:
        words |= {"who": moved.overtaken.decided_by or _("Somebody"), "earlier": moved.overtaken.zone}
        say(
            request,
            _(
                "%(who)s moved “%(initiative)s” to %(earlier)s a moment ago. Your move came after theirs;"
                " the history keeps both, and they are told."
            )
            % words,
            is_problem=True,
        )


def _say_who_moved_it(form: ZoneForm, current: ZoneStay | None) -> None:
    """Beside a refusal: that the initiative stands elsewhere than where the person saw it."""
    if form.is_bound and form.errors and current is not None and form.saw(current) != current.pk:
        words: dict[str, Any] = {"who": current.decided_by or _("Somebody"), "zone": current.zone}
        form.add_error(None, _("%(who)s moved it to %(zone)s a moment ago.") % words)


def _shown(entry: Entry, frame: Frame, request: OurRequest, current: ZoneStay | None) -> Sequence[ZoneStay]:
    """The stay that stands in a portfolio under this one, where this one says nothing of its own. Three queries."""
    if current is not None:
        return ()
    held = holding(entry.portfolio, request.user).through(frame)
    return list(held.stays().filter(initiative=entry.initiative).select_related("zone", "portfolio"))
