"""What is printed: cards, board and guide before a workshop, and the report after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polyfolio.lib.pdf import pdf
from polyfolio.sensemaking.choices import Facet, WorkshopState
from polyfolio.sensemaking.models import Workshop
from polyfolio.sensemaking.queries.looking_back import decisions
from polyfolio.sensemaking.queries.looking_back import workshops as queries
from polyfolio.sensemaking.workshops.agendas import minutes, worded
from polyfolio.sensemaking.workshops.cards import DECK, KIND_WORDS
from polyfolio.web.pages import OurRequest, go, page
from polyfolio.web.workshops.views import report

TIPS = (Facet.MISSION, Facet.ANTICIPATORY, Facet.ADAPTIVE, Facet.ENHANCEMENT)


@page("sensemaking.read_workshop", find=queries.find, methods=["GET"])
def kit(request: OurRequest, workshop: Workshop) -> HttpResponseBase:  # noqa: ARG001  # a page's shape
    """The facilitator's guide with timings, the board and the cards, to be printed and cut."""
    steps = worded(workshop.steps)
    data = _frame(workshop, steps) | {
        "lead": _("Everything for a table: the guide, a board to enlarge, and the cards to cut."),
        "guide_title": _("For whoever leads it"),
        "guide": _guide(),
        "board_title": _("Board"),
        "board_lead": _("Enlarge it to A1. Each initiative is a slip of paper: what is it for, and what pushes it?"),
        "tips": [tip.label.capitalize() for tip in TIPS],
        "cards_title": _("Cards"),
        "cards": [
            {"kind": KIND_WORDS[kind], "title": card.title, "text": card.text}
            for kind, cards in DECK.items()
            for card in cards
        ],
    }
    return _file(workshop, "workshops/kit.typ", data, _("kit"))


def _guide() -> list[dict[str, str]]:
    return [
        {
            "title": _("Welcome, 10 minutes"),
            "text": _("Everybody says a name and one hope. Say when you end, and end then."),
        },
        {
            "title": _("What a portfolio is, 10 minutes"),
            "text": _("Initiatives that want something together. No even mix is the right one: ask what fits."),
        },
        {
            "title": _("Taking stock, 60 minutes"),
            "text": _("First each alone, then reveal. Do not average disagreement away: ask both sides what they saw."),
        },
        {
            "title": _("Rebalancing, 30 minutes"),
            "text": _("What is missing that somebody needs? Proposals are pitched in three minutes, then dots decide."),
        },
        {
            "title": _("Close, 10 minutes"),
            "text": _("Each decision has an owner and a day to look again. Everybody says what they take with them."),
        },
    ]


@page("sensemaking.read_workshop", find=queries.find, methods=["GET"])
def printed_report(request: OurRequest, workshop: Workshop) -> HttpResponseBase:
    """What was said, proposed and decided, without anybody's name."""
    if workshop.state != WorkshopState.ENDED:
        return go(request, workshop)
    steps = worded(workshop.steps)
    found = report(workshop, steps)
    decided = decisions.taken_at(request.user, workshop.portfolio, ("workshop", workshop.pk))
    parts = [
        {"title": _("What was decided"), "lines": [f"{each.get_kind_display()}: {each.title}" for each in decided]},
        {"title": _("What was proposed"), "lines": [_counted(each.text, each.dots) for each in found["proposals"]]},
    ]
    for title, notes in found["said"]:
        lines = [_counted(f"{layer}: {note.text}" if layer else note.text, note.dots) for layer, note in notes]
        parts.append({"title": title, "lines": lines})
    data = _frame(workshop, steps) | {"parts": parts, "nothing": _("Nothing.")}
    return _file(workshop, "workshops/report.typ", data, _("report"))


def _counted(text: str, dots: int) -> str:
    return f"{text} ({dots} ●)" if dots else text


def _frame(workshop: Workshop, steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "kicker": f"{workshop.get_kind_display()}, {workshop.held_on.isoformat()}",
        "language": get_language() or "en",
        "footer": workshop.title,
        "page_of": _("Page {page} of {pages}"),
        "heads": [_("Step"), _("Question"), _("Minutes")],
        "steps": [
            *([step["title"], step["question"], str(step["minutes"])] for step in steps),
            [_("In all"), "", str(minutes(steps))],
        ],
    }


def _file(workshop: Workshop, template: str, data: Mapping[str, Any], name: str) -> HttpResponse:
    made = pdf(template, data, at=timezone.now())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'attachment; filename="{slugify(workshop.title) or "workshop"}-{slugify(name)}.pdf"'
    )
    return answer
