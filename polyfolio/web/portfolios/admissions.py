"""Adding initiatives to a portfolio: core at once, affiliated by admission with its checklist."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.lifecycles import Transition, TransitionError
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.actions import admissions, entries
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.lifecycles import ADMISSION
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.portfolios.queries import initiatives as initiative_queries
from polyfolio.portfolios.queries import portfolios as queries
from polyfolio.portfolios.queries.admissions import WAITING, checked_questions
from polyfolio.portfolios.queries.admissions import queue as waiting_in
from polyfolio.web.pages import OurRequest, go, page, paginate, refusals_in, say, show
from polyfolio.web.portfolios.forms import AddForm, AnswerForm, ProposeForm, ReasonForm


@page("portfolios.steward_portfolio", find=queries.find)
def add(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Add one initiative: as core where the person may edit it, else as a proposal that goes through admission."""
    form = AddForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        initiative: Initiative = form.cleaned_data["initiative"]
        with refusals_in(form):
            if may(request.user, "portfolios.edit_initiative", initiative) and "propose" not in request.POST:
                entries.add_core(portfolio=portfolio, initiative=initiative, by=request.user, at=timezone.now())
                say(request, _("“%s” is in the portfolio.") % initiative)
                return go(request, "portfolio", slug=portfolio.slug)
            entry = _proposed(request, portfolio, initiative, form.cleaned_data["reason"])
            return go(request, "portfolio_admission", slug=portfolio.slug, pk=entry.pk)
    return show(request, "portfolios/add.html", {"portfolio": portfolio, "form": form})


@page("portfolios.edit_initiative", find=initiative_queries.find)
def propose(request: OurRequest, initiative: Initiative) -> HttpResponseBase:
    """Propose one's own initiative to a portfolio, and submit it at once."""
    form = ProposeForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        portfolio: Portfolio = form.cleaned_data["portfolio"]
        with refusals_in(form):
            entry = _proposed(request, portfolio, initiative, form.cleaned_data["reason"])
            admissions.take(
                entry=entry,
                verb="submit",
                by=request.user,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            return go(request, "portfolio_admission", slug=portfolio.slug, pk=entry.pk)
    return show(request, "portfolios/propose.html", {"initiative": initiative, "form": form})


def _proposed(request: OurRequest, portfolio: Portfolio, initiative: Initiative, reason: str) -> Entry:
    entry = entries.propose(
        portfolio=portfolio, initiative=initiative, by=request.user, at=timezone.now(), reason=reason
    )
    say(
        request,
        _("“%(initiative)s” is proposed to “%(portfolio)s”.") % {"initiative": initiative, "portfolio": portfolio},
    )
    return entry


@page("portfolios.steward_portfolio", find=queries.find)
def queue(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Affiliated initiatives that are not admitted, those that wait longest first; one's drafts are submitted here."""
    if request.method == "POST":
        count = admissions.submit_drafts(portfolio=portfolio, by=request.user, at=timezone.now())
        said = ngettext("%s proposal is submitted.", "%s proposals are submitted.", count) % count
        say(request, said if count else _("None of these drafts is yours to submit."), is_problem=not count)
        return go(request, "portfolio_admissions", slug=portfolio.slug)
    rows = waiting_in(portfolio).filter(initiative__in=Initiative.objects.visible_to(request.user))
    context = {
        "portfolio": portfolio,
        "page": paginate(request, rows),
        "waiting": WAITING,
        "drafts": rows.filter(state=AdmissionState.DRAFT, proposed_by=request.user).count(),
    }
    return show(request, "portfolios/admissions.html", context)


def find_entry(user: Viewer, slug: str, pk: int) -> Entry:
    """An entry whose portfolio and initiative the person sees."""
    entry = queries.entry(user, slug, pk)
    Initiative.objects.visible_to(user).only("pk").get(pk=entry.initiative_id)
    return entry


@page("portfolios.see_admission", find=find_entry)
def admission(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """The checklist with its answers, and the steps that this person may take; answers are sent from here."""
    may_decide = may(request.user, "portfolios.decide_entry", entry)
    questions: list[dict[str, Any]] = [
        {"asked": each, "form": AnswerForm(request.POST or None, prefix=each.question.code, initial=_initial(each))}
        for each in checked_questions(entry)
    ]
    if request.method == "POST" and all(each["form"].is_valid() for each in questions):
        return _answered(request, entry, questions)
    context: dict[str, Any] = {
        "entry": entry,
        "portfolio": entry.portfolio,
        "initiative": entry.initiative,
        "questions": questions,
        "may_answer": may_decide and entry.state in WAITING,
        "steps": _steps(request, entry),
        "reason_form": ReasonForm(),
    }
    return show(request, "portfolios/admission.html", context)


def _initial(asked: Any) -> dict[str, Any]:
    if asked.answer is None:
        return {}
    return {"is_met": "yes" if asked.answer.is_met else "no", "evidence": asked.answer.evidence}


def _answered(request: OurRequest, entry: Entry, questions: list[dict[str, Any]]) -> HttpResponseBase:
    """Keep every answer that differs from what stands."""
    try:
        for each in questions:
            given, answer = each["form"].cleaned_data, each["asked"].answer
            is_new = answer is None or (answer.is_met, answer.evidence) != (given["is_met"], given["evidence"])
            if given["is_met"] is not None and is_new:
                admissions.answer(
                    entry=entry,
                    code=each["asked"].question.code,
                    is_met=given["is_met"],
                    evidence=given["evidence"],
                    by=request.user,
                    at=timezone.now(),
                )
        say(request, _("The answers are kept."))
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    return go(request, "portfolio_admission", slug=entry.portfolio.slug, pk=entry.pk)


def _steps(request: OurRequest, entry: Entry) -> list[Transition]:
    if entry.portfolio_class != PortfolioClass.AFFILIATED:
        return []
    return [step for step in ADMISSION.leaving(entry.state) if may(request.user, step.permission, entry)]


@page("portfolios.see_admission", find=find_entry, methods=["POST"])
def step(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """Take one step of the admission; what is refused is said on the page."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "").strip()
    try:
        kept = admissions.take(entry=entry, verb=verb, by=request.user, at=timezone.now(), reason=reason)
        say(
            request,
            _("“%(initiative)s” is now: %(state)s.")
            % {"initiative": entry.initiative, "state": kept.get_state_display()},
        )
    except (RefusedError, TransitionError) as refusal:
        say(request, refusal, is_problem=True)
    return go(request, "portfolio_admission", slug=entry.portfolio.slug, pk=entry.pk)


@page("portfolios.withdraw_entry", find=find_entry, methods=["POST"])
def remove(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """Take an initiative out of the portfolio; it stays in its network."""
    try:
        entries.remove(entry=entry, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
        say(request, _("“%s” is no longer in the portfolio; it stays in its network.") % entry.initiative)
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    return go(request, "portfolio", slug=entry.portfolio.slug)
