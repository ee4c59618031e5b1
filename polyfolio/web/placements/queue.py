"""Placing one initiative after another: two taps each, on a phone as well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import placements
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.choices import FacetAnswer
from polyfolio.sensemaking.models import Placement
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.web.pages import OurRequest, go, page, say, show
from polyfolio.web.placements import finding
from polyfolio.web.placements.words import DRIVER, PURPOSE, title_of

END = "end"


@page("sensemaking.place_any", find=finding.portfolio)
def queue(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Show the next initiative that this person has not placed; `?at=` is where they are, `?purpose=` the first tap."""
    held = holding(portfolio, request.user)
    waiting = _waiting(held, request.user)
    if request.method == "POST":
        return _placed(request, portfolio, waiting)
    here = _here(waiting, request.GET.get("at", ""))
    initiative = held.members().filter(pk=here).prefetch_related("themes").first() if here else None
    total = held.members().count()
    purpose = request.GET.get("purpose", "")
    after = _after(waiting, here)
    context: dict[str, Any] = {
        "portfolio": portfolio,
        "initiative": initiative,
        "purpose": purpose if purpose in FacetAnswer.values else "",
        "purpose_words": title_of(PURPOSE, purpose),
        "options": DRIVER if purpose in FacetAnswer.values else PURPOSE,
        "here": address(portfolio, at=here) if here else "",
        "skip": address(portfolio, at=after),
        "start": address(portfolio),
        "total": total,
        "done": total - len(waiting),
        "left": len(waiting),
        "before": _before(held, request.GET.get("was", "")),
    }
    return show(request, "placements/queue.html", context)


def address(portfolio: Portfolio, **query: Any) -> str:
    path = reverse("portfolio_place", args=[portfolio.slug])
    return f"{path}?{urlencode(query)}" if query else path


def _waiting(held: Holding, user: User) -> list[int]:
    """Ids of the initiatives this person has not placed: those nobody placed first, then by title. Two queries."""
    frame, portfolio = held.facet_frame, held.portfolio
    rows = Placement.objects.filter(portfolio=portfolio, frame=frame)
    own = set(rows.filter(assessor=user).order_by().values_list("initiative_id", flat=True))
    placed = set(held.standings().order_by().values_list("initiative_id", flat=True))
    every = held.members().order_by("label", "pk").values_list("pk", flat=True)
    return sorted((pk for pk in every if pk not in own), key=lambda pk: pk in placed)


def _here(waiting: Sequence[int], asked: str) -> int | None:
    if asked.isdigit() and int(asked) in waiting:
        return int(asked)
    return None if asked == END or not waiting else waiting[0]


def _after(waiting: Sequence[int], here: int | None) -> str:
    """Where to go on from an initiative: the next one, or the end."""
    if here is None or here == waiting[-1]:
        return END
    return str(waiting[waiting.index(here) + 1])


def _before(held: Holding, was: str) -> Initiative | None:
    """The one just placed, so that a wrong tap is mended."""
    return held.members().filter(pk=was).first() if was.isdigit() else None


def _placed(request: OurRequest, portfolio: Portfolio, waiting: Sequence[int]) -> HttpResponseBase:
    """Keep the two answers and go on to the next one."""
    asked = request.POST.get("initiative", "")
    initiative = Initiative.objects.visible_to(request.user).get(pk=int(asked) if asked.isdigit() else 0)
    answers = Answers(purpose=request.POST.get("purpose", ""), driver=request.POST.get("driver", ""))
    try:
        placements.place(
            initiative=initiative, portfolio=portfolio, answers=answers, by=request.user, at=timezone.now()
        )
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
        return go(request, address(portfolio, at=initiative.pk))
    after = _after(waiting, initiative.pk) if initiative.pk in waiting else ""
    if after == END:
        say(request, _("You have come to the end."))
    return go(request, address(portfolio, at=after, was=initiative.pk))
