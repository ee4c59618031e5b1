"""Forms about tracking: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Direction
from polyfolio.sensemaking.models import Decision
from polyfolio.web.forms import DateField, PageForm, RowForm, rows_of

LONGEST = 20_000


def _paragraph(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class IndicatorForm(PageForm):
    title = forms.CharField(label=_("What is measured?"), max_length=300)
    why = _paragraph(_("What does it tell us?"))
    unit = forms.CharField(
        label=_("Unit"), max_length=60, required=False, help_text=_("For example: households, %, days.")
    )
    direction = forms.ChoiceField(label=_("Which way is the good one?"), choices=Direction.choices)
    agreed_by = forms.CharField(label=_("Agreed by"), max_length=300, required=False)
    agreed_on = DateField(label=_("Agreed on"))


class ValueRow(RowForm):
    measured_on = DateField(label=_("Day"), required=True)
    value = forms.DecimalField(label=_("Value"), max_digits=20, decimal_places=4)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


ValueRows = rows_of(ValueRow)


class FeedbackForm(PageForm):
    told_on = DateField(label=_("When?"), required=True)
    audience = forms.CharField(label=_("Whom?"), max_length=300)
    how = forms.CharField(label=_("How?"), max_length=300, required=False, help_text=_("A letter, a walk, a meeting…"))
    what = _paragraph(_("What were they told?"), required=True)
    answer = _paragraph(_("What did they say?"))
    adjustment: forms.ModelChoiceField[Decision] = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        label=_("Which decision followed?"),
        required=False,
        empty_label=_("none, or none yet"),
    )

    def __init__(self, *args: Any, portfolio: Portfolio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adjustment"].queryset = Decision.objects.kept().filter(portfolio=portfolio)  # type: ignore[attr-defined]
