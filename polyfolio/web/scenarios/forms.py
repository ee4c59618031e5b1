"""Forms about scenarios and their moves: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions.moves import USED
from polyfolio.sensemaking.choices import FrameKind, MoveKind
from polyfolio.sensemaking.models import Region, WantedCell
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.intentions import wanted
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, PageForm
from polyfolio.web.placements.words import DRIVER, PURPOSE
from polyfolio.web.portfolios.pictures import in_language
from polyfolio.web.scenarios.cells import cell_names

AMOUNTS = {
    MoveKind.START: _("Money it would have"),
    MoveKind.BOOST: _("Money on top of what it has"),
    MoveKind.CHANGE_MONEY: _("Money it would have instead"),
}


class ScenarioForm(PageForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    question = forms.CharField(
        label=_("What question does it answer?"),
        help_text=_("Such as: what if we ended the two small calls and put their money into repair?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_on = DateField(label=_("From which day on would it hold?"), required=True)


class MoveForm(PageForm):
    """What a move of one kind says; other fields are left out."""

    initiative = RecordField("initiative", label=_("Which initiative?"))
    title = forms.CharField(label=_("Or a new one, called"), max_length=300, required=False)
    into = RecordField("initiative", label=_("Which one does it become part of?"))
    purpose = forms.ChoiceField(label=_("What would it be for?"), required=False)
    driver = forms.ChoiceField(label=_("What would push it?"), required=False)
    zone = forms.ChoiceField(label=_("In which zone would it stand?"), required=False)
    fills = forms.TypedChoiceField(label=_("Which hole would it fill?"), required=False, coerce=int, empty_value=None)
    amount = forms.DecimalField(
        required=False,
        max_digits=22,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Three letters, such as EUR.")
    )
    note = forms.CharField(
        label=_("Why?"),
        help_text=_("Adopted, this becomes the reason of the decision."),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kind: MoveKind, portfolio: Portfolio, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"initiative", "note", *USED[kind]}:
            del self.fields[name]
        self._fill("purpose", ((each.key, each.title) for each in PURPOSE))
        self._fill("driver", ((each.key, each.title) for each in DRIVER))
        if "zone" in self.fields:
            zones: list[Region] = regions_of(portfolio, FrameKind.ZONES)
            self._fill("zone", ((zone.code, in_language(zone.title)) for zone in zones))
        self._cells: dict[int, WantedCell] = {}
        if "fills" in self.fields:
            self._cells = {cell.pk: cell for cell in wanted(portfolio)}
            names = cell_names(viewer, portfolio, list(self._cells.values()))
            self._fill("fills", names.items())
        for name in ("initiative", "into"):
            field = self.fields.get(name)
            if isinstance(field, RecordField):
                field.viewer = viewer
        if "amount" in self.fields:
            self.fields["amount"].label = AMOUNTS[kind]

    def _fill(self, name: str, choices: Any) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("leave open")), *choices]

    def values(self) -> dict[str, Any]:
        """What was given, as the action takes it."""
        given = dict(self.cleaned_data)
        if "fills" in given:
            given["fills"] = self._cells.get(given["fills"])
        return given
