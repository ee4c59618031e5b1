"""Reads of accounts, grants, invitations and tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from polyfolio.people import scopes
from polyfolio.people.access import STEWARDING
from polyfolio.people.choices import GrantRole, ScopeType
from polyfolio.people.models import ApiToken, Grant, Invitation, User


def digest(secret: str) -> str:
    """What is kept of a secret: enough to recognise it, not enough to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_invitation(secret: str, *, at: datetime) -> Invitation:
    """The invitation that `secret` opens; raises Invitation.DoesNotExist where it is used up or too old."""
    return Invitation.objects.select_related("invited_by").get(
        digest=digest(secret), accepted_at=None, expires_at__gt=at
    )


def open_invitations(record: Any, *, at: datetime) -> QuerySet[Invitation]:
    """Invitations to roles on `record` that nobody has taken up yet."""
    return Invitation.objects.filter(
        scope_type=scopes.scope_type_of(record), scope_id=record.pk, accepted_at=None, expires_at__gt=at
    ).order_by("email", "pk")


def grants_on(record: Any) -> QuerySet[Grant]:
    """Who holds which role on `record`, with their accounts."""
    return (
        Grant.objects.filter(scope_type=scopes.scope_type_of(record), scope_id=record.pk, user__is_active=True)
        .select_related("user")
        .order_by("role", "user__name", "pk")
    )


def stewards_of(record: Any) -> QuerySet[User]:
    """Whom to ask about `record`: whoever stewards one of its scopes, else the administrators."""
    stewards = _holding(scopes.scopes_of(record), STEWARDING)
    if not stewards.exists():
        stewards = User.objects.filter(is_superuser=True)
    return stewards.filter(is_active=True).order_by("name", "pk")


def _holding(wanted: Iterable[tuple[str, int]], roles: Iterable[str]) -> QuerySet[User]:
    users: set[int] = set()
    for scope_type, scope_id in wanted:
        users |= set(
            Grant.objects.filter(scope_type=scope_type, scope_id=scope_id, role__in=roles).values_list(
                "user_id", flat=True
            )
        )
    return User.objects.filter(pk__in=users)


def holders(scope_type: str, scope_ids: Iterable[int], roles: Iterable[str]) -> QuerySet[User]:
    """Active accounts that hold one of `roles` on one of the scopes."""
    grants = Grant.objects.filter(scope_type=scope_type, scope_id__in=list(scope_ids), role__in=list(roles))
    return User.objects.filter(is_active=True, pk__in=grants.values("user_id")).order_by("name", "pk")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return user.api_tokens.order_by("-created_at", "-pk")


def demo_users() -> QuerySet[User]:
    """Accounts for one-click sign-in; none where the installation is no demo."""
    if not settings.POLYFOLIO_DEMO:
        return User.objects.none()
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")


def administrators() -> QuerySet[User]:
    grants = Grant.objects.filter(role=GrantRole.ADMIN, scope_type=ScopeType.INSTALLATION)
    return User.objects.filter(is_active=True).filter(is_superuser=True) | User.objects.filter(
        is_active=True, pk__in=grants.values("user_id")
    )
