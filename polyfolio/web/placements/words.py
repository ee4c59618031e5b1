"""The two questions that place an initiative, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from polyfolio.sensemaking.choices import FacetAnswer


@dataclass(frozen=True)
class Option:
    """One answer: its key, the words on its card, and the mark beside them."""

    key: str
    title: Any
    meaning: Any

    @property
    def mark(self) -> str:
        return "mixed" if self.key == FacetAnswer.ALL else self.key


PURPOSE = (
    Option("mis", _("To solve a problem of society"), _("It works towards a goal that many share, and says by when.")),
    Option("enh", _("To do better what is done already"), _("It makes services better, quicker or cheaper.")),
    Option("ada", _("To answer needs from below"), _("It grew out of what citizens or people in the field asked for.")),
    Option(
        "ant", _("To explore an uncertain future"), _("It tries what may matter later, before anybody can be sure.")
    ),
    Option("all", _("All of these, or hard to say"), _("It then stands in the middle, as something to talk about.")),
)
DRIVER = (
    Option("mis", _("Leaders who want a result"), _("Somebody in charge has set the goal.")),
    Option("enh", _("Cost and efficiency"), _("What there is should work better for less.")),
    Option("ada", _("People who try things out"), _("It goes on because those who do it see that it helps.")),
    Option("ant", _("Change that lies ahead"), _("Technology, climate or society will be different.")),
    Option("all", _("All of these, or hard to say"), _("It then stands in the middle, as something to talk about.")),
)


def title_of(options: Sequence[Option], key: str) -> Any:
    """The words of an answer; blank for none."""
    return next((option.title for option in options if option.key == key), "")
