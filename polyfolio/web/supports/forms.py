"""The form of a support structure: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Organisation
from polyfolio.sensemaking.actions.supports import FIELDS
from polyfolio.sensemaking.choices import Facet, SupportKind
from polyfolio.sensemaking.models import SupportStructure
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, PageForm, TextsFormField


class SupportForm(PageForm):
    title = TextsFormField(label=_("Name"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, kind.label.capitalize()) for kind in SupportKind])
    facets = forms.MultipleChoiceField(
        label=_("Facets it serves"),
        choices=[(facet.value, facet.label.capitalize()) for facet in Facet],
        widget=forms.CheckboxSelectMultiple,
    )
    owner = RecordField("organisation", label=_("Organisation that keeps it"))
    amount = forms.DecimalField(label=_("Money"), required=False, min_value=0, max_digits=19, decimal_places=2)
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Three letters, such as EUR.")
    )
    since_on = DateField(label=_("Since"))
    until_on = DateField(label=_("Until"))
    note = forms.CharField(label=_("Note"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))

    field_order = FIELDS

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].viewer = viewer  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(support: SupportStructure, owner: Organisation | None) -> dict[str, Any]:
        return {name: getattr(support, name) for name in FIELDS} | {"owner": owner}
