"""Forms about workshops: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import WorkshopKind
from polyfolio.sensemaking.models import Workshop
from polyfolio.sensemaking.queries.looking_back.decisions import possible_owners
from polyfolio.sensemaking.queries.looking_back.workshops import choosable
from polyfolio.sensemaking.workshops.boards import Said
from polyfolio.web.forms import DateField, PageForm, RowForm, rows_of


class WorkshopForm(PageForm):
    title = forms.CharField(label=_("Name"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=WorkshopKind.choices,
        help_text=_("Each kind comes with steps; you can change their words and minutes."),
    )
    held_on = DateField(label=_("Held on"), required=True)
    facilitator: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who leads it?"), required=False
    )
    initiatives: forms.ModelMultipleChoiceField[Initiative] = forms.ModelMultipleChoiceField(
        queryset=Initiative.objects.none(),
        label=_("Initiatives to look at"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("Whoever has the code reads the names and short texts of these, and of no others."),
    )

    def __init__(
        self, *args: Any, portfolio: Portfolio, viewer: User, facilitator: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        leaders = possible_owners(portfolio, viewer, facilitator)
        self.fields["facilitator"].queryset = leaders  # type: ignore[attr-defined]
        self.fields["initiatives"].queryset = choosable(viewer, portfolio)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(workshop: Workshop) -> dict[str, Any]:
        names = [name for name in WorkshopForm.base_fields if name != "initiatives"]
        return {name: getattr(workshop, name) for name in names} | {"initiatives": list(workshop.initiatives.all())}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("initiatives", "title")}


class StepRow(RowForm):
    title = forms.CharField(label=_("Step"), max_length=300)
    question = forms.CharField(label=_("Question"), max_length=300, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480)


StepRows = rows_of(StepRow, extra=0)


class JoinForm(PageForm):
    code = forms.CharField(
        label=_("Code of the workshop"),
        max_length=20,
        help_text=_("Six letters and digits; whoever leads the workshop shows them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("What shall the others call you?"),
        max_length=60,
        help_text=_("A first name is enough. You need no account."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )


class EndForm(PageForm):
    chosen = forms.MultipleChoiceField(
        label=_("Which proposals are decided?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_placing = forms.BooleanField(
        label=_("Keep what people placed on the diamond"),
        required=False,
        help_text=_("Each seat counts as an assessor of its own and is named by its number."),
    )

    def __init__(self, *args: Any, proposals: list[Said], may_decide: bool, may_place: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.sequence), f"{each.text} ({each.dots})") for each in proposals]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        if not may_decide or not proposals:
            del self.fields["chosen"]
        if not may_place:
            del self.fields["is_placing"]
