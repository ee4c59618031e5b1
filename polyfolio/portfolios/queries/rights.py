"""The rules of `rules`, as conditions on rows, for lists and batches."""

from __future__ import annotations

from django.db.models import Q

from polyfolio.people.access import Access
from polyfolio.portfolios.choices import OWNING_ROLES
from polyfolio.portfolios.models import Entry, Participation
from polyfolio.portfolios.rules import EDITING, HOLDING, OWNING


def editable_by(access: Access) -> Q:
    """Initiatives that the person may edit: `portfolios.edit_initiative`, as a table test holds the two together."""
    if access.is_admin:
        return Q()
    held = Entry.objects.filter(portfolio__in=access.ids("portfolio", EDITING), **HOLDING).values("initiative_id")
    return Q(network__in=access.ids("network", EDITING)) | Q(pk__in=held) | owned_by(access)


def owned_by(access: Access) -> Q:
    """Initiatives of the person's own: written by them, or owned by an organisation they speak for."""
    if access.user_id is None:
        return Q(pk__in=[])
    participations = Participation.objects.filter(
        organisation__in=access.ids("organisation", OWNING), role__in=OWNING_ROLES
    )
    return Q(created_by_id=access.user_id) | Q(pk__in=participations.values("initiative_id"))
