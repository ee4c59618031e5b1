"""Reading resources: what initiatives leave behind for others."""

from __future__ import annotations

from django.db.models import QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Initiative, Resource


def find(user: Viewer, slug: str) -> Resource:
    """The resource at that address; raises DoesNotExist where `user` sees none."""
    found: Resource = (
        Resource.objects.visible_to(user)
        .select_related("network")
        .prefetch_related("themes", "programmes")
        .get(slug=slug)
    )
    return found


def organisations(user: Viewer, resource: Resource) -> QuerySet[Organisation]:
    """Who made it, as far as `user` sees them."""
    found: QuerySet[Organisation] = Organisation.objects.visible_to(user).filter(resources=resource).order_by("label")
    return found


def initiatives(user: Viewer, resource: Resource) -> QuerySet[Initiative]:
    """Where it came from or is used, as far as `user` sees them."""
    found: QuerySet[Initiative] = Initiative.objects.visible_to(user).filter(resources=resource).order_by("label")
    return found
