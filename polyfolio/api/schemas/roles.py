"""Persons, and who acts in which body."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from polyfolio.api.frame.naming import maybe_ref
from polyfolio.api.frame.shapes import (
    Given,
    Id,
    IdRef,
    LanguageCode,
    Ref,
    Shape,
    Slug,
    Stamps,
    Words,
    address,
    id_ref,
    ref,
    stamps,
)
from polyfolio.api.schemas.networks import body_ref
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Affiliation, Person, Role

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class AffiliationShape(Shape):
    """Where a person works or worked."""

    organisation: Ref
    title: str
    since_on: date | None
    until_on: date | None


class PersonRow(Stamps):
    """A person in a list."""

    id: int
    href: str
    name: str
    languages: list[str]


class PersonShape(PersonRow):
    """What is known of a person. Contact data is null for whoever may not see it."""

    email: str | None
    may_be_named: bool
    may_be_contacted: bool
    affiliations: list[AffiliationShape] = Field(description="At organisations that you see.")


class AffiliationGiven(Given):
    organisation: Slug
    title: str = Field("", max_length=200)
    since_on: date | None = None
    until_on: date | None = None


class PersonGiven(Given):
    """What can be said of a person. Fields that are left out stay as they are; lists are given whole."""

    name: Name = ""
    email: str = Field("", max_length=254)
    languages: list[LanguageCode] = Field([], max_length=50)
    may_be_named: bool = False
    may_be_contacted: bool = False
    affiliations: list[AffiliationGiven] = Field([], max_length=50)


class NewPersonGiven(PersonGiven):
    """A person to record."""

    name: Name


class RoleShape(Stamps):
    """Somebody acts in a body, in a capacity and for a time."""

    id: int
    href: str
    body: Ref
    organisation: Ref | None
    person: IdRef | None
    capacity: Capacity
    since_on: date
    until_on: date | None
    pledge: str
    evidence: str


class RoleGiven(Given):
    """What can be changed of a role; another person is a new nomination."""

    capacity: Capacity = Capacity.PARTNER
    since_on: date = Field(date(2000, 1, 1), examples=["2025-11-03"])
    until_on: date | None = None
    pledge: Words = ""
    evidence: Words = ""


class NewRoleGiven(Given):
    """Somebody to appoint: a person, an organisation, or both."""

    capacity: Capacity
    person: Id | None = None
    organisation: Slug | None = None
    since_on: date | None = Field(None, description="Today where it is left out.")
    until_on: date | None = None
    pledge: Words = ""
    evidence: Words = ""
    supersedes: Id | None = Field(None, description="The role that this nomination takes the place of.")


def person_row(person: Person) -> PersonRow:
    return PersonRow.model_validate(_row_values(person))


def _row_values(person: Person) -> dict[str, object]:
    return stamps(person) | {
        "id": person.pk,
        "href": address("persons", person.pk),
        "name": person.name,
        "languages": [str(language) for language in person.languages],
    }


def person_shape(person: Person, *, affiliations: list[Affiliation], may_see_contact: bool) -> PersonShape:
    return PersonShape.model_validate(
        _row_values(person)
        | {
            "email": person.email if may_see_contact else None,
            "may_be_named": person.may_be_named,
            "may_be_contacted": person.may_be_contacted,
            "affiliations": [
                AffiliationShape(
                    organisation=ref("organisations", each.organisation),
                    title=each.title,
                    since_on=each.since_on,
                    until_on=each.until_on,
                )
                for each in affiliations
            ],
        }
    )


def role_shape(role: Role) -> RoleShape:
    return RoleShape(
        **stamps(role),
        id=role.pk,
        href=address("roles", role.pk),
        body=body_ref(role.body, role.body.network),
        organisation=maybe_ref("organisations", role.organisation),
        person=id_ref("persons", role.person) if role.person is not None else None,
        capacity=Capacity(role.capacity),
        since_on=role.since_on,
        until_on=role.until_on,
        pledge=role.pledge,
        evidence=role.evidence,
    )
