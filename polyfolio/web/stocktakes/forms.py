"""The form of a stocktake: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.sensemaking.actions.stocktakes import LONGEST
from polyfolio.sensemaking.choices import Layer
from polyfolio.sensemaking.models import Stocktake
from polyfolio.web.forms import DateField, PageForm

NOTE = "note_"
QUESTIONS = {
    Layer.SCALE: _("Scale: from the street to the world, where does it act?"),
    Layer.CONNECTIONS: _("Connections: what belongs together, and what is linked?"),
    Layer.LEVERS: _("Levers: law, money, habits, technology – which are pulled?"),
    Layer.INTENT: _("Intent: does it still want what it set out to want?"),
    Layer.CAPABILITIES: _("Capabilities: what can people do, and what can they not yet do?"),
    Layer.ASSETS: _("Assets: what is there to build on?"),
    Layer.RELATIONSHIPS: _("Relationships: who trusts whom, and who is missing?"),
}


def _paragraph(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}))


class StocktakeForm(PageForm):
    title = forms.CharField(label=_("Name"), max_length=300)
    held_on = DateField(label=_("Held on"), required=True)
    purpose = _paragraph(_("What is it for?"), 2)
    patterns = _paragraph(_("Patterns: what comes up again and again?"))
    gaps = _paragraph(_("Gaps: what is missing that somebody needs?"))
    insights = _paragraph(_("Insights: what do you see now that you did not see before?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for layer, question in QUESTIONS.items():
            self.fields[f"{NOTE}{layer.value}"] = _paragraph(question, 2)
        after = [f"{NOTE}{layer.value}" for layer in QUESTIONS]
        self.order_fields(["title", "held_on", "purpose", *after, "patterns", "gaps", "insights"])

    @staticmethod
    def initial_of(stocktake: Stocktake) -> dict[str, Any]:
        notes = {f"{NOTE}{layer}": text for layer, text in stocktake.notes.items()}
        return {name: getattr(stocktake, name) for name in StocktakeForm.base_fields} | notes

    def values(self) -> dict[str, Any]:
        """The fields of the record, its notes by layer."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith(NOTE)}
        notes = {layer.value: self.cleaned_data[f"{NOTE}{layer.value}"] for layer in QUESTIONS}
        return given | {"notes": {layer: text for layer, text in notes.items() if text}}
