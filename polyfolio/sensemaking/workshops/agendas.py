"""What a workshop goes through, as data: the steps of each kind, and the cards it plays with.

The six questions and the timings follow OECD OPSI's portfolio exploration workshop; the words are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

Step = dict[str, Any]

DOES = ("note", "place", "vote", "propose", "pitch")
PITCH_SECONDS = 180
DOTS = 5
"""Votes that everybody has in a step."""

_WELCOME = {"key": "welcome", "minutes": 10, "does": [], "board": "", "is_private": False}
_IDEA = {"key": "idea", "minutes": 10, "does": ["note"], "board": "", "is_private": True}
_WHAT = {"key": "what", "minutes": 10, "does": ["note"], "board": "", "is_private": True}
_HAVE = {"key": "have", "minutes": 40, "does": ["place"], "board": "diamond", "is_private": True}
_ZONES = {"key": "zones", "minutes": 30, "does": ["place"], "board": "zones", "is_private": False}
_WHY = {"key": "why", "minutes": 10, "does": ["note"], "board": "", "is_private": False}
_CONTENT = {"key": "content", "minutes": 10, "does": ["note", "vote"], "board": "", "is_private": False}
_CHANGE = {"key": "change", "minutes": 20, "does": ["propose", "pitch"], "board": "", "is_private": False}
_MOVES = {"key": "moves", "minutes": 10, "does": ["propose", "vote"], "board": "", "is_private": False}
_CLOSE = {"key": "close", "minutes": 10, "does": ["note"], "board": "", "is_private": False}
_STORY = {"key": "story", "minutes": 40, "does": ["note"], "board": "", "is_private": True}

KINDS: Mapping[str, Sequence[Step]] = {
    "exploration": (_WELCOME, _WHAT, _HAVE, _WHY, _CONTENT, _CHANGE, _MOVES, _CLOSE),
    "stocktake": (_WELCOME, _IDEA, _ZONES, _WHY, _CONTENT, _CHANGE, _MOVES, _CLOSE),
    "sensemaking": (_WELCOME, _HAVE, _WHY, _CONTENT, _CHANGE, _MOVES, _CLOSE),
    "learning_history": (_WELCOME, _STORY, _WHY, _CONTENT, _CHANGE, _CLOSE),
    "transition_lab": (_WELCOME, _ZONES, _WHY, _CHANGE, _MOVES, _CLOSE),
}

WORDS: Mapping[str, tuple[StrPromise, StrPromise]] = {
    "welcome": (_("Welcome"), _("Who is here, and what shall be different when we leave?")),
    "idea": (_("What a portfolio is"), _("What do these initiatives want to reach together that none reaches alone?")),
    "what": (_("What is innovation for us?"), _("Finish the sentence: something is new and good here when …")),
    "have": (_("What do we have?"), _("Put each initiative where you see it: what is it for, and what pushes it?")),
    "zones": (_("Where does it stand?"), _("Put each initiative into its zone: exploring, between, or in operation?")),
    "why": (_("Why is it so?"), _("What explains this picture? Note it by layer.")),
    "content": (_("Are we content?"), _("Give your dots to what worries or delights you most.")),
    "change": (_("What would we change?"), _("Propose a move and pitch it in three minutes.")),
    "moves": (_("First moves"), _("Which proposals do we begin with? Give your dots.")),
    "close": (_("Close"), _("What do you take with you?")),
    "story": (_("What happened?"), _("Tell a turning point as you saw it: what happened, and what did it change?")),
}


def agenda(kind: str) -> list[Step]:
    """The steps of a workshop of this kind, to keep with it; their words stay ours to translate until changed."""
    return [dict(step) for step in KINDS[kind]]


def worded(steps: Sequence[Step]) -> list[Step]:
    """The steps with title and question in the reader's language, where the workshop did not write its own."""
    made = []
    for step in steps:
        title, question = WORDS.get(step["key"], ("", ""))
        own = {"title": step.get("title") or str(title), "question": step.get("question") or str(question)}
        made.append({**step, **own})
    return made


def minutes(steps: Sequence[Mapping[str, Any]]) -> int:
    return sum(int(step["minutes"]) for step in steps)
