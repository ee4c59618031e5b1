"""The network that an address names, and those in which somebody may begin a portfolio."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Network
from polyfolio.network.queries import networks
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.web.pages import PageRequest


def asked_network(request: PageRequest) -> Network | None:
    """The network of `?network=slug` as the person sees it; 404 where they see none of that name."""
    slug = request.GET.get("network")
    if not slug:
        return None
    try:
        return networks.find(request.user, slug)
    except Network.DoesNotExist:
        raise Http404 from None


def stewarded(user: Viewer) -> QuerySet[Network, Any]:
    """Networks in which the person may begin a portfolio."""
    access = access_of(user)
    seen: QuerySet[Network, Any] = Network.objects.visible_to(user).order_by("label", "pk")
    return seen if access.is_admin else seen.filter(pk__in=access.ids("network", STEWARDING))
