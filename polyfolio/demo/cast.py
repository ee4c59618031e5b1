"""The people one may sign in as on a demonstration, one click each."""

from __future__ import annotations

from dataclasses import dataclass

from polyfolio.demo.making import NOW
from polyfolio.network.actions import persons
from polyfolio.network.models import Organisation, Person
from polyfolio.people.actions import accounts
from polyfolio.people.models import User

MAKER = "maker@example.org"


@dataclass(frozen=True)
class Cast:
    """Who makes the networks (`maker`, an administrator nobody signs in as) and who plays which part."""

    maker: User
    steward: User
    desk: User
    focal_point: User
    second_voice: User


def make_cast() -> Cast:
    """Accounts without passwords: only the demonstration's own page signs them in."""
    cast = Cast(
        maker=_account(MAKER, "Example networks", is_superuser=True),
        steward=_account("steward@example.org", "Ilse Brandt, steward", is_demo=True),
        desk=_account("desk@example.org", "Kofi Asante-Boadu, coordination desk", is_demo=True),
        focal_point=_account("focal-point@example.org", "Marisol Quintana, focal point", is_demo=True),
        second_voice=_account("facilitator@example.org", "Tove Lindqvist Aas, facilitator", is_demo=True),
    )
    for user in (cast.steward, cast.desk, cast.focal_point, cast.second_voice):
        name = user.name.split(",")[0]
        person = persons.create(name=name, email=user.email, may_be_named=True, by=cast.maker, at=NOW)
        persons.link_account(person=person, user=user, by=cast.maker, at=NOW)
    return cast


def join(user: User, organisation: Organisation, cast: Cast) -> Person:
    """The person behind an account works at an organisation from now on."""
    person: Person = Person.objects.get(user=user)
    rows = [{"organisation": organisation, "title": user.name.split(", ")[-1]}]
    persons.edit(person=person, values={}, affiliations=rows, by=cast.maker, at=NOW)
    return person


def _account(email: str, name: str, **fields: bool) -> User:
    return accounts.create(email=email, name=name, password=None, by=None, at=NOW, **fields)
