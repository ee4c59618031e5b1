"""Workshops of a portfolio: all of them, and one before, while and after it is held."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase

from polyfolio.people.rules import may
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.choices import Layer, WorkshopState
from polyfolio.sensemaking.models import Workshop
from polyfolio.sensemaking.queries.looking_back import decisions
from polyfolio.sensemaking.queries.looking_back import workshops as queries
from polyfolio.sensemaking.workshops.agendas import minutes, worded
from polyfolio.sensemaking.workshops.boards import fold
from polyfolio.sensemaking.workshops.cards import DECK
from polyfolio.web.pages import OurRequest, PageRequest, page, paginate, public, show


@public(find=portfolios.find)
def workshops(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """All of the portfolio, the newest first."""
    context = {
        "portfolio": portfolio,
        "page": paginate(request, queries.listed(request.user, portfolio)),
        "may_hold": may(request.user, "sensemaking.hold_workshop", portfolio),
    }
    return show(request, "workshops/workshops.html", context)


@page("sensemaking.read_workshop", find=queries.find, methods=["GET"])
def workshop(request: OurRequest, workshop: Workshop) -> HttpResponseBase:
    """What it is about and how to join; afterwards what people said, proposed and decided."""
    user = request.user
    context: dict[str, Any] = {
        "portfolio": workshop.portfolio,
        "workshop": workshop,
        "steps": worded(workshop.steps),
        "minutes": minutes(workshop.steps),
        "initiatives": queries.tokens(workshop).filter(pk__in=Initiative.objects.visible_to(user)),
        "seats": workshop.seats.count(),
        "decisions": decisions.taken_at(user, workshop.portfolio, ("workshop", workshop.pk)),
        "deck": DECK,
        "may_run": may(user, "sensemaking.run_workshop", workshop),
        "may_delete": may(user, "sensemaking.hold_workshop", workshop.portfolio),
    }
    if workshop.state == WorkshopState.ENDED:
        context |= report(workshop, context["steps"])
    return show(request, "workshops/workshop.html", context)


def report(workshop: Workshop, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """What was said, by step and layer, without anybody's name; proposals with their dots."""
    board = fold(workshop.acts.all())
    layers = dict(Layer.choices)
    said = [
        (step["title"], [(layers.get(note.layer, ""), note) for note in board.notes if note.step == number])
        for number, step in enumerate(steps)
    ]
    return {"said": [(title, notes) for title, notes in said if notes], "proposals": board.proposals}
