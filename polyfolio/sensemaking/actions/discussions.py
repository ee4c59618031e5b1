"""Opening a talk about where an initiative stands, ending it with what came of it, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.sensemaking.actions import placements
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.choices import DiscussionState
from polyfolio.sensemaking.events import DiscussionOpened, DiscussionResolved
from polyfolio.sensemaking.models import Discussion
from polyfolio.sensemaking.queries.discussions import open_about

LONGEST_QUESTION = 2_000
LONGEST = 20_000
FIELDS = ("portfolio", "initiative", "question", "state")


def begin(*, portfolio: Portfolio, initiative: Initiative, question: str, by: User, at: datetime) -> Discussion:
    """Ask about an initiative's place; one talk is open at a time. Publishes DiscussionOpened."""
    require(by, "sensemaking.open_discussion", Entry(portfolio=portfolio, initiative=initiative))
    asked = question.strip()
    if not asked:
        raise RefusedError(_("Say what you would like to talk about."), field="question")
    if len(asked) > LONGEST_QUESTION:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST_QUESTION, field="question")
    with transaction.atomic():
        placements.held(portfolio, [initiative.pk])
        Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
        if open_about(portfolio, initiative) is not None:
            raise RefusedError(
                _("People talk about its place already. Say there what you have to say."), field="question"
            )
        discussion = Discussion(portfolio=portfolio, initiative=initiative, question=asked)
        records.create(discussion, fields=FIELDS, by=by, at=at)
        publish(DiscussionOpened(discussion.pk, portfolio.pk, initiative.pk))
    return discussion


def resolve(
    *, discussion: Discussion, resolution: str, by: User, at: datetime, agreed: Answers | None = None
) -> AuditRecord:
    """End a talk with what came of it; `agreed`, a steward's right, records where the initiative stands from now on.

    Publishes DiscussionResolved.
    """
    require(by, "sensemaking.resolve_discussion", discussion)
    said = resolution.strip()
    if not said:
        raise RefusedError(_("Say what came of it, so that others can follow."), field="resolution")
    if len(said) > LONGEST:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field="resolution")
    with transaction.atomic():
        locked = records.lock(discussion)
        if not locked.is_open:
            raise RefusedError(_("This talk has come to its end already."))
        placement = None
        if agreed is not None:
            placement = placements.place(
                initiative=locked.initiative,
                portfolio=locked.portfolio,
                answers=Answers(agreed.purpose, agreed.driver, agreed.shares, agreed.rationale or said),
                by=by,
                at=at,
                is_agreed=True,
            )
        values = {
            "state": DiscussionState.RESOLVED,
            "resolution": said,
            "resolved_at": at,
            "resolved_by": by,
            "agreed": placement,
        }
        row = records.change(locked, values, by=by, at=at)
        publish(DiscussionResolved(locked.pk, locked.portfolio_id, locked.initiative_id))
    assert row is not None
    return row


def reopen(*, discussion: Discussion, by: User, at: datetime) -> AuditRecord:
    """Take up an ended talk again; what was agreed at its end stays recorded until something else is."""
    require(by, "sensemaking.resolve_discussion", discussion)
    with transaction.atomic():
        locked = records.lock(discussion)
        if locked.is_open:
            raise RefusedError(_("This talk is open."))
        if open_about(locked.portfolio, locked.initiative) is not None:
            raise RefusedError(_("Another talk about its place is open. Say there what you have to say."))
        values = {
            "state": DiscussionState.OPEN,
            "resolution": "",
            "resolved_at": None,
            "resolved_by": None,
            "agreed": None,
        }
        row = records.change(locked, values, by=by, at=at)
    assert row is not None
    return row
