"""What this room holds about the person behind an account, and how it forgets them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from polyfolio.network.actions import persons
from polyfolio.network.models import Person
from polyfolio.people.models import User


def held_about(user: User) -> dict[str, Any] | None:
    """The person's own record, where they work, and their roles."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return None
    return {
        "name": person.name,
        "email": person.email,
        "languages": person.languages,
        "may_be_named": person.may_be_named,
        "may_be_contacted": person.may_be_contacted,
        "works_at": [
            {
                "organisation": str(each.organisation),
                "title": each.title,
                "since_on": each.since_on and each.since_on.isoformat(),
                "until_on": each.until_on and each.until_on.isoformat(),
            }
            for each in person.affiliations.select_related("organisation").order_by("pk")
        ],
        "roles": [
            {
                "body": str(role.body),
                "capacity": role.capacity,
                "since_on": role.since_on.isoformat(),
                "until_on": role.until_on and role.until_on.isoformat(),
            }
            for role in person.roles.select_related("body").order_by("pk")
        ],
    }


def forget(user: User, at: datetime) -> None:
    person = Person.objects.filter(user=user).first()
    if person is not None:
        persons.forget(person, by=None, at=at)
