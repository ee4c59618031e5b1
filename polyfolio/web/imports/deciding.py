"""What imports leave for people to decide: which organisations are one, which goals matter most."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.exchange.actions import matches as actions
from polyfolio.exchange.models import OrganisationMatch
from polyfolio.exchange.queries import matches as queries
from polyfolio.exchange.queries import steps
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.tables import Column
from polyfolio.people.rules import NotAllowedError, may
from polyfolio.web.lists import export, listing
from polyfolio.web.pages import OurRequest, go, page, paginate, say, show

MATCHES_SHOWN = 20
GOAL_COLUMNS: list[Column[Any]] = [
    Column(
        "title",
        gettext_lazy("Initiative"),
        lambda row: row.label,
        sort=("label",),
        href=lambda row: reverse("initiative_edit", args=[row.slug]),
    ),
    Column("network", gettext_lazy("Network"), lambda row: row.network.label, sort=("network__label", "label")),
    Column("goals", gettext_lazy("Goals"), lambda row: row.goals, sort=("goals", "label"), is_number=True),
]


@page("exchange.list_imports", methods=["GET"])
def matches(request: OurRequest) -> HttpResponseBase:
    """Pairs of organisations that may be one, side by side."""
    waiting = queries.open_matches(request.user).order_by("network__label", "pk")
    network = request.GET.get("network", "")
    waiting = waiting.filter(network=int(network)) if network.isdigit() else waiting
    rows = paginate(request, waiting, per_page=MATCHES_SHOWN)
    pairs = [(match, may(request.user, "exchange.accept_match", match)) for match in rows]
    return show(request, "imports/matches.html", {"page": rows, "pairs": pairs})


@page("exchange.decide_match", find=queries.find, methods=["POST"])
def same(request: OurRequest, match: OrganisationMatch) -> HttpResponseBase:
    """The two become one."""
    kept = match.candidate
    try:
        actions.accept(match=match, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    except NotAllowedError:
        say(
            request,
            _("One of the two belongs to a network that you do not look after. Ask its stewards."),
            is_problem=True,
        )
    else:
        say(request, _("They are one now: %(organisation)s.") % {"organisation": kept})
    return go(request, "import_matches")


@page("exchange.decide_match", find=queries.find, methods=["POST"])
def different(request: OurRequest, match: OrganisationMatch) -> HttpResponseBase:
    """The two stay apart, and nobody is asked again."""
    actions.reject(match=match, by=request.user, at=timezone.now())
    say(request, _("They stay two organisations; later imports remember that."))
    return go(request, "import_matches")


@page("exchange.list_imports", methods=["GET"])
def goals(request: OurRequest) -> HttpResponseBase:
    """Imported initiatives with more goals than may stand beside the main one."""
    crowded = steps.crowded_initiatives_of(request.user).select_related("network")
    listed = listing(request, crowded, GOAL_COLUMNS, sort="title")
    file = export(request, listed, name="goals to choose")
    return file or show(request, "imports/goals.html", {"listing": listed})
