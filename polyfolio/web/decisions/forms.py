"""Forms about decisions: shape only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions.decisions import LONGEST
from polyfolio.sensemaking.choices import DecisionKind, DecisionState
from polyfolio.sensemaking.models import Decision
from polyfolio.sensemaking.queries.looking_back.decisions import possible_owners
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, FilterForm, PageForm, RowForm, rows_of

ANY = ("", _("any"))
WHEN = [
    ANY,
    ("overdue", _("overdue")),
    ("look_again", _("to be looked at again")),
    ("no_outcome", _("nobody has said whether it worked")),
]


def _paragraph(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class DecisionFilters(FilterForm):
    words = forms.CharField(label=_("Words"))
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *DecisionState.choices])
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *DecisionKind.choices])
    owner = forms.ChoiceField(label=_("Owner"))
    when = forms.ChoiceField(label=_("What is open about it"), choices=WHEN)

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [ANY, *((str(pk), label) for pk, label in owners)]  # type: ignore[attr-defined]


class DecisionForm(PageForm):
    """Everything that is decided; what became of it has a form of its own."""

    title = forms.CharField(
        label=_("What is decided?"), max_length=300, help_text=_("One sentence, as you would say it.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DecisionKind.choices)
    reason = _paragraph(_("Why?"), 4)
    evidence = _paragraph(_("What is that based on?"), 3, _("Figures, observations, addresses of documents."))
    owner: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who sees to it?"), required=False, empty_label=_("nobody yet")
    )
    taken_on = DateField(label=_("Taken on"), required=True)
    due_on = DateField(label=_("Due"))
    look_again_on = DateField(
        label=_("Look again on"), help_text=_("On that day it stands in the next steps of its owner and the stewards.")
    )

    def __init__(self, *args: Any, portfolio: Portfolio, owner: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(portfolio, owner)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(decision: Decision) -> dict[str, Any]:
        return {name: getattr(decision, name) for name in DecisionForm.base_fields}


class FollowUpForm(PageForm):
    """What became of it."""

    state = forms.ChoiceField(label=_("How does it stand?"), choices=DecisionState.choices)
    outcome = _paragraph(
        _("Did it work?"),
        4,
        _("What came of it, what you would do again, and what not. Others find this by searching."),
    )
    evidence = _paragraph(_("What is that based on?"), 2)
    look_again_on = DateField(label=_("Look again on"), help_text=_("Empty it when nothing is left to look at."))

    @staticmethod
    def initial_of(decision: Decision) -> dict[str, Any]:
        return {name: getattr(decision, name) for name in FollowUpForm.base_fields}


class InitiativeRow(RowForm):
    initiative = RecordField("initiative", label=_("Initiative"), required=True)


InitiativeRows = rows_of(InitiativeRow, extra=1)
