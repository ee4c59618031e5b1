"""Entries that wait for a decision, and the checklist that gates them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.models import User
from polyfolio.portfolios.checklists import BUILT_IN, Question, questions_from, still_open
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.models import Checklist, ChecklistAnswer, Entry, Portfolio

WAITING = (AdmissionState.SUBMITTED, AdmissionState.UNDER_REVIEW)


@dataclass(frozen=True)
class CheckedQuestion:
    question: Question
    answer: ChecklistAnswer | None


def questions_for(entry: Entry) -> tuple[Question, ...]:
    """The checklist of one of the initiative's programmes, else of the portfolio's network, else the built-in one."""
    found = Checklist.objects.filter(
        Q(programme__in=entry.initiative.programmes.all()) | Q(programme__isnull=True),
        network=entry.portfolio.network_id,
    ).order_by("programme__position", "programme_id")
    ranked = sorted(found, key=lambda each: each.programme_id is None)
    return questions_from(ranked[0].questions) if ranked else BUILT_IN


def checked_questions(entry: Entry) -> list[CheckedQuestion]:
    """Each question of the entry's checklist with its answer, if any."""
    answers = {answer.code: answer for answer in entry.answers.select_related("answered_by")}
    return [CheckedQuestion(question, answers.get(question.code)) for question in questions_for(entry)]


def open_questions(entry: Entry) -> tuple[Question, ...]:
    answers = dict(entry.answers.values_list("code", "is_met"))
    return still_open(questions_for(entry), answers)


def waiting_for(user: User | AnonymousUser | None) -> QuerySet[Entry, Any]:
    """Entries whose admission this person may decide, the longest waiting first."""
    access = access_of(user)
    waiting = Entry.objects.filter(
        state__in=WAITING,
        portfolio_class=PortfolioClass.AFFILIATED,
        portfolio__deleted_at__isnull=True,
        initiative__deleted_at__isnull=True,
    )
    if not access.is_admin:
        waiting = waiting.filter(
            Q(portfolio__in=access.ids("portfolio", STEWARDING))
            | Q(portfolio__network__in=access.ids("network", STEWARDING))
        )
    return waiting.select_related("portfolio", "initiative").order_by("submitted_at", "pk")


def queue(portfolio: Portfolio) -> QuerySet[Entry, Any]:
    """All affiliated entries of a portfolio that are not admitted, those that wait first."""
    entries = Entry.objects.filter(portfolio=portfolio, portfolio_class=PortfolioClass.AFFILIATED).exclude(
        state=AdmissionState.ADMITTED
    )
    return (
        entries.filter(initiative__deleted_at__isnull=True)
        .select_related("initiative", "proposed_by", "decided_by", "portfolio")
        .order_by("submitted_at", "pk")
    )
