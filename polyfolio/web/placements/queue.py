"""Placing one initiative after another: two taps each, on a phone as well."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import placements
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.choices import FacetAnswer
from polyfolio.sensemaking.models import Placement
from polyfolio.sensemaking.queries.comparisons import compare, tally
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.web.pages import OurRequest, go, page, say, show
from polyfolio.web.placements import finding
from polyfolio.web.placements.running import Run, run_of
from polyfolio.web.placements.suggested import suggestion_for
from polyfolio.web.placements.words import DRIVER, PURPOSE, title_of

DRAFTS = "first-answers"
MOST_DRAFTS = 200


@page("sensemaking.place_own", find=finding.portfolio)
def queue(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Show the next initiative to place; `?at=` is where one is, `?purpose=` the first tap, `?only=own` one's own."""
    held = holding(portfolio, request.user)
    run = run_of(held, request.user, request.POST.get("only", request.GET.get("only", "")))
    if request.method == "POST":
        return _answered(request, run)
    here = run.here(request.GET.get("at", ""))
    context: dict[str, Any] = {
        "portfolio": portfolio,
        "run": run,
        "initiative": None,
        "total": run.total,
        "done": run.total - len(run.waiting),
        "left": len(run.waiting),
        "start": run.address(),
        "back": _address(run, run.before(here)),
        "before": _before(request, held),
    }
    context |= _asking(request, held, run, here) if here is not None else _ending(request, held, run)
    return show(request, "placements/queue.html", context)


def _asking(request: OurRequest, held: Holding, run: Run, here: int) -> dict[str, Any]:
    """One initiative and the question that is open about it."""
    initiative = held.members().filter(pk=here).prefetch_related("themes").first()
    assert initiative is not None
    purpose = request.GET.get("purpose", _drafts(request).get(_key(run, here), ""))
    purpose = purpose if purpose in FacetAnswer.values else ""
    own = _own(request, run, here)
    answered = own.driver if purpose and own is not None else own.purpose if own is not None else ""
    return {
        "initiative": initiative,
        "number": run.number(here),
        "purpose": purpose,
        "purpose_words": title_of(PURPOSE, purpose),
        "options": DRIVER if purpose else PURPOSE,
        "answered": answered,
        "own": own,
        "here": run.address(at=here),
        "again": run.address(at=here, purpose=""),
        "skip": run.address(at=run.after(here)),
        "suggestion": suggestion_for(initiative),
    }


def _ending(request: OurRequest, held: Holding, run: Run) -> dict[str, Any]:
    """Thanks, and how one's own views stand beside those of others."""
    compared = compare(held, request.user, run.ids)
    return {"compared": compared, "tally": tally(compared)}


def _address(run: Run, pk: int | None) -> str:
    return run.address(at=pk) if pk is not None else ""


def _own(request: OurRequest, run: Run, pk: int) -> Placement | None:
    rows = Placement.objects.filter(portfolio=run.portfolio, initiative=pk, assessor=request.user, is_agreed=False)
    return rows.order_by("-placed_at", "-pk").first()


def _before(request: OurRequest, held: Holding) -> Placement | None:
    """What was just placed, so that a wrong tap is mended."""
    was = request.GET.get("was", "")
    if not was.isdigit():
        return None
    rows = Placement.objects.filter(
        portfolio=held.portfolio, assessor=request.user, initiative__in=held.members().filter(pk=was)
    )
    return rows.select_related("initiative").order_by("-placed_at", "-pk").first()


def _answered(request: OurRequest, run: Run) -> HttpResponseBase:
    """Keep the first answer, or both and go on to the next one; or take back what was said a moment ago."""
    if "undo" in request.POST:
        return _undone(request, run)
    asked = request.POST.get("initiative", "")
    initiative = Initiative.objects.visible_to(request.user).get(pk=int(asked) if asked.isdigit() else 0)
    purpose, driver = request.POST.get("purpose", ""), request.POST.get("driver", "")
    if purpose in FacetAnswer.values and not driver:
        _keep(request, _key(run, initiative.pk), purpose)
        return go(request, run.address(at=initiative.pk) + "#answers")
    try:
        placements.place(
            initiative=initiative,
            portfolio=run.portfolio,
            answers=Answers(purpose=purpose, driver=driver),
            by=request.user,
            at=timezone.now(),
        )
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
        return go(request, run.address(at=initiative.pk))
    _keep(request, _key(run, initiative.pk), "")
    after = run.after(initiative.pk) if initiative.pk in run.ids else ""
    return go(request, run.address(at=after, was=initiative.pk))


def _undone(request: OurRequest, run: Run) -> HttpResponseBase:
    asked = request.POST["undo"]
    placement = Placement.objects.select_related("initiative", "portfolio").get(
        pk=int(asked) if asked.isdigit() else 0, portfolio=run.portfolio, assessor=request.user
    )
    try:
        placements.take_back(placement=placement, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("What you said of “%s” is taken back.") % placement.initiative)
    return go(request, run.address(at=placement.initiative_id))


# The first of two answers waits in the session, so that a telephone that falls asleep loses nothing.


def _key(run: Run, pk: int) -> str:
    return f"{run.portfolio.pk}-{pk}"


def _drafts(request: OurRequest) -> dict[str, str]:
    kept: dict[str, str] = request.session.get(DRAFTS, {})
    return kept


def _keep(request: OurRequest, key: str, purpose: str) -> None:
    drafts = {name: value for name, value in _drafts(request).items() if name != key}
    if purpose:
        drafts[key] = purpose
    request.session[DRAFTS] = dict(list(drafts.items())[-MOST_DRAFTS:])
