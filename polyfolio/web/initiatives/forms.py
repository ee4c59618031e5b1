"""Forms about initiatives: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.network.models import Body, Network
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.choices import (
    MAX_OTHER_GOALS,
    InitiativeKind,
    InitiativeStatus,
    LinkKind,
    ParticipationRole,
    Priority,
    SdgStanding,
)
from polyfolio.portfolios.models import Initiative
from polyfolio.vocabulary import sdgs
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import (
    CountryField,
    DateField,
    ListField,
    PageForm,
    RowForm,
    TextsFormField,
    ThemesField,
    optional,
    rows_of,
)

RELATED = ("themes", "programmes")


class InitiativeForm(PageForm):
    title = TextsFormField(label=_("Title"), max_length=300)
    daily_life = TextsFormField(
        label=_("What changes in daily life"),
        rows=2,
        required=False,
        help_text=_("One plain sentence that a neighbour understands. It stands first on the page."),
    )
    summary = TextsFormField(label=_("Summary"), rows=6, required=False)
    objectives = TextsFormField(label=_("Objectives"), rows=3, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=InitiativeKind.choices, initial=InitiativeKind.PROJECT)
    status = forms.ChoiceField(label=_("Status"), choices=InitiativeStatus.choices)
    priority = forms.ChoiceField(label=_("Priority"), choices=optional(Priority), required=False)
    planned_start_on = DateField(label=_("Planned start"))
    planned_end_on = DateField(label=_("Planned end"))
    actual_start_on = DateField(label=_("Actual start"))
    actual_end_on = DateField(label=_("Actual end"))
    horizon_months = forms.IntegerField(
        label=_("Horizon in months"),
        required=False,
        min_value=0,
        max_value=1200,
        help_text=_("How far ahead it looks, whatever its own length."),
    )
    themes = ThemesField()
    programmes: forms.ModelMultipleChoiceField[Body] = forms.ModelMultipleChoiceField(
        queryset=Body.objects.none(), label=_("Programmes"), required=False
    )
    methods = ListField(label=_("Methods"), help_text=_("One a line, such as co-creation or regulatory sandbox."))
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=Visibility.choices,
        initial=Visibility.NETWORK,
        help_text=_("Its owners and its network's stewards see it in any case, unless it is private."),
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = self.fields["programmes"]
        assert isinstance(programmes, forms.ModelMultipleChoiceField)
        programmes.queryset = network.bodies.filter(deleted_at=None, kind__in=("programme", "work_area"))

    @staticmethod
    def initial_of(initiative: Initiative) -> dict[str, Any]:
        names = [name for name in InitiativeForm.base_fields if name not in RELATED]
        related = {name: list(getattr(initiative, name).all()) for name in RELATED}
        return {name: getattr(initiative, name) for name in names} | related

    def values(self) -> dict[str, Any]:
        """The fields of the record, without its many-to-many rows."""
        return {name: value for name, value in self.cleaned_data.items() if name not in RELATED}

    def related(self) -> dict[str, list[Any]]:
        return {name: list(self.cleaned_data[name]) for name in RELATED}


class ParticipationForm(RowForm):
    organisation = RecordField("organisation", label=_("Organisation"), required=True)
    role = forms.ChoiceField(label=_("Role"), choices=ParticipationRole.choices)


class TerritoryForm(RowForm):
    country = CountryField()
    percentage = forms.DecimalField(label=_("Share in percent"), required=False, min_value=0, max_value=100)


class PlaceForm(RowForm):
    name = forms.CharField(label=_("Place"), max_length=300)
    country = CountryField()
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)


class GoalsForm(PageForm):
    """One main goal or target, and at most five other goals."""

    main = forms.ChoiceField(label=_("Main goal or target"), required=False)
    others = forms.MultipleChoiceField(
        label=_("Other goals and targets"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("At most %(most)s goals beside the main one. More would say less.") % {"most": MAX_OTHER_GOALS},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = list(sdgs.choices())
        self.fields["main"].choices = [("", _("not known")), *every]  # type: ignore[attr-defined]
        self.fields["others"].choices = every  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(initiative: Initiative) -> dict[str, Any]:
        rows = list(initiative.sdgs.all())
        main = next((code_of(row.goal, row.target) for row in rows if row.standing == SdgStanding.MAIN), "")
        others = [code_of(row.goal, row.target) for row in rows if row.standing != SdgStanding.MAIN]
        return {"main": main, "others": others}

    def rows(self) -> list[dict[str, Any]]:
        main = self.cleaned_data["main"]
        others = [code for code in self.cleaned_data["others"] if code != main]
        rows = [_row(main, SdgStanding.MAIN)] if main else []
        return rows + [_row(code, SdgStanding.OTHER) for code in others]


def code_of(goal: int, target: str) -> str:
    return target or str(goal)


def _row(code: str, standing: SdgStanding) -> dict[str, Any]:
    goal, _dot, part = code.partition(".")
    return {"goal": int(goal), "target": code if part else "", "standing": standing.value}


class DocumentForm(RowForm):
    url = forms.URLField(label=_("Address"), max_length=2000, assume_scheme="https")
    name = forms.CharField(label=_("Title"), max_length=300, required=False)


class LinkForm(PageForm):
    kind = forms.ChoiceField(label=_("This initiative"), choices=LinkKind.choices)
    target = RecordField("initiative", label=_("Which one"), required=True)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, RecordField)
        field.viewer = viewer


ParticipationRows = rows_of(ParticipationForm)
TerritoryRows = rows_of(TerritoryForm)
PlaceRows = rows_of(PlaceForm, extra=1)
DocumentRows = rows_of(DocumentForm, extra=1)
