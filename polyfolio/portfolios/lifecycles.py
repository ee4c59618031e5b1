"""How an affiliated initiative is admitted to a portfolio, as data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.lib.lifecycles import Lifecycle, Transition
from polyfolio.portfolios.choices import AdmissionState as State

PROPOSE = "portfolios.propose_entry"
DECIDE = "portfolios.decide_entry"
WITHDRAW = "portfolios.withdraw_entry"

ADMISSION = Lifecycle(
    initial=State.DRAFT,
    states={state.value: state.label for state in State},
    transitions=(
        Transition("submit", frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, PROPOSE, _("Submit")),
        Transition("begin_review", frozenset({State.SUBMITTED}), State.UNDER_REVIEW, DECIDE, _("Begin the review")),
        Transition("admit", frozenset({State.UNDER_REVIEW}), State.ADMITTED, DECIDE, _("Admit")),
        Transition(
            "return",
            frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
            State.RETURNED,
            DECIDE,
            _("Return with a comment"),
            needs_reason=True,
        ),
        Transition(
            "decline",
            frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
            State.DECLINED,
            DECIDE,
            _("Decline"),
            needs_reason=True,
        ),
        Transition(
            "withdraw",
            frozenset({State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.RETURNED, State.ADMITTED}),
            State.WITHDRAWN,
            WITHDRAW,
            _("Withdraw"),
        ),
    ),
)
