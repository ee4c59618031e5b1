"""What becomes of a hole: something is made of it, or it is left empty on purpose."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.lib.events import publish
from polyfolio.lib.fields import shorten
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.sensemaking.actions import decisions
from polyfolio.sensemaking.choices import DecisionKind, DecisionState, FollowUpKind
from polyfolio.sensemaking.events import HoleFollowedUp
from polyfolio.sensemaking.models import Decision, HoleFollowUp, WantedCell
from polyfolio.sensemaking.queries.intentions import HOLE, left

FOLLOW = "sensemaking.follow_hole"
LONGEST = 5000


def follow_up(*, wanted: WantedCell, kind: str, note: str, by: User, at: datetime) -> HoleFollowUp:
    """Record what is made of a hole (a need, a call, a question). Publishes HoleFollowedUp for the rooms above."""
    require(by, FOLLOW, wanted)
    if kind not in FollowUpKind.values:
        raise RefusedError(_("Choose what to make of it."), field="kind")
    text = _said(note, _("Say in a sentence what you are looking for, or what you ask."))
    with transaction.atomic():
        if _left(wanted) is not None:
            raise RefusedError(_("It was decided to leave this one empty. Open it again first."))
        row = HoleFollowUp.objects.create(
            wanted=wanted, kind=kind, note=text, followed_at=at, followed_by=by, followed_by_label=str(by)
        )
        after = {"cell": str(wanted), "follow_up": str(FollowUpKind(kind).label)}
        changes.write(record=wanted.portfolio, verb="portfolio.follow_hole", by=by, at=at, after=after, reason=text)
        publish(HoleFollowedUp(wanted.pk, kind))
    return row


def leave(*, wanted: WantedCell, reason: str, by: User, at: datetime, named: str = "") -> Decision:
    """Decide to leave a hole empty, which takes it off the open ones. `named` is the cell in the reader's words."""
    require(by, FOLLOW, wanted)
    text = _said(reason, _("Say why it is left empty."))
    with transaction.atomic():
        if _left(wanted) is not None:
            raise RefusedError(_("It was decided already to leave this one empty."))
        taken = decisions.take(
            portfolio=wanted.portfolio,
            kind=DecisionKind.LEAVE,
            title=shorten(_("Leave it empty: %s") % (named or wanted), 300),
            by=by,
            at=at,
            values={"reason": text},
            origin=(HOLE, wanted.pk),
        )
        after = {"cell": str(wanted)}
        changes.write(record=wanted.portfolio, verb="portfolio.leave_hole", by=by, at=at, after=after, reason=text)
    return taken


def reopen(*, wanted: WantedCell, by: User, at: datetime) -> None:
    """Take a hole up again that was left; the decision to leave it stays, as dropped."""
    require(by, FOLLOW, wanted)
    with transaction.atomic():
        decision = _left(wanted)
        if decision is None:
            raise RefusedError(_("Nobody decided to leave this one empty."))
        decisions.edit(decision=decision, values={"state": DecisionState.DROPPED}, by=by, at=at)
        after = {"cell": str(wanted)}
        changes.write(record=wanted.portfolio, verb="portfolio.reopen_hole", by=by, at=at, after=after)


def _left(wanted: WantedCell) -> Decision | None:
    """The decision to leave it, with the cell held until the transaction ends, so that nobody decides twice."""
    WantedCell.objects.select_for_update(of=("self",)).get(pk=wanted.pk)
    return left(wanted.portfolio, [wanted]).get(wanted.pk)


def _said(text: str, otherwise: str) -> str:
    said = text.strip()
    if not said:
        raise RefusedError(otherwise, field="note")
    if len(said) > LONGEST:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field="note")
    return said
