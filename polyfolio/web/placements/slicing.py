"""A part of the mix: one theme, programme, organisation or country, or what a few words find."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.network.choices import BodyKind
from polyfolio.network.models import Body
from polyfolio.portfolios.models import Portfolio
from polyfolio.vocabulary.countries import choices as country_choices
from polyfolio.vocabulary.models import Theme
from polyfolio.web.choosing.fields import RecordWidget
from polyfolio.web.forms import FilterForm, LongSelect
from polyfolio.web.portfolios.pictures import in_language

NAMES = {
    "theme": "theme",
    "programme": "programme",
    "organisation": "organisation",
    "country": "country",
    "q": "words",
}
"""What the address calls a slice, and what the portfolio's list calls the same filter."""


class SliceForm(FilterForm):
    theme = forms.ChoiceField(label=_("Theme"), widget=LongSelect())
    programme = forms.ChoiceField(label=_("Programme"))
    country = forms.ChoiceField(label=_("Country"), widget=LongSelect())
    organisation = forms.CharField(label=_("Organisation"), widget=RecordWidget("organisation"))
    q = forms.CharField(label=_("Words in the title"))
    since = forms.DateField(label=_("Drift since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, portfolio: Portfolio, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.visible_to(viewer).filter(network=portfolio.network_id, kind=BodyKind.PROGRAMME)
        every = {
            "theme": [(each.slug, in_language(each.title)) for each in Theme.objects.order_by("label", "pk")],
            "programme": [(each.slug, in_language(each.title)) for each in bodies.order_by("position", "label")],
            "country": country_choices(),
        }
        for name, choices in every.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("any")), *choices]


def asked(query: QueryDict) -> dict[str, str]:
    """The slice of the address, as filters of the list. An organisation may be given as its name [address]."""
    found = {}
    for name, own in NAMES.items():
        value = str(query.get(name, "")).replace("\0", "").strip()
        if name == "organisation" and value.endswith("]"):
            value = value.rpartition("[")[2].removesuffix("]")
        if value:
            found[own] = value
    return found
