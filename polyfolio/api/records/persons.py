"""Persons, and the roles they and their organisations hold in bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.history import add_history
from polyfolio.api.frame.naming import all_named, asked, fresh, named, numbered
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.records.networks import find_body
from polyfolio.api.schemas.roles import (
    NewPersonGiven,
    NewRoleGiven,
    PersonGiven,
    PersonShape,
    RoleGiven,
    RoleShape,
    person_row,
    person_shape,
    role_shape,
)
from polyfolio.network.actions import persons as actions
from polyfolio.network.actions import roles as role_actions
from polyfolio.network.models import Body, Organisation, Person, Role
from polyfolio.network.queries import networks, persons
from polyfolio.people.rules import may

routes = Routes("Persons and roles", "People in the records, and who acts in which body, in which capacity.")


def find_role(user: Any, pk: int) -> Role:
    rows = Role.objects.visible_to(user).select_related("body__network", "organisation", "person__user")
    role: Role = rows.get(pk=pk)
    return role


class PersonFilters(BaseModel):
    """Which persons."""

    q: str = Field("", max_length=200, description="Words of a name.")
    organisation: Slug | None = Field(None, description="An organisation where they work or worked.")


@routes.list("/persons", shape=person_row, sorts={"name": ("name",), "updated_at": ("updated_at",)})
def every(request: ApiRequest, filters: Query[PersonFilters]) -> QuerySet[Person]:
    """Persons whom you may see."""
    rows: QuerySet[Person] = Person.objects.visible_to(request.user)
    for word in filters.q.split():
        rows = rows.filter(name__icontains=word)
    if filters.organisation:
        at = asked(Organisation.objects.visible_to(request.user), filters.organisation, "organisation")
        rows = rows.filter(pk__in=Person.objects.filter(affiliations__organisation=at).values("pk"))
    return rows


@routes.post("/persons", whoever_may("network.create_person"))
def record(request: OurRequest, given: NewPersonGiven) -> PersonShape:
    """Record a person."""
    person = actions.create(
        **given.given("affiliations"),
        affiliations=_affiliations(request, given),
        by=request.user,
        at=timezone.now(),
    )
    request.found = person
    return _whole(request, person)


@routes.get("/persons/{int:pk}", find=persons.find)
def show(request: ApiRequest, person: Person) -> PersonShape:
    """One person."""
    return _whole(request, person)


@routes.patch("/persons/{int:pk}", whoever_may("network.edit_person"), find=persons.find)
def change(request: OurRequest, person: Person, given: PersonGiven) -> PersonShape:
    """Change what is known of a person."""
    request.change = actions.edit(
        person=person,
        values=given.given("affiliations"),
        affiliations=_affiliations(request, given) if "affiliations" in given.model_fields_set else None,
        by=request.user,
        at=timezone.now(),
    )
    return _whole(request, fresh(person))


@routes.delete("/persons/{int:pk}", whoever_may("network.delete_person"), find=persons.find)
def delete(request: OurRequest, person: Person) -> Removed:
    """Take a person out of every list; their roles stay in the records of the bodies."""
    return removed(person, actions.delete(person=person, by=request.user, at=timezone.now()))


@routes.post("/persons/{int:pk}/erase", whoever_may("network.delete_person"), find=persons.find, status=200)
def erase(request: OurRequest, person: Person) -> Removed:
    """Forget a person at their request: name and address go, here and in the log. There is no way back."""
    label = f"{person.pk}"
    actions.erase(person=person, by=request.user, at=timezone.now())
    return removed(label)


@routes.list(
    "/persons/{int:pk}/roles",
    find=persons.find,
    shape=role_shape,
    sorts={"-since_on": ("-since_on",), "capacity": ("capacity",)},
)
def roles(request: ApiRequest, person: Person) -> QuerySet[Role]:
    """The roles that a person holds or held in bodies."""
    return persons.roles_of(request.user, person).select_related("person", "body__network", "organisation")


@routes.list(
    "/networks/{slug:slug}/bodies/{slug:body}/roles",
    find=find_body,
    shape=role_shape,
    sorts={"capacity": ("capacity", "organisation__label"), "-since_on": ("-since_on",)},
)
def in_body(request: ApiRequest, body: Body) -> QuerySet[Role]:
    """Who acts or acted in a body."""
    return networks.roles_in(request.user, body)


@routes.post("/networks/{slug:slug}/bodies/{slug:body}/roles", whoever_may("network.appoint"), find=find_body)
def appoint(request: OurRequest, body: Body, given: NewRoleGiven) -> RoleShape:
    """Give a person and/or an organisation a capacity in a body; their account may do what follows from it."""
    user = request.user
    role = role_actions.appoint(
        **given.given("person", "organisation", "supersedes"),
        body=body,
        person=numbered(Person.objects.visible_to(user), given.person, "person") if given.person else None,
        organisation=named(Organisation.objects.visible_to(user), given.organisation, "organisation")
        if given.organisation
        else None,
        supersedes=numbered(Role.objects.visible_to(user), given.supersedes, "supersedes")
        if given.supersedes
        else None,
        by=user,
        at=timezone.now(),
    )
    request.found = role
    return role_shape(role)


@routes.get("/roles/{int:pk}", find=find_role)
def show_role(_request: ApiRequest, role: Role) -> RoleShape:
    """One role."""
    return role_shape(role)


@routes.patch("/roles/{int:pk}", whoever_may("network.appoint"), find=find_role)
def change_role(request: OurRequest, role: Role, given: RoleGiven) -> RoleShape:
    """Change a role; to end it, give its last day."""
    request.change = role_actions.edit(role=role, values=given.given(), by=request.user, at=timezone.now())
    return role_shape(fresh(role))


@routes.delete("/roles/{int:pk}", whoever_may("network.appoint"), find=find_role)
def delete_role(request: OurRequest, role: Role) -> Removed:
    """Take out a role that was entered by mistake; one that is over is ended instead."""
    return removed(role, role_actions.delete(role=role, by=request.user, at=timezone.now()))


def _affiliations(request: OurRequest, given: PersonGiven) -> list[dict[str, Any]]:
    seen = Organisation.objects.visible_to(request.user)
    found = {
        each.slug: each for each in all_named(seen, [each.organisation for each in given.affiliations], "affiliations")
    }
    return [each.model_dump() | {"organisation": found[each.organisation]} for each in given.affiliations]


def _whole(request: ApiRequest, person: Person) -> PersonShape:
    """A person with the organisations that the reader sees, and contact data where they may see it."""
    seen = Organisation.objects.visible_to(request.user)
    affiliations = person.affiliations.filter(organisation__in=seen).select_related("organisation").order_by("pk")
    return person_shape(
        person,
        affiliations=list(affiliations),
        may_see_contact=may(request.user, "network.see_contact", person),
    )


add_history(routes, "/persons/{int:pk}", persons.find)
add_history(routes, "/roles/{int:pk}", find_role)
