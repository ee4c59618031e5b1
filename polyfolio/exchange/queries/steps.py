"""What imports leave for people to decide, as their next steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.exchange.queries.matches import open_matches
from polyfolio.notify.steps import Step
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.models import User
from polyfolio.portfolios.choices import MAX_OTHER_GOALS, SdgStanding
from polyfolio.portfolios.models import Initiative


def matches_to_decide(user: User, today: date) -> Iterator[Step]:  # noqa: ARG001  # as every provider is called
    """One step a network with organisations that may be the same. One query."""
    waiting = open_matches(user).order_by().values("network_id", "network__label").annotate(count=Count("pk"))
    for row in waiting:
        count = row["count"]
        yield Step(
            title=ngettext(
                "Say whether %(count)s organisation is known already",
                "Say whether %(count)s organisations are known already",
                count,
            )
            % {"count": count},
            why=_("An import into %(network)s named them as others here are named.")
            % {"network": row["network__label"]},
            button=_("Compare them"),
            address=f"{reverse('import_matches')}?{urlencode({'network': row['network_id']})}",
        )


def goals_to_choose(user: User, today: date) -> Iterator[Step]:  # noqa: ARG001  # as every provider is called
    """One step a network with imported initiatives that name more goals than may stand. One query."""
    access = access_of(user)
    if not access.is_admin and not access.ids("network", STEWARDING):
        return
    found = Initiative.objects.filter(pk__in=crowded_initiatives_of(user).values("pk")).order_by()
    for row in found.values("network__label").annotate(count=Count("pk")):
        count = row["count"]
        yield Step(
            title=ngettext(
                "Choose the goals of %(count)s imported initiative",
                "Choose the goals of %(count)s imported initiatives",
                count,
            )
            % {"count": count},
            why=_("In %(network)s these name more than %(most)s other goals; an import keeps all it finds.")
            % {"network": row["network__label"], "most": MAX_OTHER_GOALS},
            button=_("Choose"),
            address=reverse("import_goals"),
        )


def crowded_initiatives_of(user: User) -> QuerySet[Initiative]:
    """Initiatives with more imported goals than may stand beside the main one, in the networks the person stewards."""
    access = access_of(user)
    kept = Initiative.objects.kept()
    if not access.is_admin:
        kept = kept.filter(network__in=access.ids("network", STEWARDING))
    named = Count("sdgs__goal", filter=Q(sdgs__standing=SdgStanding.IMPORTED), distinct=True)
    found: QuerySet[Initiative] = kept.annotate(goals=named).filter(goals__gt=MAX_OTHER_GOALS)
    return found
