"""Networks, their bodies and partners."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.history import add_history
from polyfolio.api.frame.naming import asked, fresh, named, themes_named
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.schemas.networks import (
    BodyGiven,
    BodyShape,
    NetworkGiven,
    NetworkShape,
    NewBodyGiven,
    NewNetworkGiven,
    PartnerGiven,
    PartnerShape,
    body_shape,
    network_shape,
    partner_shape,
)
from polyfolio.network.actions import bodies as body_actions
from polyfolio.network.actions import networks as network_actions
from polyfolio.network.actions import organisations as organisation_actions
from polyfolio.network.choices import BodyKind, Level, MembershipState, OrganisationKind, OrganisationSector
from polyfolio.network.models import Body, Membership, Network, Organisation
from polyfolio.network.queries import networks
from polyfolio.vocabulary.models import Theme

routes = Routes("Networks", "Organisations that change something together, with the bodies that steer them.")


def find_body(user: Any, slug: str, body: str) -> Body:
    return networks.find_body(user, slug, body)


def find_partner(user: Any, slug: str, organisation: str) -> Membership:
    network = networks.find(user, slug)
    rows = networks.partners(user, network).select_related("network", "organisation")
    found: Membership = rows.get(organisation__slug=organisation)
    return found


@routes.list(
    "/networks",
    shape=network_shape,
    sorts={"label": ("label",), "updated_at": ("updated_at",)},
)
def every(request: ApiRequest) -> QuerySet[Network]:
    """All networks."""
    return networks.visible(request.user).prefetch_related("themes")


@routes.post("/networks", whoever_may("network.create_network"))
def begin(request: OurRequest, given: NewNetworkGiven) -> NetworkShape:
    """Begin a network."""
    network = network_actions.create(
        **given.given("themes"), themes=themes_named(given.themes), by=request.user, at=timezone.now()
    )
    request.found = network
    return network_shape(network)


@routes.get("/networks/{slug:slug}", find=networks.find)
def show(_request: ApiRequest, network: Network) -> NetworkShape:
    """One network."""
    return network_shape(network)


@routes.patch("/networks/{slug:slug}", whoever_may("network.edit_network"), find=networks.find)
def change(request: OurRequest, network: Network, given: NetworkGiven) -> NetworkShape:
    """Change a network."""
    themes = themes_named(given.themes) if "themes" in given.model_fields_set else None
    request.change = network_actions.edit(
        network=network, values=given.given("themes"), themes=themes, by=request.user, at=timezone.now()
    )
    return network_shape(fresh(network))


@routes.delete("/networks/{slug:slug}", whoever_may("network.delete_network"), find=networks.find)
def delete(request: OurRequest, network: Network) -> Removed:
    """Take a network and everything in it out of every list."""
    return removed(network, network_actions.delete(network=network, by=request.user, at=timezone.now()))


@routes.list(
    "/networks/{slug:slug}/bodies",
    find=networks.find,
    shape=body_shape,
    sorts={"position": ("position", "label"), "label": ("label",), "updated_at": ("updated_at",)},
)
def every_body(
    request: ApiRequest, network: Network, kind: Annotated[BodyKind | None, says("Only this kind.")] = None
) -> QuerySet[Body]:
    """The bodies of a network: its board, desks, programmes, groups."""
    rows = networks.bodies(request.user, network)
    return rows.filter(kind=kind) if kind else rows


@routes.post("/networks/{slug:slug}/bodies", whoever_may("network.add_body"), find=networks.find)
def add_body(request: OurRequest, network: Network, given: NewBodyGiven) -> BodyShape:
    """Add a body to a network."""
    body = body_actions.create(
        network=network, **_body_values(request, network, given), by=request.user, at=timezone.now()
    )
    request.found = body
    return body_shape(body)


@routes.get("/networks/{slug:slug}/bodies/{slug:body}", find=find_body)
def show_body(_request: ApiRequest, body: Body) -> BodyShape:
    """One body."""
    return body_shape(body)


@routes.patch("/networks/{slug:slug}/bodies/{slug:body}", whoever_may("network.edit_body"), find=find_body)
def change_body(request: OurRequest, body: Body, given: BodyGiven) -> BodyShape:
    """Change a body."""
    values = _body_values(request, body.network, given)
    request.change = body_actions.edit(body=body, values=values, by=request.user, at=timezone.now())
    return body_shape(fresh(body))


@routes.delete("/networks/{slug:slug}/bodies/{slug:body}", whoever_may("network.delete_body"), find=find_body)
def delete_body(request: OurRequest, body: Body) -> Removed:
    """Take a body out of every list; bodies under it stay."""
    return removed(body, body_actions.delete(body=body, by=request.user, at=timezone.now()))


class PartnerFilters(BaseModel):
    """Which partners; several values of one filter widen it, filters together narrow."""

    q: str = Field("", max_length=200, description="Words of a name or acronym.")
    kind: list[OrganisationKind] = Field([], description="Kinds of organisations.")
    sector: list[OrganisationSector] = Field([], description="Sectors of organisations.")
    level: list[Level] = Field([], description="Levels of organisations.")
    country: list[str] = Field([], description="Countries, as two letters.")
    state: list[MembershipState] = Field([], description="How they stand.")
    theme: list[Slug] = Field([], description="Themes they work on.")
    programme: list[Slug] = Field([], description="Programmes in which they have a role.")
    gap: Literal["focal_point", "alternate", "ending"] | None = Field(
        None, description="Partners without focal point, without alternate, or with a role that ends within six months."
    )


@routes.list(
    "/networks/{slug:slug}/partners",
    find=networks.find,
    shape=partner_shape,
    sorts={"label": ("organisation__label",), "joined_on": ("joined_on",), "state": ("state",)},
)
def every_partner(request: ApiRequest, network: Network, filters: Query[PartnerFilters]) -> QuerySet[Membership]:
    """The partners of a network."""
    chosen = filters.model_dump() | {"words": filters.q}
    chosen["theme"] = [asked(Theme.objects.all(), each, "theme") for each in filters.theme]
    programmes = networks.bodies(request.user, network)
    chosen["programme"] = [asked(programmes, each, "programme") for each in filters.programme]
    rows = networks.partners(request.user, network).select_related("network", "organisation")
    return networks.filtered(rows.prefetch_related(None), chosen, on=timezone.localdate())


@routes.get("/networks/{slug:slug}/partners/{slug:organisation}", find=find_partner)
def show_partner(_request: ApiRequest, partner: Membership) -> PartnerShape:
    """How one organisation stands in a network."""
    return partner_shape(partner)


@routes.put(
    "/networks/{slug:slug}/partners/{slug:organisation}", whoever_may("network.set_membership"), find=networks.find
)
def set_partner(request: OurRequest, network: Network, organisation: str, given: PartnerGiven) -> PartnerShape:
    """Make an organisation a partner of a network, or say how it stands there now."""
    partner = organisation_actions.set_membership(
        network=network,
        organisation=Organisation.objects.visible_to(request.user).get(slug=organisation),
        state=given.state,
        joined_on=given.joined_on,
        left_on=given.left_on,
        reason=given.reason,
        by=request.user,
        at=timezone.now(),
    )
    return partner_shape(partner)


@routes.delete(
    "/networks/{slug:slug}/partners/{slug:organisation}", whoever_may("network.set_membership"), find=find_partner
)
def remove_partner(request: OurRequest, partner: Membership) -> Removed:
    """Take out a partnership that was entered by mistake; one that ended is set to `withdrawn` instead."""
    organisation_actions.end_membership(membership=partner, by=request.user, at=timezone.now())
    return removed(partner)


def _body_values(request: OurRequest, network: Network, given: BodyGiven) -> dict[str, Any]:
    values = given.given()
    if given.parent is not None:
        values["parent"] = named(networks.bodies(request.user, network), given.parent, "parent")
    return values


add_history(routes, "/networks/{slug:slug}", networks.find)
add_history(routes, "/networks/{slug:slug}/bodies/{slug:body}", find_body)
