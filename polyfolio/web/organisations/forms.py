"""Forms about organisations: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.network.choices import Level, OrganisationKind, OrganisationSector
from polyfolio.network.models import Organisation
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import (
    CountryField,
    ListField,
    PageForm,
    RowForm,
    TextsFormField,
    ThemesField,
    optional,
    rows_of,
)

# What an organisation's visibility can be; “portfolio” says nothing about an actor.
GRADES = [Visibility.PUBLIC, Visibility.NETWORK, Visibility.STEWARDS, Visibility.PRIVATE]
SCHEMES = "XM-DAC, GB-COH, XI-ROR, LEI, Wikidata"


class OrganisationForm(PageForm):
    title = TextsFormField(label=_("Name"), max_length=300)
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    other_names = ListField(
        label=_("Other names"), help_text=_("Former names and names in other languages, one a line.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=optional(OrganisationKind),
        required=False,
        help_text=_("An informal group needs no legal identity."),
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=optional(OrganisationSector), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=optional(Level), required=False)
    country = CountryField()
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    languages = ListField(label=_("Languages"), help_text=_("Codes such as en or vi, one a line."))
    description = TextsFormField(label=_("What it is and does"), rows=4, required=False)
    drivers = TextsFormField(
        label=_("What it is judged by"),
        rows=3,
        required=False,
        help_text=_("In its own words: what people there have to show at the end of a year."),
    )
    themes = ThemesField()
    parent = RecordField("organisation", label=_("Part of"), help_text=_("The organisation above it."))
    successor = RecordField("organisation", label=_("Followed by"), help_text=_("Who took over when it ended."))
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=[(grade.value, grade.label) for grade in GRADES], initial=Visibility.PUBLIC
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "successor"):
            field = self.fields[name]
            assert isinstance(field, RecordField)
            field.viewer = viewer

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        names = [name for name in OrganisationForm.base_fields if name != "themes"]
        return {name: getattr(organisation, name) for name in names} | {"themes": list(organisation.themes.all())}

    def values(self) -> dict[str, Any]:
        """The fields of the record, without the themes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "themes"}


class IdentifierForm(RowForm):
    scheme = forms.CharField(label=_("List"), max_length=40, help_text=SCHEMES)
    value = forms.CharField(label=_("Identifier"), max_length=200)


class PlaceForm(RowForm):
    name = forms.CharField(label=_("Place"), max_length=200)
    country = CountryField()
    region = forms.CharField(label=_("Region"), max_length=200, required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)


IdentifierRows = rows_of(IdentifierForm)
PlaceRows = rows_of(PlaceForm)


class MergeForm(PageForm):
    """Which record stays."""

    kept = RecordField("organisation", label=_("The one that stays"), required=True)
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kept"]
        assert isinstance(field, RecordField)
        field.viewer = viewer
