"""What waits for stewards in their portfolios' frames."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.notify.steps import Step
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import User
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.sensemaking.models import Standing

MOST = 12


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
