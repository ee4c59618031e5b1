"""Initiatives in portfolios: entered, proposed, admitted, taken out."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from polyfolio.api.frame.gates import as_action_says, whoever_may
from polyfolio.api.frame.naming import all_named, named, numbered
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, removed
from polyfolio.api.records.portfolios import find as find_portfolio
from polyfolio.api.schemas.entries import (
    AddedShape,
    AnswerGiven,
    ChecklistGiven,
    ChecklistShape,
    EntryGiven,
    EntryPositionGiven,
    EntryShape,
    ManyGiven,
    StepGiven,
    StepShape,
    answer_shape,
    entry_row,
    question_shape,
    row_values,
)
from polyfolio.api.schemas.networks import body_ref
from polyfolio.network.models import Network
from polyfolio.network.queries import networks
from polyfolio.people.rules import may
from polyfolio.portfolios.actions import admissions
from polyfolio.portfolios.actions import entries as actions
from polyfolio.portfolios.checklists import Question, questions_from
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.lifecycles import ADMISSION
from polyfolio.portfolios.models import Checklist, Entry, Initiative, Portfolio
from polyfolio.portfolios.queries.admissions import checked_questions, waiting_for

routes = Routes("Entries", "Initiatives in portfolios: core or affiliated, and the way of a proposal to its admission.")

PROPOSE, DECIDE, WITHDRAW = "portfolios.propose_entry", "portfolios.decide_entry", "portfolios.withdraw_entry"
STEWARD = "portfolios.steward_portfolio"


def visible(user: Any) -> QuerySet[Entry]:
    """Entries of portfolios and initiatives that the person sees."""
    rows = Entry.objects.filter(
        portfolio__in=Portfolio.objects.visible_to(user), initiative__in=Initiative.objects.visible_to(user)
    )
    return rows.select_related("portfolio__network", "initiative__network", "position")


def find(user: Any, pk: int) -> Entry:
    """An admitted entry, or one on its way that the person proposes or decides on."""
    entry = visible(user).get(pk=pk)
    if entry.state != AdmissionState.ADMITTED and not may(user, WITHDRAW, entry):
        raise Entry.DoesNotExist
    return entry


@routes.list(
    "/portfolios/{slug:slug}/entries",
    find=find_portfolio,
    shape=entry_row,
    sorts={"label": ("initiative__label",), "-entered_on": ("-entered_on",), "state": ("state",)},
)
def every(
    request: ApiRequest,
    portfolio: Portfolio,
    state: Annotated[AdmissionState | None, says("Only those in this state.")] = None,
    portfolio_class: Annotated[PortfolioClass | None, says("Core or affiliated ones.")] = None,
) -> QuerySet[Entry]:
    """The entries of a portfolio itself: the admitted ones, and for its stewards those on their way."""
    rows = visible(request.user).filter(portfolio=portfolio)
    if not may(request.user, STEWARD, portfolio):
        own = Q(proposed_by=request.user.pk) if request.user.is_authenticated else Q(pk__in=[])
        rows = rows.filter(Q(state=AdmissionState.ADMITTED) | own)
    rows = rows.filter(state=state) if state else rows
    return rows.filter(portfolio_class=portfolio_class) if portfolio_class else rows


@routes.post("/portfolios/{slug:slug}/entries", as_action_says(STEWARD, PROPOSE), find=find_portfolio)
def enter(request: OurRequest, portfolio: Portfolio, given: EntryGiven) -> EntryShape:
    """Enter an initiative as core, or draft the proposal of a partner's own."""
    initiative = named(Initiative.objects.visible_to(request.user), given.initiative, "initiative")
    asked = {"portfolio": portfolio, "initiative": initiative, "by": request.user, "at": timezone.now()}
    if given.portfolio_class == PortfolioClass.CORE:
        entry = actions.add_core(**asked)
    else:
        entry = actions.propose(**asked, reason=given.reason)
    return _whole(request, entry)


@routes.post("/portfolios/{slug:slug}/entries/many", whoever_may(STEWARD), find=find_portfolio, status=200)
def enter_many(request: OurRequest, portfolio: Portfolio, given: ManyGiven) -> AddedShape:
    """Enter many initiatives: as core those that are yours to enter, the rest as drafted proposals."""
    initiatives = all_named(Initiative.objects.visible_to(request.user), given.initiatives, "initiatives")
    added = actions.add_many(
        portfolio=portfolio, initiative_ids=[each.pk for each in initiatives], by=request.user, at=timezone.now()
    )
    return AddedShape(core=added.core, proposed=added.proposed, already=added.already)


@routes.get("/entries/{int:pk}", find=find)
def show(request: ApiRequest, entry: Entry) -> EntryShape:
    """One entry; with its checklist and the possible steps for those who decide on it or propose it."""
    return _whole(request, entry)


@routes.post("/entries/{int:pk}/steps", as_action_says(PROPOSE, DECIDE, WITHDRAW), find=find, status=200)
def step(request: OurRequest, entry: Entry, given: StepGiven) -> EntryShape:
    """Take a step of the admission; to admit asks for the completed checklist."""
    taken = admissions.take(entry=entry, verb=given.verb, reason=given.reason, by=request.user, at=timezone.now())
    return _whole(request, taken)


@routes.put("/entries/{int:pk}/answers/{slug:code}", whoever_may(DECIDE), find=find)
def answer(request: OurRequest, entry: Entry, code: str, given: AnswerGiven) -> EntryShape:
    """Answer a question of the checklist while the entry waits for its decision."""
    admissions.answer(
        entry=entry,
        code=code,
        is_met=given.is_met,
        evidence=given.evidence,
        by=request.user,
        at=timezone.now(),
    )
    return _whole(request, entry)


@routes.put("/entries/{int:pk}/position", whoever_may(STEWARD, of="portfolio"), find=find)
def set_position(request: OurRequest, entry: Entry, given: EntryPositionGiven) -> EntryShape:
    """Say which strategic place of the portfolio an initiative stands for."""
    positions = entry.portfolio.positions.all()
    position = numbered(positions, given.position, "position") if given.position else None
    actions.set_position(entry=entry, position=position, by=request.user, at=timezone.now())
    return _whole(request, entry)


@routes.delete("/entries/{int:pk}", whoever_may(WITHDRAW), find=find)
def remove(
    request: OurRequest, entry: Entry, reason: Annotated[str, says("Why it leaves.", max_length=2000)] = ""
) -> Removed:
    """Take an admitted initiative out of a portfolio; that it was there is kept, with the reason."""
    actions.remove(entry=entry, by=request.user, at=timezone.now(), reason=reason)
    return removed(entry)


@routes.list("/me/admissions", as_action_says(DECIDE), shape=entry_row, sorts={"submitted_at": ("submitted_at",)})
def waiting(request: OurRequest) -> QuerySet[Entry]:
    """Proposals whose admission you may decide, the longest waiting first."""
    return waiting_for(request.user).select_related("portfolio", "initiative", "position")


@routes.get("/networks/{slug:slug}/checklists", find=networks.find)
def checklists(_request: ApiRequest, network: Network) -> list[ChecklistShape]:
    """The due-diligence questions of a network and of its programmes; none: the built-in ones are asked."""
    rows = Checklist.objects.filter(network=network).select_related("programme").order_by("programme_id")
    return [_checklist_shape(each, network) for each in rows]


@routes.put("/networks/{slug:slug}/checklists", whoever_may("portfolios.set_checklist"), find=networks.find)
def set_checklist(request: OurRequest, network: Network, given: ChecklistGiven) -> ChecklistShape:
    """Set the questions of a network, or of one of its programmes."""
    bodies = networks.bodies(request.user, network)
    checklist = admissions.set_questions(
        network=network,
        questions=[Question(each.code, each.text, each.is_required) for each in given.questions],
        programme=named(bodies, given.programme, "programme") if given.programme else None,
        by=request.user,
        at=timezone.now(),
    )
    return _checklist_shape(checklist, network)


def _checklist_shape(checklist: Checklist, network: Network) -> ChecklistShape:
    return ChecklistShape(
        programme=body_ref(checklist.programme, network) if checklist.programme is not None else None,
        questions=[question_shape(each) for each in questions_from(checklist.questions)],
    )


def _whole(request: ApiRequest, entry: Entry) -> EntryShape:
    """The entry as it stands, with its admission where the reader takes part in it."""
    rows = Entry.objects.select_related("portfolio__network", "initiative__network", "position")
    now = rows.get(pk=entry.pk)
    takes_part = request.user.is_authenticated and may(request.user, WITHDRAW, now)
    is_affiliated = now.portfolio_class == PortfolioClass.AFFILIATED
    shown = takes_part and is_affiliated
    return EntryShape.model_validate(
        row_values(now)
        | {
            "reason": now.reason if takes_part else "",
            "submitted_at": now.submitted_at if takes_part else None,
            "decided_at": now.decided_at if takes_part else None,
            "steps": _steps(request, now) if shown else [],
            "checklist": [answer_shape(each) for each in checked_questions(now)] if shown else [],
        }
    )


def _steps(request: ApiRequest, entry: Entry) -> list[StepShape]:
    return [
        StepShape.model_validate(
            {
                "verb": step.verb,
                "label": str(step.label),
                "target": step.target,
                "needs_reason": step.needs_reason,
            }
        )
        for step in ADMISSION.leaving(entry.state)
        if may(request.user, step.permission, entry)
    ]
