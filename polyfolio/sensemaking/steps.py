"""What waits for stewards, and for those who speak for organisations, in their portfolios' frames."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.notify.steps import Step
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import User
from polyfolio.portfolios.choices import OWNING_ROLES, AdmissionState, PortfolioClass
from polyfolio.portfolios.models import Entry, Initiative, Participation, Portfolio
from polyfolio.portfolios.rules import OWNING
from polyfolio.sensemaking.models import Placement, Standing

MOST = 12
SECONDS_EACH = 15


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
