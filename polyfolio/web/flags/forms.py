"""The form of a portfolio's flags: one threshold, one switch and one note a flag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.sensemaking.arithmetic.flags import LIMITS, PERCENT, Rule
from polyfolio.sensemaking.choices import FlagCode
from polyfolio.web.flags.words import RULES
from polyfolio.web.forms import PageForm


@dataclass(frozen=True)
class Part:
    """One flag of the form: its name, its rule in words, and its three fields."""

    code: FlagCode
    rule: str
    threshold: Any
    is_on: Any
    note: Any


class RulesForm(PageForm):
    """Fields are named by flag: `crisis_threshold`, `crisis_is_on`, `crisis_note`."""

    def __init__(self, *args: Any, rules: Sequence[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in rules:
            least, most = LIMITS[rule.code]
            self.fields[f"{rule.code}_threshold"] = forms.IntegerField(
                label=_("Threshold, in percent") if rule.code in PERCENT else _("Threshold"),
                min_value=least,
                max_value=most,
                initial=rule.threshold,
            )
            self.fields[f"{rule.code}_is_on"] = forms.BooleanField(
                label=_("Ask for this flag"), required=False, initial=rule.is_on
            )
            self.fields[f"{rule.code}_note"] = forms.CharField(
                label=_("Note"), required=False, max_length=2000, initial=rule.note
            )

    def parts(self) -> list[Part]:
        return [
            Part(code, str(RULES[code]) % "…", *(self[f"{code}_{name}"] for name in ("threshold", "is_on", "note")))
            for code in FlagCode
        ]

    def given(self) -> list[dict[str, Any]]:
        """What was given of each flag, by the names of the action. Call after `is_valid()`."""
        return [
            {"code": code.value}
            | {name: self.cleaned_data[f"{code}_{name}"] for name in ("threshold", "is_on", "note")}
            for code in FlagCode
        ]
