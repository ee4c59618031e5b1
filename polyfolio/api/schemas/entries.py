"""An initiative's place in a portfolio, and its way there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from polyfolio.api.frame.shapes import (
    Given,
    GivenTexts,
    Id,
    IdRef,
    Ref,
    Shape,
    Slug,
    Texts,
    Words,
    address,
    id_ref,
    ref,
)
from polyfolio.portfolios.checklists import Question
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.models import Entry
from polyfolio.portfolios.queries.admissions import CheckedQuestion

Step = Literal["submit", "begin_review", "admit", "return", "decline", "withdraw"]


class EntryRow(Shape):
    """An initiative's place in a portfolio."""

    id: int
    href: str
    portfolio: Ref
    initiative: Ref
    portfolio_class: PortfolioClass
    state: AdmissionState
    position: IdRef | None
    entered_on: date | None
    left_on: date | None


class StepShape(Shape):
    """A step of the admission that is possible now."""

    verb: Step
    label: str
    target: AdmissionState
    needs_reason: bool


class AnswerShape(Shape):
    """A question of the due-diligence checklist, and its answer where it has one."""

    code: str
    text: Texts
    is_required: bool
    is_met: bool | None
    evidence: str
    answered_at: datetime | None


class EntryShape(EntryRow):
    """An entry with its admission, for those who decide on it or propose it; nothing of that for others."""

    reason: str
    submitted_at: datetime | None
    decided_at: datetime | None
    steps: list[StepShape] = Field(description="What you may do now.")
    checklist: list[AnswerShape]


class EntryGiven(Given):
    """An initiative to enter: `core` where it was made together inside, `affiliated` where a partner proposes it."""

    initiative: Slug
    portfolio_class: PortfolioClass
    reason: Words = ""


class ManyGiven(Given):
    """Initiatives to enter: as core those that are yours to enter, the rest as proposals."""

    initiatives: list[Slug] = Field(min_length=1, max_length=5000)


class AddedShape(Shape):
    """What became of the initiatives given."""

    core: int
    proposed: int
    already: int


class StepGiven(Given):
    """A step of the admission, and why."""

    verb: Step
    reason: Words = Field("", description="Asked for where a proposal is returned or declined.")


class AnswerGiven(Given):
    """The answer to one question."""

    is_met: bool
    evidence: Words = ""


class EntryPositionGiven(Given):
    position: Id | None = Field(description="A position of the same portfolio; null: none.")


class QuestionGiven(Given):
    """A question, to be answered with yes or no."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
    text: GivenTexts
    is_required: bool = True


class QuestionShape(Shape):
    code: str
    text: Texts
    is_required: bool


class ChecklistGiven(Given):
    """The questions that stand before admission."""

    questions: list[QuestionGiven] = Field(min_length=1, max_length=100)
    programme: Slug | None = Field(None, description="A programme whose own they are.")


class ChecklistShape(Shape):
    programme: Ref | None
    questions: list[QuestionShape]


def row_values(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.pk,
        "href": address("entries", entry.pk),
        "portfolio": ref("portfolios", entry.portfolio),
        "initiative": ref("initiatives", entry.initiative),
        "portfolio_class": entry.portfolio_class,
        "state": entry.state,
        "position": id_ref("positions", entry.position) if entry.position is not None else None,
        "entered_on": entry.entered_on,
        "left_on": entry.left_on,
    }


def entry_row(entry: Entry) -> EntryRow:
    return EntryRow.model_validate(row_values(entry))


def answer_shape(checked: CheckedQuestion) -> AnswerShape:
    question, answer = checked.question, checked.answer
    return AnswerShape(
        code=question.code,
        text=question.text,
        is_required=question.is_required,
        is_met=answer.is_met if answer is not None else None,
        evidence=answer.evidence if answer is not None else "",
        answered_at=answer.answered_at if answer is not None else None,
    )


def question_shape(question: Question) -> QuestionShape:
    return QuestionShape(code=question.code, text=question.text, is_required=question.is_required)
