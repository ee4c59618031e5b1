"""Everything that a device needs to know of a workshop before the first act: its words, steps, tokens and addresses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from polyfolio.sensemaking.choices import DecisionKind, Facet, FrameKind, Layer
from polyfolio.sensemaking.models import Workshop, WorkshopSeat
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.looking_back.workshops import tokens
from polyfolio.sensemaking.workshops.agendas import DOTS, worded
from polyfolio.web.portfolios.pictures import in_language


def setup(workshop: Workshop, seat: WorkshopSeat, *, leads: bool) -> dict[str, Any]:
    """As JSON values. Names and short texts of the chosen initiatives, and nothing else of the portfolio."""
    return {
        "code": workshop.code,
        "seat": seat.pk,
        "leads": leads,
        "dots": DOTS,
        "steps": worded(workshop.steps),
        "tokens": [
            {
                "id": str(each.pk),
                "title": in_language(each.title),
                "text": in_language(each.daily_life) or in_language(each.summary)[:200],
            }
            for each in tokens(workshop)
        ],
        "zones": [
            {"code": zone.code, "title": in_language(zone.title), "look": zone.key}
            for zone in regions_of(workshop.portfolio, FrameKind.ZONES)
        ],
        "facets": {facet.value: facet.label.capitalize() for facet in Facet},
        "kinds": [[value, str(label)] for value, label in DecisionKind.choices],
        "layers": [[value, str(label)] for value, label in Layer.choices],
        "addresses": {
            "since": reverse("workshop_since", args=[workshop.code, 0]).removesuffix("0/"),
            "acts": reverse("workshop_acts", args=[workshop.code]),
            "lead": reverse("workshop_lead", args=[workshop.code]),
            "end": reverse("workshop_end", args=[workshop.portfolio.slug, workshop.pk]) if leads else "",
        },
        "words": words(),
    }


def words() -> dict[str, str]:
    """What the room says; `{…}` is filled in on the device."""
    return {
        "waiting": _("The workshop has not begun. Whoever leads it will start it."),
        "ended": _("The workshop has ended. Thank you for taking part."),
        "step": _("Step {number} of {count}"),
        "people": _("{count} people here"),
        "acted": _("{count} have done something in this step"),
        "private": _("Only you see what you do here until it is revealed."),
        "revealed": _("Everybody sees everything now."),
        "offline": _("No connection. What you do is kept on this device and sent later ({count})."),
        "sending": _("Sending…"),
        "note": _("Your note"),
        "layer": _("About"),
        "no_layer": _("the whole"),
        "add": _("Add it"),
        "proposal": _("What do you propose?"),
        "kind": _("Kind of move"),
        "about": _("About which initiative?"),
        "no_token": _("none in particular"),
        "propose": _("Propose it"),
        "dots": _("You have {count} dots left"),
        "give": _("Give a dot"),
        "take": _("Take the dot back"),
        "votes": _("{count} dots"),
        "pitch": _("Three minutes to pitch"),
        "pitching": _("Pitching now: {title}"),
        "tokens": _("Initiatives"),
        "how": _(
            "Choose an initiative, then tap its place; or drag it there."
            " With the keyboard: choose it, then use the arrow keys on the board."
        ),
        "chosen": _("{title} is chosen. Tap its place."),
        "board": _("Board"),
        "place": _("Zone of {title}"),
        "nowhere": _("nowhere yet"),
        "crossed_mine": _("You and {name} moved “{title}” at the same moment. Yours came later and stands."),
        "crossed_theirs": _("{name} moved “{title}” at the same moment as you. Theirs came later and stands."),
        "start": _("Start"),
        "next": _("Next step"),
        "back": _("Step back"),
        "stop": _("Stop the timer"),
        "go": _("Let the timer run"),
        "more": _("5 more minutes"),
        "reveal": _("Reveal to all"),
        "end": _("End the workshop"),
        "left": _("left"),
        "over": _("time is up"),
        "nothing": _("Nothing yet."),
        "exploiting": _("certain"),
        "exploring": _("uncertain"),
        "shaping": _("directed"),
        "responding": _("undirected"),
        "lost": _("This seat is gone. Join again with the code."),
    }
