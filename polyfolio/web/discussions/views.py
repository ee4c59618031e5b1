"""Talks about where initiatives stand: a portfolio's list, and one initiative's from question to what came of it."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Entry, Portfolio
from polyfolio.sensemaking.actions import discussions
from polyfolio.sensemaking.models import Discussion, Standing
from polyfolio.sensemaking.queries import discussions as queries
from polyfolio.web.discussions import finding, pages
from polyfolio.web.discussions.forms import OpenForm, ResolveForm
from polyfolio.web.pages import OurRequest, PageRequest, go, page, paginate, public, refusals_in, say, show
from polyfolio.web.placements.finding import entry as find_entry
from polyfolio.web.placements.finding import portfolio as find_portfolio

STATES = ("open", "resolved")


@public(find=find_portfolio)
def of_portfolio(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """What people talk about in a portfolio: what is open first asked for, what came to an end on the other tab."""
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else STATES[0]
    rows = queries.of_portfolio(request.user, portfolio)
    found = paginate(request, rows.filter(state=state).order_by("-created_at", "-pk"))
    contested = Standing.objects.filter(
        portfolio=portfolio, is_contested=True, initiative__in=[each.initiative_id for each in found]
    )
    context = {
        "portfolio": portfolio,
        "page": found,
        "state": state,
        "counts": {each: rows.filter(state=each).count() for each in STATES},
        "contested": set(contested.values_list("initiative_id", flat=True)),
    }
    return show(request, "discussions/list.html", context)


@public(find=find_entry)
def discussion(request: PageRequest, entry: Entry) -> HttpResponseBase:
    """The open talk about an initiative's place, and the earlier ones."""
    return show(request, "discussions/discussion.html", pages.shown(request.user, entry))


@page("sensemaking.open_discussion", find=find_entry, methods=["POST"])
def begin(request: OurRequest, entry: Entry) -> HttpResponseBase:
    """Ask a question about its place."""
    form = OpenForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            opened = discussions.begin(
                portfolio=entry.portfolio,
                initiative=entry.initiative,
                question=form.cleaned_data["question"],
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("The talk is open. Name those who should join it with @."))
            return go(request, opened)
    context = pages.shown(request.user, entry) | {"open_form": form, "form": form}
    return show(request, "discussions/discussion.html", context)


@page("sensemaking.resolve_discussion", find=finding.present, methods=["POST"])
def resolve(request: OurRequest, talk: Discussion) -> HttpResponseBase:
    """End the talk with what came of it, and record what was agreed where something was."""
    entry = Entry(portfolio=talk.portfolio, initiative=talk.initiative)
    context = pages.shown(request.user, entry)
    form = ResolveForm(request.POST, may_agree=context["may_agree"])
    if form.is_valid():
        with refusals_in(form):
            row = discussions.resolve(
                discussion=talk,
                resolution=form.cleaned_data["resolution"],
                agreed=form.agreed(),
                by=request.user,
                at=timezone.now(),
            )
            said = _("The talk has come to its end, and what was agreed counts from now on.")
            if form.agreed() is None:
                say(request, _("The talk has come to its end."), undo=row)
            else:
                say(request, said)
            return go(request, talk)
    return show(request, "discussions/discussion.html", context | {"resolve_form": form, "form": form})


@page("sensemaking.resolve_discussion", find=finding.one, methods=["POST"])
def reopen(request: OurRequest, talk: Discussion) -> HttpResponseBase:
    try:
        discussions.reopen(discussion=talk, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("The talk is open again."))
    return go(request, talk)
