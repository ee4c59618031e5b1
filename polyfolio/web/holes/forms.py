"""Forms about holes: which matrix, and which cell is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import DecisionKind, Dimension, FollowUpKind
from polyfolio.web.forms import PageForm
from polyfolio.web.holes.headings import headings
from polyfolio.web.holes.pages import Shape

PLACE = ("row", "row_key", "column", "column_key")


def asked(query: QueryDict) -> Shape:
    """The matrix of the address; theme by zone where it names none, and never a dimension against itself."""
    row = _dimension(query.get("row", ""), Dimension.THEME)
    column = _dimension(query.get("column", ""), Dimension.ZONE)
    if row == column:
        column = Dimension.THEME if row == Dimension.ZONE else Dimension.ZONE
    return Shape(row, column, has_empty=query.get("empty") == "with", has_all_rows=query.get("rows") == "all")


def mended(query: QueryDict, shape: Shape) -> str:
    """Why the matrix is not the one that the address names; empty where it is."""
    row, column = query.get("row", ""), query.get("column", "")
    unknown = [name for name in (row, column) if name and name not in Dimension.values]
    names = {"row": shape.row.label, "column": shape.column.label}
    if unknown:
        return _now("Nothing is known of one of the dimensions in this address. This is %(row)s by %(column)s.") % names
    if row and row == column:
        return _now("A dimension against itself says nothing. This is %(row)s by %(column)s.") % names
    return ""


def _dimension(name: str, otherwise: Dimension) -> Dimension:
    return Dimension(name) if name in Dimension.values else otherwise


def dimension_choices() -> list[tuple[str, str]]:
    return [(each.value, each.label[:1].upper() + each.label[1:]) for each in Dimension]


class FollowForm(PageForm):
    """What to make of a hole, in a sentence."""

    kind = forms.ChoiceField(label=_("What follows?"))
    note = forms.CharField(
        label=_("In a sentence or two"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you are looking for or ask, or why it is left empty. Whoever comes later reads it here."),
    )

    LEAVE = DecisionKind.LEAVE.value

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        named = [(kind.value, _upper(kind.label)) for kind in FollowUpKind]
        field.choices = [
            ("", _("Choose one")),
            *named,
            (self.LEAVE, _("Leave it empty: decide that it is not wanted enough")),
        ]


def _upper(label: Any) -> str:
    return str(label)[:1].upper() + str(label)[1:]


class WantForm(PageForm):
    """A cell by its two dimensions and keys, how many initiatives it should hold, and why."""

    row = forms.ChoiceField(choices=Dimension.choices, widget=forms.HiddenInput)
    column = forms.ChoiceField(choices=Dimension.choices, widget=forms.HiddenInput)
    row_key = forms.ChoiceField()
    column_key = forms.ChoiceField()
    threshold = forms.IntegerField(
        label=_("How many initiatives should stand there, at least?"), min_value=1, max_value=10_000, initial=1
    )
    reason = forms.CharField(
        label=_("Why is it wanted?"),
        error_messages={"required": _("Say why this cell is wanted.")},
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So that whoever reads it later sees what is missed without it."),
    )

    field_order = ("row", "column", "row_key", "column_key", "threshold", "reason")

    def __init__(
        self, *args: Any, portfolio: Portfolio, viewer: Viewer, place: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("row", "column"):
            dimension = Dimension(place[name])
            key = f"{name}_key"
            field = self.fields[key]
            assert isinstance(field, forms.ChoiceField)
            field.label = dict(dimension_choices())[dimension]
            named = headings(viewer, portfolio, dimension, {place[key]} - {""})
            field.choices = [("", _("Choose one")), *((each.key, each.label) for each in named)]

    def cell(self) -> tuple[tuple[str, str], tuple[str, str]]:
        given = self.cleaned_data
        return (given["row"], given["row_key"]), (given["column"], given["column_key"])
