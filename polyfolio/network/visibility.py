"""Which rows of this room a person sees; every read starts from `visible_to`."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from polyfolio.audit.visibility import KeptQuerySet
from polyfolio.people.access import STEWARDING, Access
from polyfolio.people.choices import Visibility


class NetworkQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return network_seen_by(access)


class BodyQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        return Q(network__deleted_at__isnull=True) & network_seen_by(access, prefix="network__")


def network_seen_by(access: Access, *, prefix: str = "") -> Q:
    """A public network, or one in which the person has any role (a steward's role for the stricter grades)."""
    seen = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    member, steward = access.ids("network"), access.ids("network", STEWARDING)
    if member:
        seen |= Q(**{f"{prefix}visibility": Visibility.NETWORK, f"{prefix}pk__in": member})
    if steward:
        seen |= Q(**{f"{prefix}pk__in": steward})
    return seen


class OrganisationQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        """Public ones; those of my networks; my own; and all of the networks I steward."""
        seen = Q(visibility=Visibility.PUBLIC)
        if access.user_id is not None:
            seen |= Q(created_by_id=access.user_id)
        member, steward, own = (
            access.ids("network"),
            access.ids("network", STEWARDING),
            access.ids("organisation"),
        )
        if own:
            seen |= Q(pk__in=own)
        if member:
            seen |= Q(visibility=Visibility.NETWORK, pk__in=members_of(member))
        if steward:
            seen |= Q(pk__in=members_of(steward)) & ~Q(visibility=Visibility.PRIVATE)
        return seen


def members_of(networks: frozenset[int]) -> models.QuerySet[Any]:
    membership = apps.get_model("network", "Membership")
    return membership.objects.filter(network__in=networks).values("organisation_id")


class PersonQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        """Persons who agreed to be named; oneself; colleagues; and those in the networks I steward."""
        seen = Q(may_be_named=True)
        if access.user_id is not None:
            seen |= Q(user_id=access.user_id) | Q(created_by_id=access.user_id)
        own, steward = access.ids("organisation"), access.ids("network", STEWARDING)
        if own:
            seen |= Q(pk__in=self.model.objects.filter(affiliations__organisation__in=own).values("pk"))
        if steward:
            seen |= Q(pk__in=self.model.objects.filter(roles__body__network__in=steward).values("pk"))
            seen |= Q(
                pk__in=self.model.objects.filter(affiliations__organisation__memberships__network__in=steward).values(
                    "pk"
                )
            )
        return seen


class RoleQuerySet(KeptQuerySet):
    def seen_by(self, access: Access) -> Q:
        """Roles in bodies that the person sees, of organisations and persons that they see."""
        return (
            Q(body__in=apps.get_model("network", "Body").objects.visible_to_access(access))
            & (Q(person=None) | Q(person__in=apps.get_model("network", "Person").objects.visible_to_access(access)))
            & (
                Q(organisation=None)
                | Q(organisation__in=apps.get_model("network", "Organisation").objects.visible_to_access(access))
            )
        )

    def current(self, on: date) -> Self:
        """Roles that hold on that day: begun, not over, and no later nomination in their place."""
        is_on = Q(until_on=None) | Q(until_on__gte=on)
        stands = Q(superseded_by=None) | Q(superseded_by__since_on__gt=on)
        return self.filter(is_on, stands, since_on__lte=on)
