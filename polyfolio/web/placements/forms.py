"""Forms about where initiatives stand: shape only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polyfolio.lib.texts import best_text
from polyfolio.sensemaking.actions.axes import At
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.actions.zones import Change
from polyfolio.sensemaking.choices import Driver, Facet, FacetAnswer
from polyfolio.sensemaking.models import Frame, Region, ZoneStay
from polyfolio.web.forms import DateField, PageForm

LONGEST_RATIONALE = 60_000
"""Letters: room for five thousand words, whatever the language."""


def share_field(facet: Facet, **more: Any) -> forms.FloatField:
    return forms.FloatField(label=facet.label.capitalize(), min_value=0, max_value=100, required=False, **more)


class SharesForm(PageForm):
    """A form with a share from 0 to 100 for each facet (fields `mis`, `enh`, `ada`, `ant`)."""

    mis = share_field(Facet.MISSION)
    enh = share_field(Facet.ENHANCEMENT)
    ada = share_field(Facet.ADAPTIVE)
    ant = share_field(Facet.ANTICIPATORY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for facet in Facet:
            self.fields[facet.value].widget.attrs.update(
                {"class": "form-control", "inputmode": "decimal", "step": "any"}
            )

    def share_fields(self) -> list[forms.BoundField]:
        return [self[facet.value] for facet in Facet]

    def shares_given(self) -> bool:
        """Whether any share stands in the form, so that the page shows them."""
        return any(field.value() not in (None, "") for field in self.share_fields())

    def shares(self) -> dict[str, float]:
        """What was given, by facet; an empty field is left out."""
        given = {facet.value: self.cleaned_data[facet.value] for facet in Facet}
        return {facet: share for facet, share in given.items() if share is not None}


class PlaceForm(SharesForm):
    """The two questions; shares, where somebody gives them, say the point instead."""

    purpose = forms.ChoiceField(
        label=_("What is it for?"), choices=FacetAnswer.choices, widget=forms.RadioSelect, required=False
    )
    driver = forms.ChoiceField(
        label=_("What pushes it?"), choices=FacetAnswer.choices, widget=forms.RadioSelect, required=False
    )
    rationale = forms.CharField(
        label=_("Why do you see it there?"),
        required=False,
        max_length=LONGEST_RATIONALE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )
    is_agreed = forms.BooleanField(label=_("This is what we agreed on together"), required=False)

    field_order = ("purpose", "driver", "mis", "enh", "ada", "ant", "rationale", "is_agreed")

    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(
            purpose=given["purpose"],
            driver=given["driver"],
            shares=self.shares() or None,
            rationale=given["rationale"],
        )


class TargetForm(SharesForm):
    reason = forms.CharField(
        label=_("Why does this mix fit now?"),
        help_text=_("The remit, the context, the time: what those who come after you should know."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ("mis", "enh", "ada", "ant", "reason")

    @staticmethod
    def initial_of(shares: Mapping[str, float] | None) -> dict[str, str]:
        return {facet: f"{100 * share:.2f}".rstrip("0").rstrip(".") for facet, share in (shares or {}).items()}

    def parts(self) -> dict[str, float]:
        """The shares from 0 to 1."""
        return {facet: share / 100 for facet, share in self.shares().items()}


class ZoneForm(PageForm):
    zone = forms.ChoiceField(label=_("Where does it stand now?"), widget=forms.RadioSelect, required=False)
    since_on = DateField(label=_("Since"), required=True)
    driver = forms.ChoiceField(
        label=_("What drove it there?"),
        choices=[("", _("Choose one")), *Driver.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    evidence = forms.CharField(
        label=_("What shows it?"),
        help_text=_("A mandate, a contract, a budget line, minutes: whatever somebody else could look up."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: Sequence[Region], has_stay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(region.code, region.label) for region in regions]  # type: ignore[attr-defined]
        if not has_stay:
            del self.fields["driver"]

    def saw(self, current: ZoneStay | None) -> int | None:
        """The id of the stay that the person saw; the present one where the form says nothing."""
        given: int | None = self.cleaned_data.get("seen")
        return given if given is not None else current.pk if current is not None else None

    def change(self) -> Change:
        given = self.cleaned_data
        return Change(
            zone=given["zone"],
            since_on=given["since_on"],
            driver=given.get("driver", ""),
            evidence=given["evidence"],
        )


class AxesForm(PageForm):
    """A place between two axes as numbers from −100 to 100, each end named in the frame's words."""

    x = forms.IntegerField(min_value=-100, max_value=100, widget=forms.NumberInput)
    y = forms.IntegerField(min_value=-100, max_value=100, widget=forms.NumberInput)
    rationale = forms.CharField(
        label=_("Why do you see it there?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_agreed = forms.BooleanField(label=_("This is what we agreed on together"), required=False)

    def __init__(self, *args: Any, frame: Frame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "en",)
        for name in ("x", "y"):
            low, high = (best_text(getattr(frame, f"{name}_{end}"), language) for end in ("low", "high"))
            field = self.fields[name]
            field.label = _("From “%(low)s” to “%(high)s”") % {"low": low, "high": high}
            field.help_text = _("−100 is all “%(low)s”, 0 in the middle, 100 all “%(high)s”.") % {
                "low": low,
                "high": high,
            }

    def spot(self) -> At:
        given = self.cleaned_data
        return At(x=given["x"] / 100, y=given["y"] / 100, rationale=given["rationale"])
