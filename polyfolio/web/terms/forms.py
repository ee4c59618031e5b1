"""Forms about a portfolio's own terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.sensemaking.choices import TermKind
from polyfolio.sensemaking.models import PortfolioTerm
from polyfolio.web.forms import PageForm, TextsFormField
from polyfolio.web.portfolios.pictures import in_language


class TermForm(PageForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, kind.label.capitalize()) for kind in TermKind])
    title = TextsFormField(label=_("What it is called"), max_length=300)
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        required=False,
        help_text=_("Stands in addresses and files. Left empty, it comes from the name."),
    )


class RewordForm(PageForm):
    title = TextsFormField(label=_("What it is called"), max_length=300)
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=0, max_value=30_000, help_text=_("The lowest number comes first.")
    )


class TagForm(PageForm):
    """Every term of the portfolio as a box to tick, kind by kind."""

    def __init__(self, *args: Any, terms: Sequence[PortfolioTerm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in TermKind:
            of_kind = [(str(term.pk), in_language(term.title)) for term in terms if term.kind == kind]
            if of_kind:
                self.fields[kind.value] = forms.MultipleChoiceField(
                    label=PLURALS[kind], choices=of_kind, required=False, widget=forms.CheckboxSelectMultiple
                )

    def term_ids(self) -> list[int]:
        return [int(pk) for name in self.fields for pk in self.cleaned_data[name]]


PLURALS = {TermKind.LEVER: _("Levers"), TermKind.FIELD: _("Fields"), TermKind.OWN_THEME: _("Own themes")}
