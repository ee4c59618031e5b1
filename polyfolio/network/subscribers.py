"""What this room does when it hears news from below."""

from __future__ import annotations

from django.utils import timezone

from polyfolio.network.actions import persons
from polyfolio.network.models import Person
from polyfolio.people.events import InvitationAccepted
from polyfolio.people.models import User


def link_person(event: InvitationAccepted) -> None:
    """Whoever took up an invitation sent to a person's address is that person, where only one has that address."""
    user = User.objects.get(pk=event.user_id)
    if Person.objects.filter(user=user).exists():
        return
    found = list(Person.objects.kept().filter(email__iexact=event.email, user=None)[:2])
    if len(found) == 1:
        persons.link_account(person=found[0], user=user, by=user, at=timezone.now())
