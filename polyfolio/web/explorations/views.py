"""Explorations as their stewards see them: the list, a new one, its results."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import exploration_responses as responses
from polyfolio.sensemaking.actions import explorations as actions
from polyfolio.sensemaking.choices import ExplorationState
from polyfolio.sensemaking.models import Exploration
from polyfolio.sensemaking.queries import explorations as queries
from polyfolio.web.explorations import downloads, results
from polyfolio.web.explorations.forms import ExplorationForm, InviteForm, may_begin_somewhere, place_of
from polyfolio.web.lists import EXPORTS
from polyfolio.web.pages import (
    OurRequest,
    PageRequest,
    go,
    page,
    paginate,
    public,
    refusals_in,
    say,
    show,
    signed_in,
)

FRESH_LINK = "exploration_link"
RUN = "sensemaking.run_exploration"


def find(user: Viewer, pk: int) -> Exploration:
    return queries.find(user, pk)


@public()
def explorations(request: PageRequest) -> HttpResponseBase:
    """Every exploration that the person sees, those of one portfolio with `?portfolio=slug`."""
    rows = queries.visible(request.user)
    portfolio = _portfolio(request)
    if portfolio is not None:
        rows = rows.filter(portfolio=portfolio)
    query = f"?{urlencode({'portfolio': portfolio.slug})}" if portfolio else ""
    context = {
        "portfolio": portfolio,
        "new_url": f"{reverse('exploration_new')}{query}",
        "page": paginate(request, rows.order_by("-opens_on", "-pk")),
        "may_begin": may(request.user, RUN, portfolio) if portfolio else may_begin_somewhere(request.user),
        "today": timezone.now().date(),
    }
    return show(request, "explorations/explorations.html", context)


@signed_in()
def new(request: OurRequest) -> HttpResponseBase:
    """Begin one; `?portfolio=slug` names the portfolio beside which it stands."""
    portfolio = _portfolio(request)
    now = timezone.now()
    first = ExplorationForm.first_values(now.date())
    if portfolio is not None:
        first["about"] = f"portfolio:{portfolio.pk}"
    form = ExplorationForm(request.POST or None, viewer=request.user, initial=first)
    if not may_begin_somewhere(request.user):
        return show(request, "403.html", {"record": portfolio}, status=403)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            network, beside = place_of(request.user, form.cleaned_data["about"])
            made = actions.create(
                network=network, portfolio=beside, values=form.values(), by=request.user, at=timezone.now()
            )
            say(request, _("The exploration is made. Now hand out its link."))
            return go(request, made)
    return show(request, "explorations/edit.html", {"form": form, "portfolio": portfolio})


@public(find=find)
def exploration(request: PageRequest, exploration: Exploration) -> HttpResponseBase:
    """What the group says, from five answers on; for its stewards also the links. `?export=xlsx` is the table."""
    context = results.shown(exploration, request.user)
    if request.GET.get("export") in EXPORTS:
        return downloads.table(exploration, context, form=request.GET["export"])
    context |= {
        "is_open": responses.is_open(exploration, timezone.now()),
        "may_run": may(request.user, RUN, exploration),
        "today": timezone.now(),
    }
    if context["may_run"]:
        link = request.session.pop(FRESH_LINK, None)
        context["fresh_link"] = request.build_absolute_uri(link) if link else ""
        context["invite"] = InviteForm()
        context["links"] = list(exploration.invitations.filter(withdrawn_at=None).order_by("-invited_at", "-pk")[:100])
    return show(request, "explorations/exploration.html", context)


@page(RUN, find=find)
def edit(request: OurRequest, exploration: Exploration) -> HttpResponseBase:
    first = ExplorationForm.values_of(exploration)
    form = ExplorationForm(request.POST or None, viewer=request.user, exploration=exploration, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            changed = actions.edit(exploration=exploration, values=form.values(), by=request.user, at=timezone.now())
            say(request, _("Saved.") if changed else _("Nothing was changed."), undo=changed)
            return go(request, exploration)
    return show(request, "explorations/edit.html", {"form": form, "exploration": exploration})


@page(RUN, find=find, methods=["POST"])
def set_state(request: OurRequest, exploration: Exploration) -> HttpResponseBase:
    """Close it, or take answers again."""
    is_closing = request.POST.get("state") == ExplorationState.CLOSED
    act: Any = actions.close if is_closing else actions.reopen
    try:
        changed = act(exploration=exploration, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
        return go(request, exploration)
    words = _("The exploration is closed.") if is_closing else _("The exploration takes answers again.")
    say(request, words, undo=changed)
    return go(request, exploration)


@page(RUN, find=find, methods=["POST"])
def delete(request: OurRequest, exploration: Exploration) -> HttpResponseBase:
    row = actions.delete(exploration=exploration, by=request.user, at=timezone.now())
    say(request, _("The exploration is deleted."), undo=row)
    return go(request, "explorations")


def _portfolio(request: PageRequest) -> Portfolio | None:
    """The portfolio of `?portfolio=slug`; 404 where the person sees none."""
    slug = request.GET.get("portfolio")
    if not slug:
        return None
    try:
        found: Portfolio = Portfolio.objects.visible_to(request.user).select_related("network").get(slug=slug)
    except ObjectDoesNotExist:
        raise Http404 from None
    return found
