"""The frames of a portfolio: which there are, making and changing one, and taking one out of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import prefetch_related_objects
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import frames as actions
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame
from polyfolio.sensemaking.queries import frames as queries
from polyfolio.web.frames import finding
from polyfolio.web.frames.finding import Through
from polyfolio.web.frames.forms import AxesFrameForm, FrameForm, Regions, frame_initial, given, regions_initial
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.placements.finding import portfolio as find_portfolio


@public(find=find_portfolio)
def frames(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Every frame through which the portfolio can be looked at, archived ones apart."""
    every = queries.frames_of(portfolio, has_archived=True)
    prefetch_related_objects(every, "regions")
    context = {
        "portfolio": portfolio,
        "frames": [each for each in every if each.archived_at is None],
        "archived": [each for each in every if each.archived_at is not None],
        "default": queries.default_of(every, FrameKind.ZONES),
        "may_define": may(request.user, "sensemaking.define_frame", portfolio),
    }
    return show(request, "frames/frames.html", context)


@page("sensemaking.define_frame", find=find_portfolio)
def new(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Make a frame of zones, or of two axes where `?kind=axes` says so."""
    kind = FrameKind.AXES if request.GET.get("kind") == "axes" else FrameKind.ZONES
    return _write(request, portfolio, kind, None)


@page("sensemaking.define_frame", find=finding.through)
def edit(request: OurRequest, place: Through) -> HttpResponseBase:
    """Rename a frame and its regions, add some, or take away what nothing stands in."""
    if place.frame.portfolio_id is None:
        say(request, _("“%s” comes with Polyfolio and stays as it is.") % place.frame, is_problem=True)
        return go(request, "frames", slug=place.portfolio.slug)
    return _write(request, place.portfolio, FrameKind(place.frame.kind), place.frame)


def _write(request: OurRequest, portfolio: Portfolio, kind: FrameKind, frame: Frame | None) -> HttpResponseBase:
    form_class = AxesFrameForm if kind == FrameKind.AXES else FrameForm
    form: FrameForm = form_class(request.POST or None, initial=frame_initial(frame) if frame else None)
    has_rows = kind == FrameKind.ZONES or frame is not None
    rows: Any = Regions(request.POST or None, initial=regions_initial(frame), prefix="regions") if has_rows else None
    is_whole = request.method == "POST" and form.is_valid() and (rows is None or rows.is_valid())
    if is_whole:
        with refusals_in(form):
            written = given(kind, form, rows.rows() if rows is not None else [], frame)
            saved = _save(request, portfolio, frame, written)
            say(request, _("“%s” is saved.") % saved)
            return go(request, "frames", slug=portfolio.slug)
    context = {
        "portfolio": portfolio,
        "frame": frame,
        "kind": kind.value,
        "form": form,
        "rows": rows,
    }
    return show(request, "frames/edit.html", context, status=422 if request.method == "POST" else 200)


def _save(request: OurRequest, portfolio: Portfolio, frame: Frame | None, written: actions.FrameGiven) -> Frame:
    if frame is None:
        return actions.define(portfolio=portfolio, given=written, by=request.user, at=timezone.now())
    return actions.redefine(frame=frame, given=written, by=request.user, at=timezone.now())


@page("sensemaking.define_frame", find=finding.through, methods=["POST"])
def make_default(request: OurRequest, place: Through) -> HttpResponseBase:
    """Look through this frame wherever the portfolio's zones are shown."""

    def act() -> str:
        actions.make_default(portfolio=place.portfolio, frame=place.frame, by=request.user, at=timezone.now())
        return _("The portfolio is now looked at through “%s”.") % place.frame

    return _done(request, place, act)


@page("sensemaking.define_frame", find=finding.through, methods=["POST"])
def archive(request: OurRequest, place: Through) -> HttpResponseBase:
    """Take a frame out of use; what stood in it stays readable."""

    def act() -> str:
        actions.archive(frame=place.frame, by=request.user, at=timezone.now())
        return _("“%s” is archived. What stood in it stays readable, and it can be restored.") % place.frame

    return _done(request, place, act)


@page("sensemaking.define_frame", find=finding.through, methods=["POST"])
def restore(request: OurRequest, place: Through) -> HttpResponseBase:
    """Bring an archived frame back into use."""

    def act() -> str:
        actions.restore(frame=place.frame, by=request.user, at=timezone.now())
        return _("“%s” is back.") % place.frame

    return _done(request, place, act)


@page("sensemaking.define_frame", find=finding.through, methods=["POST"])
def delete(request: OurRequest, place: Through) -> HttpResponseBase:
    """Delete a frame in which nothing ever stood; one in use is archived, and the page says so."""

    def act() -> str:
        if actions.delete(frame=place.frame, by=request.user, at=timezone.now()):
            return _("“%s” is deleted.") % place.frame
        return _("Initiatives stand or stood in “%s”, so it is archived instead of deleted.") % place.frame

    return _done(request, place, act)


def _done(request: OurRequest, place: Through, act: Callable[[], str]) -> HttpResponseBase:
    try:
        say(request, act())
    except RefusedError as refused:
        say(request, refused, is_problem=True)
    return go(request, "frames", slug=place.portfolio.slug)
