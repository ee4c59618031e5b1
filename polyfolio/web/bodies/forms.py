"""Forms about bodies and the roles in them: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polyfolio.network.choices import BodyKind, Capacity
from polyfolio.network.models import Body, Network
from polyfolio.network.queries import networks
from polyfolio.people.models import User
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, PageForm, TextsFormField


class BodyForm(PageForm):
    title = TextsFormField(label=_("Name"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    description = TextsFormField(label=_("What it does"), rows=4, required=False)
    parent: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Body.objects.none(), required=False
    )
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=1000, initial=0, help_text=_("Small numbers stand first.")
    )

    def __init__(self, *args: Any, viewer: User, network: Network, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = networks.bodies(viewer, network)
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = others.exclude(pk=body.pk) if body is not None else others

    @staticmethod
    def initial_of(body: Body) -> dict[str, Any]:
        return {name: getattr(body, name) for name in BodyForm.base_fields}


class RoleForm(PageForm):
    """A role as it stands: not who holds it, which is a new nomination."""

    capacity = forms.ChoiceField(label=_("Capacity"), choices=Capacity.choices)
    since_on = DateField(label=_("Since"), required=True)
    until_on = DateField(label=_("Until"), help_text=_("Leave it empty for a role without an end."))
    pledge = forms.CharField(
        label=_("What they pledge"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: half a post for two years."),
    )
    evidence = forms.CharField(
        label=_("Where that is written"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A letter or decision; files can be added to the role afterwards."),
    )


class AppointForm(RoleForm):
    person = RecordField("person", label=_("Person"))
    organisation = RecordField("organisation", label=_("Organisation"))
    field_order = ["person", "organisation", "capacity", "since_on", "until_on", "pledge", "evidence"]

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since_on"].initial = timezone.localdate
        for name in ("person", "organisation"):
            field = self.fields[name]
            assert isinstance(field, RecordField)
            field.viewer = viewer
