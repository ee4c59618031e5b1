"""The respondent's way: begin, one question a step, what is still open, hand in, and their own result."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.sensemaking.actions import exploration_responses as responses
from polyfolio.sensemaking.exploration import scoring
from polyfolio.sensemaking.exploration.answers import LONGEST_NOTE, read_answer, read_ticks
from polyfolio.sensemaking.exploration.items import Item, ItemKind, all_items
from polyfolio.sensemaking.models import ExplorationResponse
from polyfolio.sensemaking.queries import explorations
from polyfolio.web.explorations import pictures
from polyfolio.web.explorations.questions import asked_with, listed
from polyfolio.web.explorations.seats import Seat, remember, seated
from polyfolio.web.pages import PageRequest, is_fragment, public, say, show

BOTH = ("GET", "POST")


@public(methods=BOTH)
@seated
def start(request: PageRequest, seat: Seat) -> HttpResponseBase:
    """What is asked and who sees it; then begin, or go on where one stopped."""
    if request.method == "POST" and seat.response is None:
        key = seat.new_key()
        try:
            responses.begin(exploration=seat.exploration, key=key, by=seat.user, at=timezone.now())
        except RefusedError as refusal:
            say(request, refusal, is_problem=True)
            return HttpResponseRedirect(seat.address())
        return remember(_to_step(seat, 1), seat, key)
    return show(request, "explorations/answer/start.html", _context(seat))


@public(methods=BOTH)
@seated
def step(request: PageRequest, seat: Seat, number: int) -> HttpResponseBase:
    """One question; what is chosen is kept at once, by htmx or by going on."""
    items = all_items()
    if not 1 <= number <= len(items):
        raise Http404
    if seat.response is None:
        return HttpResponseRedirect(seat.address())
    if seat.response.submitted_at is not None and request.method != "POST":
        return HttpResponseRedirect(seat.address("exploration_result"))
    asked = items[number - 1]
    problem = ""
    if request.method == "POST":
        try:
            _save(seat.response, asked, request.POST)
        except RefusedError as refusal:
            problem = str(refusal)
        if is_fragment(request):
            said = {"problem": problem, "saved_at": timezone.now()}
            return show(request, "explorations/answer/_saved.html", said)
        if not problem:
            return _onward(request, seat, number)
    context = _context(seat) | asked_with(seat.response, asked, request.POST if problem else None)
    context |= {"number": number, "problem": problem, "longest_note": LONGEST_NOTE}
    return show(request, "explorations/answer/step.html", context, status=422 if problem else 200)


@public(methods=BOTH)
@seated
def overview(request: PageRequest, seat: Seat) -> HttpResponseBase:
    """What is answered and what is open; hand it in from here."""
    if seat.response is None:
        return HttpResponseRedirect(seat.address())
    if request.method == "POST":
        try:
            responses.submit(response=seat.response, at=timezone.now())
        except RefusedError as refusal:
            say(request, refusal, is_problem=True)
            return HttpResponseRedirect(seat.address("exploration_overview"))
        return HttpResponseRedirect(seat.address("exploration_result"))
    context = _context(seat) | {"listed": listed(seat.response)}
    return show(request, "explorations/answer/overview.html", context)


@public()
@seated
def result(request: PageRequest, seat: Seat) -> HttpResponseBase:
    """The person's own result at once, and what the group says once five have answered."""
    if seat.response is None or seat.response.submitted_at is None:
        return HttpResponseRedirect(seat.address())
    own = scoring.result(seat.response.answers)
    context = _context(seat) | pictures.own(own) | {"group": explorations.outcome(seat.exploration)}
    if context["group"].is_shown:
        context |= pictures.of_group(context["group"])
    return show(request, "explorations/answer/result.html", context)


@public(methods=["POST"])
@seated
def take_back(request: PageRequest, seat: Seat) -> HttpResponseBase:
    """Change answers that were handed in; until they are handed in again they do not count."""
    if seat.response is not None:
        try:
            responses.take_back(response=seat.response, at=timezone.now())
            say(request, _("Your answers are yours again. They count once you hand them in."))
        except RefusedError as refusal:
            say(request, refusal, is_problem=True)
            return HttpResponseRedirect(seat.address("exploration_result"))
    return HttpResponseRedirect(seat.address("exploration_overview"))


@public(methods=["POST"])
@seated
def discard(request: PageRequest, seat: Seat) -> HttpResponseBase:
    """Delete one's answers."""
    if seat.response is not None:
        try:
            responses.discard(response=seat.response)
            say(request, _("Your answers are deleted."))
        except RefusedError as refusal:
            say(request, refusal, is_problem=True)
    return HttpResponseRedirect(seat.address())


def _save(response: ExplorationResponse, asked: Item, given: QueryDict) -> None:
    """Keep what was sent; an item with ticks that says nothing, and one that is skipped, is left open."""
    kept: dict[str, Any] = {"response": response, "item_key": asked.key, "note": given.get("note", "")}
    at = timezone.now()
    if given.get("go") == "skip":
        responses.keep(**kept, answer=None, at=at)
        return
    if asked.kind is ItemKind.TICKS:
        answer = read_ticks(asked, given.getlist("ticked"), is_none="none" in given)
        responses.keep(**kept, answer=answer, at=at)
        return
    values = {name.removeprefix("s-"): given[name] for name in given if name.startswith("s-")}
    responses.keep(**kept, answer=read_answer(asked, values), at=at)


def _onward(request: PageRequest, seat: Seat, number: int) -> HttpResponseBase:
    """Where the pressed button leads; a closed exploration says that the answer is kept as a draft."""
    try:
        responses.require_open(seat.exploration, timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    to = {"back": number - 1, "overview": 0}.get(request.POST.get("go", ""), number + 1)
    if 1 <= to <= len(all_items()):
        return _to_step(seat, to)
    return HttpResponseRedirect(
        seat.address("exploration_answer" if to == 0 and number == 1 else "exploration_overview")
    )


def _to_step(seat: Seat, number: int) -> HttpResponseBase:
    return HttpResponseRedirect(seat.address("exploration_step", number=number))


def _context(seat: Seat) -> dict[str, Any]:
    """What every page of the way shows: whose it is, how far one is, and whether it still takes answers."""
    at = timezone.now()
    answers = seat.response.answers if seat.response else {}
    left = scoring.unanswered(answers)
    items = all_items()
    exploration = seat.exploration
    return {
        "seat": seat,
        "exploration": exploration,
        "response": seat.response,
        "is_open": responses.is_open(exploration, at),
        "is_early": at.date() < exploration.opens_on,
        "total": len(items),
        "done": len(items) - len(left),
        "left": len(left),
        "next_number": items.index(left[0]) + 1 if left else 0,
        "shown_from": scoring.SHOWN_FROM,
        "here": {
            name: seat.address(f"exploration_{name}")
            for name in ("answer", "overview", "result", "take_back", "discard")
        },
    }
