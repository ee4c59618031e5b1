"""Forms for frames: shape only. Zones and ends are written in the reader's language; other languages stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from polyfolio.sensemaking.actions.frames import AXIS_ENDS, FrameGiven, RegionGiven
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, Region
from polyfolio.web.forms import PageForm, RowForm, TextsFormField, page_languages, rows_of
from polyfolio.web.portfolios.pictures import in_language

COLOURS = (
    ("zone-yellow", _("yellow, dotted")),
    ("zone-green", _("green, striped")),
    ("zone-blue", _("blue, lined")),
    ("zone-rose", _("rose, striped back")),
    ("zone-violet", _("violet, upright lines")),
    ("zone-other", _("grey, crosses")),
)


class FrameForm(PageForm):
    title = TextsFormField(label=_("Name"), max_length=200)
    description = TextsFormField(label=_("What one sees through it"), rows=2, required=False, max_length=2000)


class AxesFrameForm(FrameForm):
    x_low = forms.CharField(label=_("Left end"), max_length=80)
    x_high = forms.CharField(label=_("Right end"), max_length=80)
    y_low = forms.CharField(label=_("Lower end"), max_length=80)
    y_high = forms.CharField(label=_("Upper end"), max_length=80)
    x_thresholds = forms.CharField(
        label=_("Where the fields begin, from left to right"),
        initial="0",
        help_text=_("One or two numbers between −1 (left) and 1 (right): 0 for halves, or −0.3; 0.3 for thirds."),
    )
    y_thresholds = forms.CharField(label=_("Where the fields begin, from below upwards"), initial="0")
    contested_from = forms.FloatField(
        label=_("Contested from"),
        initial=0.5,
        help_text=_("How far apart the middle half of the assessors must stand (up to 2) for it to be shown."),
    )

    def clean_x_thresholds(self) -> list[float]:
        return _numbers(self.cleaned_data["x_thresholds"])

    def clean_y_thresholds(self) -> list[float]:
        return _numbers(self.cleaned_data["y_thresholds"])


def _numbers(words: str) -> list[float]:
    try:
        return [float(part.replace("−", "-").replace(",", ".")) for part in words.split(";") if part.strip()]
    except ValueError:
        raise forms.ValidationError(_now("Write numbers with a semicolon between them, such as −0.3; 0.3.")) from None


class RegionForm(RowForm):
    """One zone; emptied, it is taken away."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Name"), max_length=120, required=False)
    description = forms.CharField(label=_("What it means"), max_length=1000, required=False)
    token = forms.ChoiceField(label=_("Colour and pattern"), choices=COLOURS, required=False)


Regions = rows_of(RegionForm)


def regions_initial(frame: Frame | None) -> list[dict[str, Any]]:
    """The regions as they are; for a new frame three empty ones, each in another colour."""
    if frame is None:
        return [{"token": token} for token, _name in COLOURS[:3]]
    return [
        {
            "code": region.code,
            "title": in_language(region.title),
            "description": in_language(region.description),
            "token": region.token,
        }
        for region in frame.regions.all()
    ]


def frame_initial(frame: Frame) -> dict[str, Any]:
    initial: dict[str, Any] = {"title": frame.title, "description": frame.description}
    if frame.kind == FrameKind.AXES:
        initial |= {name: in_language(getattr(frame, name)) for name in AXIS_ENDS}
        initial |= {
            name: "; ".join(f"{each:g}" for each in getattr(frame, name)) for name in ("x_thresholds", "y_thresholds")
        }
        initial["contested_from"] = frame.contested_from
    return initial


def given(kind: str, form: FrameForm, rows: Sequence[Mapping[str, Any]], frame: Frame | None) -> FrameGiven:
    """What was written, as the action takes it."""
    values = form.cleaned_data
    regions = [_region(row, frame) for row in rows if row.get("title")]
    if kind != FrameKind.AXES:
        return FrameGiven(title=values["title"], description=values["description"], kind=kind, regions=regions)
    return FrameGiven(
        title=values["title"],
        description=values["description"],
        kind=kind,
        regions=regions,
        ends={name: _merged(getattr(frame, name) if frame else {}, values[name]) for name in AXIS_ENDS},
        x_thresholds=values["x_thresholds"],
        y_thresholds=values["y_thresholds"],
        contested_from=values["contested_from"],
    )


def _region(row: Mapping[str, Any], frame: Frame | None) -> RegionGiven:
    existing: Region | None = frame.regions.filter(code=row["code"]).first() if frame and row.get("code") else None
    return RegionGiven(
        title=_merged(existing.title if existing else {}, row["title"]),
        description=_merged(existing.description if existing else {}, row.get("description", "")),
        token=row.get("token") or "zone-other",
        code=row.get("code", "") if frame else "",
    )


def _merged(texts: Mapping[str, str], words: str) -> dict[str, str]:
    """The words in the language in which the page showed them, beside the other languages; unchanged, all stay."""
    if words == in_language(texts):
        return dict(texts)
    return {**texts, page_languages()[0]: words}


class CrosswalkForm(forms.Form):
    """For each region of one frame the region of the other as which it is read, or nothing."""

    def __init__(self, *args: Any, sources: Sequence[Region], targets: Sequence[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not written down")), *((each.code, in_language(each.title)) for each in targets)]
        for each in sources:
            self.fields[f"from-{each.code}"] = forms.ChoiceField(
                label=in_language(each.title),
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def pairs(self) -> dict[str, str]:
        return {name.removeprefix("from-"): value for name, value in self.cleaned_data.items()}
