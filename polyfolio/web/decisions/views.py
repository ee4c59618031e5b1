"""Decisions about a portfolio: all of them, and one with what became of it."""

from __future__ import annotations

from dataclasses import asdict

from django.http.response import HttpResponseBase
from django.utils import timezone

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.models import Decision
from polyfolio.sensemaking.queries.looking_back import decisions as queries
from polyfolio.web.decisions.columns import DECISION_COLUMNS
from polyfolio.web.decisions.forms import DecisionFilters, FollowUpForm
from polyfolio.web.lists import export, listing
from polyfolio.web.pages import PageRequest, public, show


@public(find=portfolios.find)
def decisions(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Everything that was decided about the portfolio, the newest first."""
    wanted = queries.asked(request.GET.dict())
    today = timezone.localdate()
    rows = queries.listed(request.user, portfolio, wanted, on=today)
    listed = listing(request, rows, DECISION_COLUMNS, sort="-taken")
    file = export(request, listed, name=f"{portfolio.slug}-decisions")
    if file is not None:
        return file
    owners = queries.owners(portfolio)
    shown_filters = asdict(wanted)
    if wanted.owner not in {str(pk) for pk, _label in owners}:
        shown_filters["owner"] = ""
    form = DecisionFilters(shown_filters, owners=owners)
    context = {
        "portfolio": portfolio,
        "listing": listed,
        "form": form,
        "count": len([name for name in form.chosen() if name in DecisionFilters.base_fields]),
        "origin": wanted.origin,
        "may_decide": may(request.user, "sensemaking.decide", portfolio),
    }
    return show(request, "decisions/decisions.html", context, fragment="decisions/_list.html")


@public(find=queries.find)
def decision(request: PageRequest, decision: Decision) -> HttpResponseBase:
    """What was decided, where and why, whose it is, and whether it worked."""
    form = FollowUpForm(initial=FollowUpForm.initial_of(decision))
    return show(request, "decisions/decision.html", shown(request.user, decision, form))


def shown(user: Viewer, decision: Decision, form: FollowUpForm) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "portfolio": decision.portfolio,
        "decision": decision,
        "form": form,
        "initiatives": queries.initiatives(user, decision),
        "origin": queries.origin_of(user, decision),
        "is_late": decision.state == "open" and decision.due_on is not None and decision.due_on < today,
        "is_to_look_at": decision.look_again_on is not None and decision.look_again_on <= today,
        "may_edit": may(user, "sensemaking.edit_decision", decision),
        "may_follow": may(user, "sensemaking.follow_decision", decision),
    }
