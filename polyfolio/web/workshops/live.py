"""What devices ask and tell while a workshop runs: plain HTTP, once a second, in JSON."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError
from polyfolio.sensemaking.actions.meeting import sitting
from polyfolio.sensemaking.models import WorkshopSeat
from polyfolio.sensemaking.queries.looking_back import workshops as queries
from polyfolio.sensemaking.workshops.acting import Given, given_from, is_hidden
from polyfolio.web.pages import PageRequest, public
from polyfolio.web.workshops.joining import seat_at

LONGEST_BODY = 400_000


@public()
def since(request: PageRequest, code: str, sequence: int) -> HttpResponseBase:
    """What happened after that number, as far as this seat may see it; 304 where nothing did."""
    seat = seat_at(request, code)
    tag = f'"{seat.workshop.last_sequence}-{seat.pk}"'
    if request.headers.get("If-None-Match") == tag and sequence >= seat.workshop.last_sequence:
        answer: HttpResponseBase = HttpResponse(status=304)
    else:
        answer = JsonResponse(_news(seat, sequence))
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _news(seat: WorkshopSeat, since: int) -> dict[str, Any]:
    workshop = seat.workshop
    acts = queries.shown_to(seat, since)
    number = workshop.current_step
    hides = is_hidden(workshop.steps[number], number, workshop.revealed)
    ends = workshop.timer_ends_at
    return {
        "sequence": acts[-1][0] if len(acts) == queries.SHOWN else max(workshop.last_sequence, since),
        "state": workshop.state,
        "step": number,
        "revealed": workshop.revealed,
        "timer": {"ends": None if ends is None else round(ends.timestamp() * 1000), "seconds": workshop.timer_seconds},
        "now": round(timezone.now().timestamp() * 1000),
        "acted": queries.acted(workshop, number) if hides else None,
        "acts": acts,
    }


@public(methods=["POST"])
def acts(request: PageRequest, code: str) -> HttpResponseBase:
    """Keep what the device did, each act once; the answer holds what happened since as well."""
    seat = seat_at(request, code)
    try:
        told = _body(request)
        given, refused = _given(told.get("acts"))
        behind = int(told.get("since", 0))
    except (RefusedError, ValueError, TypeError) as problem:
        return JsonResponse({"detail": str(problem) or _("That is not an act.")}, status=400)
    answers = [*refused, *sitting.act(seat=seat, given=given, at=timezone.now())]
    return JsonResponse({"answers": [each.__dict__ for each in answers], **_news(seat, behind)})


def _body(request: PageRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise RefusedError(_("That is too much at once."))
    told = json.loads(request.body)
    if not isinstance(told, dict):
        raise RefusedError(_("That is not an act."))
    return told


def _given(told: Any) -> tuple[list[Given], list[sitting.Answer]]:
    """The acts that have a shape, and an answer to each that has none but a name."""
    if not isinstance(told, list) or len(told) > sitting.MOST_AT_ONCE:
        raise RefusedError(_("Send a list of at most %s acts.") % sitting.MOST_AT_ONCE)
    given, refused = [], []
    for each in told:
        try:
            given.append(given_from(each))
        except RefusedError as refusal:
            name = each.get("client_id") if isinstance(each, dict) else None
            if not isinstance(name, str):
                raise
            refused.append(sitting.Answer(name, refused=str(refusal)))
    return given, refused


@public(methods=["POST"])
def lead(request: PageRequest, code: str) -> HttpResponseBase:
    """What only the facilitator does: start, step, timer, reveal, pitch."""
    seat = seat_at(request, code)
    if not seat.is_facilitator or not isinstance(request.user, User):
        raise NotAllowedError("sensemaking.run_workshop")
    given = request.POST.dict()
    try:
        sitting.lead(seat=seat, kind=str(given.get("kind", "")), given=given, by=request.user, at=timezone.now())
        behind = int(given.get("since", 0) or 0)
    except (RefusedError, ValueError) as problem:
        return JsonResponse({"detail": str(problem)}, status=400)
    return JsonResponse(_news(seat_at(request, code), behind))
