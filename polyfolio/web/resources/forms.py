"""Forms about resources: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.network.models import Body, Network
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.choices import ResourceKind
from polyfolio.portfolios.models import Resource
from polyfolio.vocabulary import countries, sdgs
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, ListField, PageForm, RowForm, TextsFormField, ThemesField, rows_of

RELATED = ("themes", "programmes")
# “portfolio” says nothing about a resource, which stands in none.
GRADES = [Visibility.PUBLIC, Visibility.NETWORK, Visibility.STEWARDS, Visibility.PRIVATE]


class ResourceForm(PageForm):
    title = TextsFormField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=ResourceKind.choices)
    summary = TextsFormField(label=_("What it says and for whom"), rows=5, required=False)
    url = forms.URLField(label=_("Address"), max_length=2000, required=False, assume_scheme="https")
    published_on = DateField(label=_("Published"))
    languages = ListField(label=_("Languages"), help_text=_("Codes such as en or vi, one a line."))
    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    sdg_targets = forms.MultipleChoiceField(
        label=_("SDG targets"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    themes = ThemesField()
    programmes: forms.ModelMultipleChoiceField[Body] = forms.ModelMultipleChoiceField(
        queryset=Body.objects.none(), label=_("Programmes"), required=False
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=[(grade.value, grade.label) for grade in GRADES], initial=Visibility.PUBLIC
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["countries"].choices = countries.choices()  # type: ignore[attr-defined]
        self.fields["sdg_targets"].choices = [  # type: ignore[attr-defined]
            choice for choice in sdgs.choices() if "." in choice[0]
        ]
        self.fields["programmes"].queryset = network.bodies.filter(deleted_at=None, kind="programme")  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(resource: Resource) -> dict[str, Any]:
        names = [name for name in ResourceForm.base_fields if name not in RELATED]
        related = {name: list(getattr(resource, name).all()) for name in RELATED}
        return {name: getattr(resource, name) for name in names} | related

    def values(self) -> dict[str, Any]:
        """The fields of the record, without its title and kind and its many-to-many rows."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {*RELATED, "title", "kind"}}

    def related(self) -> dict[str, list[Any]]:
        return {name: list(self.cleaned_data[name]) for name in RELATED}


class OrganisationRow(RowForm):
    organisation = RecordField("organisation", label=_("Organisation"), required=True)


class InitiativeRow(RowForm):
    initiative = RecordField("initiative", label=_("Initiative"), required=True)


OrganisationRows = rows_of(OrganisationRow, extra=1)
InitiativeRows = rows_of(InitiativeRow, extra=1)


def let_choose(rows: Any, name: str, viewer: User) -> Any:
    """Rows in which `viewer` chooses among the records they see."""
    for row in rows.forms:
        row.fields[name].viewer = viewer
    return rows
