"""What people may do with an import run, by its state. Reading and undoing themselves are a worker's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.choices import RunState
from polyfolio.lib.lifecycles import Lifecycle, Transition

IMPORT_RUN = Lifecycle(
    initial=RunState.QUEUED,
    states=dict(RunState.choices),
    transitions=(
        Transition(
            "stop",
            frozenset({RunState.QUEUED, RunState.RUNNING}),
            RunState.STOPPED,
            "exchange.stop_import",
            _("Stop here"),
        ),
        Transition("resume", frozenset({RunState.STOPPED}), RunState.QUEUED, "exchange.stop_import", _("Go on")),
        Transition(
            "undo",
            frozenset({RunState.DONE, RunState.STOPPED}),
            RunState.UNDOING,
            "exchange.undo_import",
            _("Undo this import"),
        ),
    ),
)
