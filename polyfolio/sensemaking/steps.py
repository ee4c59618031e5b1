"""What waits for stewards, for those who speak for organisations, and for those who own a decision."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.notify.steps import Step
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import User
from polyfolio.portfolios.choices import OWNING_ROLES, AdmissionState, PortfolioClass
from polyfolio.portfolios.models import Entry, Initiative, Participation, Portfolio
from polyfolio.portfolios.rules import OWNING
from polyfolio.sensemaking.choices import DecisionState
from polyfolio.sensemaking.models import Decision, Placement, Standing
from polyfolio.sensemaking.queries.looking_back.decisions import overdue

MOST = 12
SECONDS_EACH = 15
DAYS_AHEAD = 14


def unplaced(user: User, on: date) -> Iterable[Step]:  # noqa: ARG001  # the registry's shape
    """One step for each portfolio the person stewards that holds initiatives nobody has placed. One query."""
    stewarded = user.access.ids("portfolio", STEWARDING)
    seen = Portfolio.objects.visible_to(user).filter(pk__in=stewarded)
    facets = Standing.objects.filter(region__isnull=True)
    placed = facets.filter(portfolio=OuterRef("portfolio"), initiative=OuterRef("initiative"))
    open_entries = Entry.objects.filter(
        ~Exists(placed),
        portfolio__in=seen,
        state=AdmissionState.ADMITTED,
        initiative__in=Initiative.objects.visible_to(user),
    )
    counted = open_entries.order_by().values("portfolio__slug", "portfolio__label").annotate(number=Count("pk"))
    for row in counted.order_by("portfolio__label")[:MOST]:
        yield Step(
            title=ngettext(
                "%(count)s initiative of %(portfolio)s is not placed",
                "%(count)s initiatives of %(portfolio)s are not placed",
                row["number"],
            )
            % {"count": row["number"], "portfolio": row["portfolio__label"]},
            why=_("Two questions each say what it is for; without them the mix does not show it."),
            button=_("Place them"),
            address=f"{reverse('portfolio_initiatives', args=[row['portfolio__slug']])}?facet=-&dormant=with",
        )


def own_unplaced(user: User, on: date) -> Iterable[Step]:  # noqa: ARG001  # the registry's shape
    """One step for each portfolio that holds initiatives of the person's organisations which they have not placed.

    One query. The button leads to a queue of just these.
    """
    speaks_for = user.access.ids("organisation", OWNING)
    if not speaks_for:
        return
    placed = Placement.objects.filter(
        portfolio=OuterRef("portfolio"), initiative=OuterRef("initiative"), assessor_id=user.pk
    )
    owned = Participation.objects.filter(organisation__in=speaks_for, role__in=OWNING_ROLES)
    own = Entry.objects.filter(
        ~Exists(placed),
        portfolio__in=Portfolio.objects.visible_to(user),
        portfolio_class__in=(PortfolioClass.CORE, PortfolioClass.AFFILIATED),
        state=AdmissionState.ADMITTED,
        initiative__in=Initiative.objects.visible_to(user).filter(pk__in=owned.values("initiative")),
    )
    counted = own.order_by().values("portfolio__slug", "portfolio__label").annotate(number=Count("pk"))
    for row in counted.order_by("portfolio__label")[:MOST]:
        minutes = minutes_for(row["number"])
        yield Step(
            title=ngettext(
                "Place %(count)s initiative of yours in %(portfolio)s",
                "Place %(count)s initiatives of yours in %(portfolio)s",
                row["number"],
            )
            % {"count": row["number"], "portfolio": row["portfolio__label"]},
            why=ngettext(
                "Two taps each say what they are for: about %(minutes)s minute.",
                "Two taps each say what they are for: about %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes},
            button=_("Begin"),
            address=f"{reverse('portfolio_place', args=[row['portfolio__slug']])}?only=own",
        )


def minutes_for(number: int) -> int:
    """How long placing so many takes, at a quarter of a minute each (ours)."""
    return max(1, math.ceil(number * SECONDS_EACH / 60))


def decisions_due(user: User, on: date) -> Iterable[Step]:
    """Their own decisions that are due soon or are to be looked at again; as a steward, also others' overdue. A query.

    A decision that is due and to be looked at again is one step.
    """
    soon = Q(state=DecisionState.OPEN, due_on__lte=on + timedelta(days=DAYS_AHEAD))
    again = Q(look_again_on__lte=on)
    stewarded = Q(portfolio__in=user.access.ids("portfolio", STEWARDING))
    rows = Decision.objects.visible_to(user).filter(Q(owner=user) & (soon | again) | stewarded & (overdue(on) | again))
    for row in rows.select_related("portfolio").order_by("due_on", "look_again_on", "pk")[:MOST]:
        yield _step(row, user, on)


def _step(decision: Decision, user: User, on: date) -> Step:
    named = {"title": decision.title, "owner": decision.owner_label, "portfolio": str(decision.portfolio)}
    is_due = decision.state == DecisionState.OPEN and decision.due_on is not None
    if is_due and (decision.look_again_on is None or decision.look_again_on > on):
        title = _("Follow up: %(title)s") % named
    else:
        title = _("Look again: %(title)s") % named
    if decision.owner_id == user.pk:
        why = _("You own this decision about %(portfolio)s: say what became of it and whether it worked.") % named
    elif decision.owner_id is None:
        why = _("It was decided about %(portfolio)s, and nobody owns it.") % named
    else:
        why = _("%(owner)s owns this decision about %(portfolio)s, which you steward.") % named
    return Step(
        title=title,
        why=why,
        button=_("Follow it up"),
        address=f"{decision.get_absolute_url()}#follow",
        due_on=decision.due_on if is_due else decision.look_again_on,
    )
