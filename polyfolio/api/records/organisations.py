"""Organisations."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from polyfolio.api.frame.gates import SIGNED_IN, whoever_may
from polyfolio.api.frame.history import add_history
from polyfolio.api.frame.naming import asked, fresh, maybe_ref, named, refs, themes_named
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.schemas.organisations import (
    LookAlikeShape,
    MergeGiven,
    NewOrganisationGiven,
    OrganisationGiven,
    OrganisationRow,
    OrganisationShape,
    look_alike_shape,
    organisation_row,
    organisation_shape,
)
from polyfolio.api.schemas.roles import RoleShape, role_shape
from polyfolio.lib.names import name_key
from polyfolio.network.actions import merging
from polyfolio.network.actions import organisations as actions
from polyfolio.network.choices import Level, OrganisationKind, OrganisationSector
from polyfolio.network.models import Network, Organisation, Role
from polyfolio.network.queries import organisations
from polyfolio.network.queries.look_alikes import look_alikes
from polyfolio.people.rules import require
from polyfolio.vocabulary.models import Theme

routes = Routes("Organisations", "Actors with a name: public bodies, companies, universities, groups.")

LISTS = ("themes", "identifiers", "places")


class OrganisationFilters(BaseModel):
    """Which organisations; several values of one filter widen it, filters together narrow."""

    q: str = Field("", max_length=200, description="Words of a name or acronym.")
    network: Slug | None = Field(None, description="A network of which they are partners.")
    kind: list[OrganisationKind] = Field([], description="Kinds.")
    sector: list[OrganisationSector] = Field([], description="Sectors.")
    level: list[Level] = Field([], description="Levels.")
    country: list[str] = Field([], description="Countries, as two letters.")
    theme: list[Slug] = Field([], description="Themes they work on.")


@routes.list(
    "/organisations",
    shape=organisation_row,
    sorts={"label": ("label",), "updated_at": ("updated_at",), "country": ("country", "label")},
)
def every(request: ApiRequest, filters: Query[OrganisationFilters]) -> QuerySet[Organisation]:
    """All organisations."""
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(request.user)
    for word in name_key(filters.q).split():
        rows = rows.filter(Q(name_key__contains=word) | Q(other_keys__contains=word))
    for name in ("kind", "sector", "level", "country"):
        if chosen := getattr(filters, name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if filters.network:
        network = asked(Network.objects.visible_to(request.user), filters.network, "network")
        rows = rows.filter(memberships__network=network)
    if filters.theme:
        chosen_themes = [asked(Theme.objects.all(), slug, "theme") for slug in filters.theme]
        rows = rows.filter(pk__in=Organisation.objects.filter(themes__in=chosen_themes).values("pk"))
    return rows.prefetch_related("themes")


@routes.post("/organisations", whoever_may("network.create_organisation"))
def record(request: OurRequest, given: NewOrganisationGiven) -> OrganisationShape:
    """Record an organisation. Ask for look-alikes first."""
    networks = Network.objects.visible_to(request.user)
    organisation = actions.create(
        **_values(request, given, "member_of", *LISTS),
        themes=themes_named(given.themes),
        identifiers=[each.model_dump() for each in given.identifiers],
        places=[each.model_dump() for each in given.places],
        member_of=named(networks, given.member_of, "member_of") if given.member_of else None,
        by=request.user,
        at=timezone.now(),
    )
    request.found = organisation
    return _whole(request, organisation)


@routes.get("/organisations/look-alikes", SIGNED_IN)
def alike(
    request: OurRequest,
    name: Annotated[str, says("The name that you have.", min_length=1, max_length=300)],
    acronym: Annotated[str, says("Its acronym.", max_length=40)] = "",
    website: Annotated[str, says("Its website.", max_length=200)] = "",
) -> list[LookAlikeShape]:
    """Organisations that may be the one you are about to record, the likeliest first."""
    return [look_alike_shape(each) for each in look_alikes(request.user, name, acronym=acronym, website=website)]


@routes.get("/organisations/{slug:slug}", find=organisations.find)
def show(request: ApiRequest, organisation: Organisation) -> OrganisationShape:
    """One organisation."""
    return _whole(request, organisation)


@routes.patch("/organisations/{slug:slug}", whoever_may("network.edit_organisation"), find=organisations.find)
def change(request: OurRequest, organisation: Organisation, given: OrganisationGiven) -> OrganisationShape:
    """Change an organisation."""
    sent = given.model_fields_set
    request.change = actions.edit(
        organisation=organisation,
        values=_values(request, given, *LISTS),
        themes=themes_named(given.themes) if "themes" in sent else None,
        parts={name: [each.model_dump() for each in getattr(given, name)] for name in actions.PARTS if name in sent},
        by=request.user,
        at=timezone.now(),
    )
    return _whole(request, fresh(organisation))


@routes.delete("/organisations/{slug:slug}", whoever_may("network.delete_organisation"), find=organisations.find)
def delete(request: OurRequest, organisation: Organisation) -> Removed:
    """Take an organisation out of every list; what it took part in stays."""
    return removed(organisation, actions.delete(organisation=organisation, by=request.user, at=timezone.now()))


@routes.post(
    "/organisations/{slug:slug}/merge",
    whoever_may("network.merge_organisation"),
    find=organisations.find,
    status=200,
)
def merge(request: OurRequest, organisation: Organisation, given: MergeGiven) -> OrganisationShape:
    """Make another record of the same organisation part of this one; its address leads here then."""
    merged = named(Organisation.objects.visible_to(request.user), given.merged, "merged")
    require(request.user, "network.merge_organisation", merged)
    request.change = merging.merge(
        kept=organisation, merged=merged, reason=given.reason, by=request.user, at=timezone.now()
    )
    return _whole(request, fresh(organisation))


@routes.list(
    "/organisations/{slug:slug}/roles",
    find=organisations.find,
    shape=role_shape,
    sorts={"-since_on": ("-since_on",), "capacity": ("capacity",)},
)
def roles(request: ApiRequest, organisation: Organisation) -> QuerySet[Role]:
    """The roles that an organisation holds or held in bodies."""
    return organisations.roles_of(request.user, organisation).select_related("organisation", "body__network", "person")


def _values(request: OurRequest, given: OrganisationGiven, *left_out: str) -> dict[str, Any]:
    values = given.given(*left_out)
    seen = Organisation.objects.visible_to(request.user)
    for name in ("parent", "successor"):
        if values.get(name):
            values[name] = named(seen, values[name], name)
    return values


def _whole(request: ApiRequest, organisation: Organisation) -> OrganisationShape:
    """An organisation with its relatives and networks as far as the reader sees them. Seven queries at most."""
    near = [pk for pk in (organisation.parent_id, organisation.successor_id) if pk]
    seen = organisations.by_ids(request.user, near) if near else {}
    networks = Network.objects.visible_to(request.user).filter(memberships__organisation=organisation)
    return organisation_shape(
        organisation,
        parent=maybe_ref("organisations", seen.get(organisation.parent_id or 0)),
        successor=maybe_ref("organisations", seen.get(organisation.successor_id or 0)),
        networks=refs("networks", networks.order_by("label", "pk")),
    )


add_history(routes, "/organisations/{slug:slug}", organisations.find)

__all__ = ["OrganisationRow", "RoleShape", "routes"]
