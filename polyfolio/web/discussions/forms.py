"""Forms of a talk about an initiative's place: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.web.forms import PageForm
from polyfolio.web.placements.words import DRIVER, PURPOSE


def _area(rows: int, **more: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "form-control", **more})


class OpenForm(PageForm):
    question = forms.CharField(
        label=_("What would you like to talk about?"),
        help_text=_("One question, as you would ask it in the room."),
        required=False,
        widget=_area(3),
    )


class CommentForm(PageForm):
    """`parent` is the comment that is answered, where one is."""

    text = forms.CharField(label=_("What do you say?"), required=False, widget=_area(4))
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ResolveForm(PageForm):
    """What came of it; stewards may record with it where the initiative stands as agreed."""

    resolution = forms.CharField(label=_("What came of it?"), required=False, widget=_area(3))
    purpose = forms.ChoiceField(label=_("Agreed: what it is for"), required=False)
    driver = forms.ChoiceField(label=_("Agreed: what pushes it"), required=False)

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("purpose", PURPOSE), ("driver", DRIVER)):
            if may_agree:
                choices = [("", _("Nothing agreed")), *((option.key, option.title) for option in options)]
                self.fields[name].choices = choices  # type: ignore[attr-defined]
                self.fields[name].widget.attrs["class"] = "form-select"
            else:
                del self.fields[name]

    def agreed(self) -> Answers | None:
        given = self.cleaned_data
        if not given.get("purpose") and not given.get("driver"):
            return None
        return Answers(purpose=given.get("purpose", ""), driver=given.get("driver", ""))
