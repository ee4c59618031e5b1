"""What waits for those who look after a network: partners without a focal point, alternates, terms that end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.network.models import Network
from polyfolio.network.queries.networks import alerts
from polyfolio.notify.steps import Step
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import User

MOST_NETWORKS = 12


def gaps(user: User, on: date) -> Iterable[Step]:
    """At most three steps for each network that the person stewards; three queries a network."""
    stewarded = user.access.ids("network", STEWARDING)
    for network in Network.objects.visible_to(user).filter(pk__in=stewarded).order_by("label", "pk")[:MOST_NETWORKS]:
        yield from _of_network(user, network, on)


def _of_network(user: User, network: Network, on: date) -> Iterable[Step]:
    found = alerts(user, network, on=on)
    address = reverse("network_partners", args=[network.slug])
    if found.focal_point:
        yield Step(
            title=ngettext(
                "%(count)s partner of %(network)s has no focal point",
                "%(count)s partners of %(network)s have no focal point",
                found.focal_point,
            )
            % {"count": found.focal_point, "network": network},
            why=_("Nobody there can be asked, reminded or thanked until one is named."),
            button=_("Name them"),
            address=f"{address}?gap=focal_point",
        )
    if found.alternate:
        yield Step(
            title=ngettext(
                "%(count)s focal point of %(network)s has no alternate",
                "%(count)s focal points of %(network)s have no alternate",
                found.alternate,
            )
            % {"count": found.alternate, "network": network},
            why=_("When that person leaves, the partner falls silent."),
            button=_("See which"),
            address=f"{address}?gap=alternate",
        )
    if found.ending:
        yield Step(
            title=ngettext(
                "%(count)s partner of %(network)s has a role that ends within six months",
                "%(count)s partners of %(network)s have roles that end within six months",
                found.ending,
            )
            % {"count": found.ending, "network": network},
            why=_("A new nomination takes time to agree on."),
            button=_("See which"),
            address=f"{address}?gap=ending",
        )
