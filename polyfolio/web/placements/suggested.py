"""What the text of an initiative suggests, as the placing pages offer it."""

from __future__ import annotations

from django.utils.translation import get_language

from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.texts.suggesting import Suggestion, suggest

FIELDS = ("title", "daily_life", "summary", "objectives")


def suggestion_for(initiative: Initiative) -> Suggestion | None:
    """At most one, from the texts in the reader's language first; none where the words say too little."""
    languages = {language for field in FIELDS for language in getattr(initiative, field) or {}}
    own = (get_language() or "en").split("-")[0]
    ordered = sorted(languages, key=lambda language: (language.split("-")[0] != own, language))
    texts = {
        language.split("-")[0]: ". ".join(
            words for field in FIELDS if (words := (getattr(initiative, field) or {}).get(language))
        )
        for language in ordered
    }
    return suggest(texts)
