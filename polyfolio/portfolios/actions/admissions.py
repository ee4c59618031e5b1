"""The way of an affiliated initiative into a portfolio: its checklist and the steps of its lifecycle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.network.models import Body, Network
from polyfolio.people.models import User
from polyfolio.people.rules import may, require
from polyfolio.portfolios.actions.entries import facts, lock, named_facts
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.checklists import Question, rows_from
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.events import EntryChanged
from polyfolio.portfolios.lifecycles import ADMISSION, DECIDE, PROPOSE
from polyfolio.portfolios.models import Checklist, ChecklistAnswer, Entry, Portfolio
from polyfolio.portfolios.queries.admissions import WAITING, open_questions, questions_for


class ChecklistOpenError(RefusedError):
    """Questions of the checklist are still open; the message names them."""


def take(*, entry: Entry, verb: str, by: User, at: datetime, reason: str = "") -> Entry:
    """Take one step of the admission lifecycle; admitting asks for the completed checklist."""
    with transaction.atomic():
        locked = lock(entry)
        if locked.portfolio_class != PortfolioClass.AFFILIATED:
            raise RefusedError(_("A core initiative has no admission; remove it from the portfolio instead."))
        step = ADMISSION.step(locked.state, verb)
        require(by, step.permission, locked)
        if step.needs_reason and not reason.strip():
            raise RefusedError(_("Say why, so that the other side can answer."), field="reason")
        if step.target == AdmissionState.ADMITTED:
            _require_checklist(locked, at)
        before = facts(locked)
        locked.state = step.target
        _stamp(locked, by=by, at=at, decides=step.permission == DECIDE, reason=reason)
        locked.save()
        touch([locked.initiative_id], at=at)
        changes.write(
            record=locked.initiative,
            verb=f"initiative.admission_{verb}",
            by=by,
            at=at,
            before=before,
            after=named_facts(locked),
            reason=reason,
        )
        publish(EntryChanged(locked.portfolio_id, locked.initiative_id, locked.state))
    return locked


def submit_drafts(*, portfolio: Portfolio, by: User, at: datetime) -> int:
    """Submit every proposal that the person drafted for this portfolio and may submit; how many that were."""
    drafts = Entry.objects.filter(portfolio=portfolio, proposed_by=by, state=AdmissionState.DRAFT)
    mine = [each for each in drafts.select_related("initiative", "portfolio") if may(by, PROPOSE, each)]
    with transaction.atomic():
        for entry in mine:
            take(entry=entry, verb="submit", by=by, at=at)
    return len(mine)


def answer(*, entry: Entry, code: str, is_met: bool, by: User, at: datetime, evidence: str = "") -> ChecklistAnswer:
    """Answer one question of an entry's checklist while it waits for its decision."""
    with transaction.atomic():
        locked = lock(entry)
        require(by, DECIDE, locked)
        if locked.state not in WAITING:
            raise RefusedError(_("The checklist is answered while the initiative is submitted or under review."))
        if code not in {question.code for question in questions_for(locked)}:
            raise RefusedError(_("The checklist has no such question."), field="code")
        kept, _is_new = ChecklistAnswer.objects.update_or_create(
            entry=locked,
            code=code,
            defaults={"is_met": is_met, "evidence": evidence, "answered_at": at, "answered_by": by},
        )
        locked.checked_at = None if open_questions(locked) else locked.checked_at or at
        locked.save(update_fields=["checked_at"])
        touch([locked.initiative_id], at=at)
        changes.write(
            record=locked.initiative,
            verb="initiative.checklist",
            by=by,
            at=at,
            after={"portfolio": plain(locked.portfolio), code: is_met, "evidence": evidence},
        )
    return kept


def set_questions(
    *, network: Network, questions: Sequence[Question], by: User, at: datetime, programme: Body | None = None
) -> Checklist:
    """Set the questions of a network's checklist, or of one of its programmes."""
    require(by, "portfolios.set_checklist", network)
    if programme is not None and programme.network_id != network.pk:
        raise RefusedError(_("“%s” belongs to another network.") % programme, field="programme")
    kept = [Question(each.code, clean_texts(each.text), each.is_required) for each in questions]
    if len({each.code for each in kept}) != len(kept):
        raise RefusedError(_("Each question needs a code of its own."), field="questions")
    if not kept or any(not best_text(each.text) for each in kept):
        raise RefusedError(_("Write at least one question, and none without words."), field="questions")
    with transaction.atomic():
        checklist, _is_new = Checklist.objects.update_or_create(
            network=network, programme=programme, defaults={"questions": rows_from(kept)}
        )
        subject: Network | Body = programme or network
        changes.write(
            record=subject,
            verb=f"{changes.subject_type(subject)}.checklist",
            by=by,
            at=at,
            after={"questions": [best_text(each.text) for each in kept]},
        )
    return checklist


def _require_checklist(entry: Entry, at: datetime) -> None:
    missing = open_questions(entry)
    if missing:
        raise ChecklistOpenError(
            _("Not every question of the checklist is answered with yes. Still open: %s")
            % " ".join(best_text(question.text) for question in missing)
        )
    entry.checked_at = entry.checked_at or at


def _stamp(entry: Entry, *, by: User, at: datetime, decides: bool, reason: str) -> None:
    stamps: dict[str, Any] = {"reason": reason}
    if decides:
        stamps |= {"decided_at": at, "decided_by": by}
    if entry.state == AdmissionState.SUBMITTED:
        stamps |= {"submitted_at": at, "proposed_by": by}
    if entry.state == AdmissionState.ADMITTED:
        stamps |= {"entered_on": at.date(), "left_on": None}
    if entry.state == AdmissionState.WITHDRAWN and entry.entered_on:
        stamps |= {"left_on": at.date()}
    for name, value in stamps.items():
        setattr(entry, name, value)
