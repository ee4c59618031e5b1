"""Reading organisations: one, those of a network, what a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.names import name_key
from polyfolio.lib.refusals import MovedError
from polyfolio.network.models import Organisation, Role


def find(user: Viewer, slug: str) -> Organisation:
    """The organisation at that address; raises MovedError where it was merged, DoesNotExist where `user` sees none."""
    found: Organisation | None = (
        Organisation.objects.visible_to(user)
        .filter(slug=slug)
        .select_related("parent", "successor")
        .prefetch_related("identifiers", "places", "themes")
        .first()
    )
    if found is not None:
        return found
    moved = _what_became_of(user, slug)
    if moved is not None:
        raise MovedError(moved)
    raise Organisation.DoesNotExist(slug)


def _what_became_of(user: Viewer, slug: str) -> Organisation | None:
    """Where a merged organisation's address leads now, over several merges, if `user` may see it."""
    pk = Organisation.objects.filter(slug=slug).values_list("merged_into", flat=True).first()
    while pk is not None:
        kept: Organisation | None = Organisation.objects.filter(pk=pk).first()
        if kept is None or not kept.is_deleted:
            return Organisation.objects.visible_to(user).filter(pk=pk).first() if kept else None
        pk = kept.merged_into_id
    return None


def named(user: Viewer, words: str, *, limit: int = 20) -> QuerySet[Organisation]:
    """Organisations with these words in a name or acronym, for choosing one while typing."""
    found: QuerySet[Organisation] = Organisation.objects.visible_to(user)
    for word in name_key(words).split():
        found = found.filter(Q(name_key__contains=word) | Q(other_keys__contains=word))
    return found.order_by("label", "pk")[:limit]


def deleted(slug: str) -> Organisation:
    """A deleted organisation, for bringing it back; raises DoesNotExist."""
    found: Organisation = Organisation.objects.get(slug=slug, deleted_at__isnull=False, merged_into=None)
    return found


def roles_of(user: Viewer, organisation: Organisation) -> QuerySet[Role]:
    """Every role of an organisation that `user` may see, current ones first."""
    roles: QuerySet[Role] = (
        Role.objects.visible_to(user).filter(organisation=organisation).select_related("body__network", "person")
    )
    return roles.order_by("until_on", "-since_on", "pk")


def by_ids(user: Viewer, ids: Iterable[int]) -> dict[int, Any]:
    """Those of `ids` that `user` sees, by id."""
    return {each.pk: each for each in Organisation.objects.visible_to(user).filter(pk__in=list(ids))}
