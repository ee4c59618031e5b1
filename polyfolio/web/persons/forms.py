"""Forms about persons: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Person
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, ListField, PageForm, RowForm, rows_of


class PersonForm(PageForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    languages = ListField(label=_("Languages"), help_text=_("Codes such as en or vi, one a line."))
    may_be_named = forms.BooleanField(label=_("They agreed to be named on public pages"), required=False)
    may_be_contacted = forms.BooleanField(
        label=_("They agreed that anybody signed in sees their address"), required=False
    )

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in PersonForm.base_fields}


class AffiliationForm(RowForm):
    organisation = RecordField("organisation", label=_("Works at"), required=True)
    title = forms.CharField(label=_("As"), max_length=200, required=False)
    since_on = DateField(label=_("Since"))
    until_on = DateField(label=_("Until"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, RecordField)
        field.viewer = viewer


AffiliationRows = rows_of(AffiliationForm)
