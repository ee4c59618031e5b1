"""How the log speaks of this room's records, and what may be taken back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.sensemaking.models import Comment, Discussion, SupportStructure


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
