"""What this room holds about the person behind an account, and how it forgets them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from polyfolio.people.models import User
from polyfolio.sensemaking.models import ExplorationResponse
from polyfolio.sensemaking.queries.explorations import held_by


def held_about(user: User) -> list[dict[str, Any]]:
    return held_by(user)


def forget(user: User, _at: datetime) -> None:
    """Drafts go; of what was handed in, only the scores stay, without anything that leads to a person."""
    rows = ExplorationResponse.objects.filter(author=user)
    rows.filter(submitted_at__isnull=True).delete()
    for each in rows:
        each.author, each.answers, each.notes, each.respondent = None, {}, {}, f"forgotten-{each.pk}"
        each.save(update_fields=["author", "answers", "notes", "respondent"])
