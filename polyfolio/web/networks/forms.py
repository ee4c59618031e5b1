"""Forms about networks and partners: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.network.choices import MembershipState
from polyfolio.network.models import Network
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, PageForm, TextsFormField, ThemesField

GRADES = [Visibility.PUBLIC, Visibility.NETWORK, Visibility.STEWARDS]


class NetworkForm(PageForm):
    title = TextsFormField(label=_("Name"), max_length=300)
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    intent = TextsFormField(
        label=_("What it is for"), rows=4, required=False, help_text=_("Two or three sentences for somebody outside.")
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    themes = ThemesField()
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=[(grade.value, grade.label) for grade in GRADES], initial=Visibility.PUBLIC
    )
    dormant_after_months = forms.IntegerField(
        label=_("Initiatives count as dormant after this many months"),
        min_value=3,
        max_value=120,
        required=False,
        help_text=_("Leave it empty to follow the installation."),
    )

    @staticmethod
    def initial_of(network: Network) -> dict[str, Any]:
        names = [name for name in NetworkForm.base_fields if name != "themes"]
        return {name: getattr(network, name) for name in names} | {"themes": list(network.themes.all())}

    def values(self) -> dict[str, Any]:
        """The fields of the record, without the themes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "themes"}


class PartnerForm(PageForm):
    """How an organisation stands in a network."""

    state = forms.ChoiceField(label=_("Standing"), choices=MembershipState.choices, initial=MembershipState.ACTIVE)
    joined_on = DateField(label=_("Partner since"))
    left_on = DateField(label=_("Left on"))
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class NewPartnerForm(PartnerForm):
    organisation = RecordField("organisation", label=_("Organisation"), required=True)
    field_order = ["organisation", "state", "joined_on", "left_on", "reason"]

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, RecordField)
        field.viewer = viewer
