"""How the log speaks of decisions, stocktakes, tracking and workshops."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.sensemaking.choices import DecisionKind, DecisionState, StocktakeState, WorkshopKind
from polyfolio.sensemaking.models import Decision, PortfolioIndicator, ProgressFeedback, Stocktake, Workshop


def register() -> None:
    """Let the history page and undo know decisions, stocktakes, indicators, feedback and workshops."""
    subjects.register(
        Decision,
        change="sensemaking.edit_decision",
        labels={
            "title": _("Decision"),
            "taken_on": _("Taken on"),
            "due_on": _("Due"),
            "look_again_on": _("Look again on"),
            "owner_label": _("Owner"),
            "outcome": _("Did it work?"),
        },
        show={"kind": _shown(DecisionKind), "state": _shown(DecisionState)},
    )
    subjects.register(
        Stocktake,
        change="sensemaking.take_stock",
        labels={"held_on": _("Held on"), "notes": _("Notes by layer")},
        show={"state": _shown(StocktakeState)},
    )
    subjects.register(PortfolioIndicator, change="sensemaking.track", labels={"values": _("Measured")})
    subjects.register(ProgressFeedback, change="sensemaking.track", labels={"adjustment": _("What was adjusted")})
    subjects.register(
        Workshop,
        change="sensemaking.run_workshop",
        delete="sensemaking.hold_workshop",
        labels={"steps": _("Steps"), "initiatives": _("Initiatives looked at")},
        show={"kind": _shown(WorkshopKind)},
    )


def _shown(choices: Any) -> Any:
    return lambda value: str(choices(value).label) if value in choices.values else str(value)
