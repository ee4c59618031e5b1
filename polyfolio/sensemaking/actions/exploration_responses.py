"""Answering an exploration. Whoever holds a link may; what they say is theirs, so no log keeps who said what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.queries import digest
from polyfolio.sensemaking.choices import ExplorationState
from polyfolio.sensemaking.exploration import scoring
from polyfolio.sensemaking.exploration.answers import read_answer, read_note
from polyfolio.sensemaking.exploration.items import item
from polyfolio.sensemaking.models import Exploration, ExplorationResponse

MOST_RESPONSES = 2_000
"""More than any organisation asks; keeps a leaked link from filling the database."""


def is_open(exploration: Exploration, at: datetime) -> bool:
    """Whether it takes answers on that day."""
    in_days = exploration.opens_on <= at.date() <= exploration.closes_on
    return exploration.state == ExplorationState.OPEN and in_days and exploration.deleted_at is None


def require_open(exploration: Exploration, at: datetime) -> None:
    """Raise RefusedError with the reason where no answer is taken now."""
    if is_open(exploration, at):
        return
    if exploration.state == ExplorationState.OPEN and at.date() < exploration.opens_on:
        raise RefusedError(_("This exploration has not begun yet."))
    raise RefusedError(_("This exploration is closed. What you answered is kept as a draft that only you can see."))


def begin(*, exploration: Exploration, key: str, by: User | None, at: datetime) -> ExplorationResponse:
    """The answers of whoever holds `key` (or is signed in): those they began before, else new ones."""
    require_open(exploration, at)
    with transaction.atomic():
        Exploration.objects.select_for_update().get(pk=exploration.pk)
        rows = ExplorationResponse.objects.filter(exploration=exploration)
        found: ExplorationResponse | None = None if by is None else rows.filter(author=by).first()
        found = found or rows.filter(respondent=digest(key)).first()
        if found is not None:
            if found.author_id not in (None, by and by.pk):
                raise RefusedError(_("Answers were begun here from an account. Sign in with it to go on."))
            return found
        if exploration.responses.count() >= MOST_RESPONSES:
            raise RefusedError(_("This exploration has more answers than it can take. Tell whoever sent you the link."))
        return ExplorationResponse.objects.create(
            exploration=exploration, respondent=digest(key), author=by, started_at=at, saved_at=at
        )


def keep(
    *, response: ExplorationResponse, item_key: str, answer: Mapping[str, Any] | None, note: str, at: datetime
) -> ExplorationResponse:
    """Keep the answer to one item (None: it is open again), also after the exploration closed; nothing else changes.

    Raises RefusedError where the answer cannot stand, or where everything was handed in already.
    """
    asked = item(item_key)
    if asked is None:
        raise RefusedError(_("There is no question “%s”.") % item_key[:40])
    given = None if answer is None else read_answer(asked, answer)
    remark = read_note(note)
    with transaction.atomic():
        locked = _lock(response)
        if locked.submitted_at is not None:
            raise RefusedError(_("You have handed in your answers. Take them back first, then you can change them."))
        locked.answers = _with(locked.answers, item_key, given)
        locked.notes = _with(locked.notes, item_key, remark or None)
        locked.saved_at = at
        locked.save(update_fields=["answers", "notes", "saved_at"])
    return locked


def submit(*, response: ExplorationResponse, at: datetime) -> ExplorationResponse:
    """Hand the answers in, so that they count in the group's results; open questions do not count."""
    with transaction.atomic():
        locked = _lock(response)
        require_open(locked.exploration, at)
        if locked.submitted_at is not None:
            return locked
        found = scoring.result(locked.answers)
        if all(score is None for score in found.facets.values()):
            raise RefusedError(_("Nothing about the four kinds of innovation is answered yet. Answer at least one."))
        locked.scores, locked.submitted_at = scoring.to_json(found), at
        locked.save(update_fields=["scores", "submitted_at"])
    return locked


def take_back(*, response: ExplorationResponse, at: datetime) -> ExplorationResponse:
    """Let handed-in answers count no longer, as long as the exploration is open; they can then be changed."""
    with transaction.atomic():
        locked = _lock(response)
        if not is_open(locked.exploration, at):
            raise RefusedError(_("This exploration is closed, so its answers stay as they were handed in."))
        locked.submitted_at = locked.scores = None
        locked.save(update_fields=["scores", "submitted_at"])
    return locked


def discard(*, response: ExplorationResponse) -> None:
    """Delete a person's answers at their wish: drafts at any time, handed-in ones after taking them back."""
    with transaction.atomic():
        locked = _lock(response)
        if locked.submitted_at is not None:
            raise RefusedError(_("Take your answers back first, then you can delete them."))
        locked.delete()


def _with(kept: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """`kept` with `value` under `key`, without it where it is None."""
    others = {name: each for name, each in kept.items() if name != key}
    return others if value is None else {**others, key: value}


def _lock(response: ExplorationResponse) -> ExplorationResponse:
    rows = ExplorationResponse.objects.select_for_update(of=("self",)).select_related("exploration")
    return rows.get(pk=response.pk)
