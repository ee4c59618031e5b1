"""How the log speaks of talks, support structures and explorations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.sensemaking.choices import ExplorationState
from polyfolio.sensemaking.models import Comment, Discussion, Exploration, SupportStructure
from polyfolio.vocabulary.countries import country_name


def register() -> None:
    subjects.register(
        Discussion,
        change="sensemaking.resolve_discussion",
        labels={"question": _("Question"), "resolution": _("What came of it"), "state": _("State")},
    )
    subjects.register(
        Comment,
        change="sensemaking.reword_comment",
        delete="sensemaking.take_back_comment",
        labels={"text": _("Text"), "edited_at": _("Worded anew")},
    )
    subjects.register(SupportStructure, change="sensemaking.keep_supports")
    subjects.register(
        Exploration,
        change="sensemaking.run_exploration",
        delete="sensemaking.run_exploration",
        labels={
            "organisation": _("Organisation"),
            "organisation_name": _("Organisation"),
            "sectors": _("Fields of work"),
            "opens_on": _("First day"),
            "closes_on": _("Last day"),
            "is_comparable": _("May be compared"),
        },
        show={
            "state": lambda value: str(ExplorationState(value).label),
            "country": lambda value: country_name(str(value)),
        },
    )
