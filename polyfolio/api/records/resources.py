"""Resources."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.history import add_history
from polyfolio.api.frame.naming import all_named, asked, themes_named, with_unseen
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.schemas.resources import NewResourceGiven, ResourceGiven, ResourceShape, resource_shape
from polyfolio.network.models import Network, Organisation
from polyfolio.network.queries import networks
from polyfolio.portfolios.actions import resources as actions
from polyfolio.portfolios.choices import ResourceKind
from polyfolio.portfolios.models import Initiative, Resource
from polyfolio.vocabulary.models import Theme

routes = Routes("Resources", "Something to read, use or learn from.")

LISTS = ("organisations", "programmes", "initiatives", "themes")


def find(user: Any, slug: str) -> Resource:
    found: Resource = Resource.objects.visible_to(user).select_related("network").get(slug=slug)
    return found


def filled(rows: QuerySet[Resource], user: Any) -> QuerySet[Resource]:
    """The same with what stands around them, as far as the person sees it."""
    return rows.select_related("network").prefetch_related(
        "themes",
        "programmes",
        Prefetch("organisations", queryset=Organisation.objects.visible_to(user)),
        Prefetch("initiatives", queryset=Initiative.objects.visible_to(user)),
    )


class ResourceFilters(BaseModel):
    """Which resources; several values of one filter widen it, filters together narrow."""

    q: str = Field("", max_length=200, description="Letters of a title.")
    network: Slug | None = Field(None, description="The network that they are recorded in.")
    kind: list[ResourceKind] = Field([], description="Kinds.")
    theme: list[Slug] = Field([], description="Themes.")
    organisation: Slug | None = Field(None, description="An organisation whose they are.")
    initiative: Slug | None = Field(None, description="An initiative that they came from.")


@routes.list(
    "/resources",
    shape=resource_shape,
    sorts={"label": ("label",), "updated_at": ("updated_at",), "published_on": ("published_on", "label")},
)
def every(request: ApiRequest, filters: Query[ResourceFilters]) -> QuerySet[Resource]:
    """All resources."""
    user = request.user
    rows: QuerySet[Resource] = Resource.objects.visible_to(user)
    rows = rows.filter(label__icontains=filters.q) if filters.q else rows
    rows = rows.filter(kind__in=filters.kind) if filters.kind else rows
    if filters.network:
        rows = rows.filter(network=asked(Network.objects.visible_to(user), filters.network, "network"))
    if filters.organisation:
        rows = rows.filter(
            organisations=asked(Organisation.objects.visible_to(user), filters.organisation, "organisation")
        )
    if filters.initiative:
        rows = rows.filter(initiatives=asked(Initiative.objects.visible_to(user), filters.initiative, "initiative"))
    if filters.theme:
        themes = [asked(Theme.objects.all(), slug, "theme") for slug in filters.theme]
        rows = rows.filter(pk__in=Resource.objects.filter(themes__in=themes).values("pk"))
    return filled(rows, user)


@routes.post("/networks/{slug:slug}/resources", whoever_may("portfolios.create_resource"), find=networks.find)
def add(request: OurRequest, network: Network, given: NewResourceGiven) -> ResourceShape:
    """Add a resource to a network."""
    resource = actions.create(
        network=network,
        title=given.title,
        kind=given.kind,
        values=given.given("title", "kind", *LISTS),
        related=_related(request, network, given),
        by=request.user,
        at=timezone.now(),
    )
    request.found = resource
    return _whole(request, resource)


@routes.get("/resources/{slug:slug}", find=find)
def show(request: ApiRequest, resource: Resource) -> ResourceShape:
    """One resource."""
    return _whole(request, resource)


@routes.patch("/resources/{slug:slug}", whoever_may("portfolios.edit_resource"), find=find)
def change(request: OurRequest, resource: Resource, given: ResourceGiven) -> ResourceShape:
    """Change a resource."""
    request.change = actions.edit(
        resource=resource,
        values=given.given(*LISTS),
        related=_related(request, resource.network, given, resource),
        by=request.user,
        at=timezone.now(),
    )
    return _whole(request, resource)


@routes.delete("/resources/{slug:slug}", whoever_may("portfolios.delete_resource"), find=find)
def delete(request: OurRequest, resource: Resource) -> Removed:
    """Take a resource out of every list."""
    return removed(resource, actions.delete(resource=resource, by=request.user, at=timezone.now()))


def _whole(request: ApiRequest, resource: Resource) -> ResourceShape:
    return resource_shape(filled(Resource.objects.all(), request.user).get(pk=resource.pk))


def _related(
    request: OurRequest, network: Network, given: ResourceGiven, resource: Resource | None = None
) -> dict[str, list[Any]]:
    user = request.user
    rows: dict[str, QuerySet[Any]] = {
        "organisations": Organisation.objects.visible_to(user),
        "programmes": networks.bodies(user, network),
        "initiatives": Initiative.objects.visible_to(user),
    }
    sent = given.model_fields_set
    related = {name: all_named(seen, getattr(given, name), name) for name, seen in rows.items() if name in sent}
    if resource is not None:
        related = {
            name: with_unseen(getattr(resource, name).all(), rows[name], chosen) for name, chosen in related.items()
        }
    return related | ({"themes": themes_named(given.themes)} if "themes" in sent else {})


add_history(routes, "/resources/{slug:slug}", find)
