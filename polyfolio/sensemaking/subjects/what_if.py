"""How the log speaks of scenarios and their moves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.sensemaking.choices import MoveKind, ScenarioState
from polyfolio.sensemaking.models import Move, Scenario


def register() -> None:
    """Let the history page and undo know scenarios and moves; what was adopted is not taken back."""
    subjects.register(
        Scenario,
        change="sensemaking.edit_scenario",
        labels={"question": _("Question"), "starts_on": _("From")},
        show={"state": lambda value: str(ScenarioState(value).label) if value in ScenarioState.values else str(value)},
    )
    subjects.register(
        Move,
        change="sensemaking.edit_scenario",
        labels={"kind": _("Kind of move"), "into": _("Merged into"), "fills": _("Fills the hole"), "note": _("Note")},
        show={"kind": lambda value: str(MoveKind(value).label) if value in MoveKind.values else str(value)},
    )
