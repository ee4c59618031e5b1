"""Reading persons."""

from __future__ import annotations

from django.db.models import QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Organisation, Person, Role


def find(user: Viewer, pk: int) -> Person:
    """A person whom `user` may see; raises DoesNotExist."""
    person: Person = (
        Person.objects.visible_to(user).select_related("user").prefetch_related("affiliations__organisation").get(pk=pk)
    )
    return person


def at(user: Viewer, organisation: Organisation) -> QuerySet[Person]:
    """Persons at an organisation whom `user` may see."""
    persons: QuerySet[Person] = Person.objects.visible_to(user).filter(affiliations__organisation=organisation)
    return persons.distinct().order_by("name", "pk")


def named(user: Viewer, words: str, *, limit: int = 20) -> QuerySet[Person]:
    """Persons with these words in their name, for choosing one while typing."""
    persons: QuerySet[Person] = Person.objects.visible_to(user)
    for word in words.split():
        persons = persons.filter(name__icontains=word)
    return persons.order_by("name", "pk")[:limit]


def roles_of(user: Viewer, person: Person) -> QuerySet[Role]:
    """The roles of a person that `user` sees, current ones first."""
    roles: QuerySet[Role] = (
        Role.objects.visible_to(user).filter(person=person).select_related("body__network", "organisation")
    )
    return roles.order_by("until_on", "-since_on", "pk")
