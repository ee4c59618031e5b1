"""Coming into a workshop with its code, and the room that everybody is in."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import may
from polyfolio.sensemaking.actions.meeting import sitting
from polyfolio.sensemaking.choices import WorkshopState
from polyfolio.sensemaking.models import Workshop, WorkshopSeat
from polyfolio.sensemaking.queries.looking_back import workshops as queries
from polyfolio.sensemaking.workshops.cards import DECK
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.workshops import guessing
from polyfolio.web.workshops.forms import JoinForm
from polyfolio.web.workshops.room import setup

DAYS = 2


def cookie_name(code: str) -> str:
    return f"seat-{code}"


def seat_at(request: HttpRequest, code: str) -> WorkshopSeat:
    """The seat that this device holds in the workshop; raises DoesNotExist."""
    key = request.COOKIES.get(cookie_name(code))
    if not key:
        raise WorkshopSeat.DoesNotExist
    return queries.seat_of(code, key)


@public(methods=["GET", "POST"])
def join(request: PageRequest) -> HttpResponseBase:
    """Type the code and a name, and sit down."""
    if guessing.is_over(request):
        return show(request, "workshops/too_many.html", status=429)
    name = str(request.user) if request.user.is_authenticated else ""
    form = JoinForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20], "name": name})
    if request.method == "POST" and form.is_valid():
        try:
            workshop = queries.by_code(form.cleaned_data["code"])
        except Workshop.DoesNotExist:
            guessing.count(request)
            form.add_error("code", _("No workshop has this code. Read it once more from the wall."))
        else:
            with refusals_in(form):
                return _seated(request, workshop, form.cleaned_data["name"])
    return show(request, "workshops/join.html", {"form": form})


def _seated(request: PageRequest, workshop: Workshop, name: str, *, leads: bool = False) -> HttpResponseBase:
    """On into the room: with the seat that this device has already, else with a new one."""
    try:
        seat = seat_at(request, workshop.code)
    except WorkshopSeat.DoesNotExist:
        seat = None
    if seat is not None and (seat.is_facilitator or not leads):
        return go(request, "workshop_room", code=workshop.code)
    user = request.user if isinstance(request.user, User) else None
    _seat, key = sitting.sit(workshop=workshop, name=name, user=user, at=timezone.now(), is_facilitator=leads)
    answer = go(request, "workshop_room", code=workshop.code)
    answer.set_cookie(
        cookie_name(workshop.code),
        key,
        max_age=DAYS * 24 * 60 * 60,
        path=reverse("workshop_join"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@page("sensemaking.run_workshop", find=queries.find, methods=["POST"])
def take_the_lead(request: OurRequest, workshop: Workshop) -> HttpResponseBase:
    """Sit down as the facilitator."""
    try:
        return _seated(request, workshop, str(request.user), leads=True)
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
        return go(request, workshop)


@public()
def room(request: PageRequest, code: str) -> HttpResponseBase:
    """The workshop as this seat sees it; whoever has none is asked for a name first."""
    try:
        seat = seat_at(request, code)
    except WorkshopSeat.DoesNotExist:
        return go(request, f"{reverse('workshop_join')}?code={code[:6]}" if code.isalnum() else "workshop_join")
    workshop = queries.by_code(code)
    leads = seat.is_facilitator and may(request.user, "sensemaking.run_workshop", workshop)
    context: dict[str, Any] = {
        "workshop": workshop,
        "seat": seat,
        "leads": leads,
        "is_ended": workshop.state == WorkshopState.ENDED,
        "deck": DECK,
        "setup": json.dumps(setup(workshop, seat, leads=leads)),
        "address": request.build_absolute_uri(reverse("workshop_join")),
    }
    response = show(request, "workshops/room.html", context)
    response["Cache-Control"] = "no-store"
    return response
