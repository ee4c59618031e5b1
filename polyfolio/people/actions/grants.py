"""Giving people roles and taking them back. What a role may do stands in the rooms' rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people import log, scopes
from polyfolio.people.choices import GrantRole, ScopeType
from polyfolio.people.models import Grant, User
from polyfolio.people.rules import require_giving


def give(*, user: User, role: str, record: Any, by: User, at: datetime) -> Grant:
    """Let `user` act as `role` for `record` (None is the installation); giving it twice changes nothing."""
    with transaction.atomic():
        require_giving(by, role, record)
        return put(user=user, role=role, scope=scope_of(record), label=label_of(record), by=by, at=at)


def withdraw(*, grant: Grant, by: User, at: datetime, reason: str = "") -> None:
    """Take a role back; whoever holds it may lay it down. The last administrator stays."""
    with transaction.atomic():
        record = scopes.record_of(grant.scope_type, grant.scope_id)
        if grant.user_id != by.pk:
            require_giving(by, grant.role, record)
        if grant.is_derived:
            raise RefusedError(_("It comes with a role in a body. End that role, and this goes with it."))
        _refuse_last_administrator(grant)
        remove(grant, by=by, at=at, label=label_of(record), reason=reason)


def put(
    *,
    user: User,
    role: str,
    scope: tuple[str, int],
    label: str,
    by: User | None,
    at: datetime,
    is_derived: bool = False,
) -> Grant:
    """Write a grant and its log row, asking no rule (for roles and invitations, which asked already)."""
    scope_type, scope_id = scope
    grant, is_new = Grant.objects.get_or_create(
        user=user,
        role=role,
        scope_type=scope_type,
        scope_id=scope_id,
        defaults={"given_at": at, "given_by": by, "is_derived": is_derived},
    )
    if is_new:
        _write("user.grant", user, by=by, at=at, after=_facts(role, scope_type, label))
    elif grant.is_derived and not is_derived:
        grant.is_derived = False
        grant.save(update_fields=["is_derived"])
    user.__dict__.pop("access", None)
    return grant


def remove(grant: Grant, *, by: User | None, at: datetime, label: str, reason: str = "") -> None:
    """Delete a grant and write its log row, asking no rule."""
    user = grant.user
    before = _facts(grant.role, grant.scope_type, label)
    grant.delete()
    _write("user.withdraw", user, by=by, at=at, before=before, reason=reason)
    user.__dict__.pop("access", None)


def derive(*, user: User, wanted: Iterable[tuple[str, str, int]], by: User | None, at: datetime) -> None:
    """Make `wanted` (role, scope type, scope id) all that follows from the person's roles in bodies.

    Grants that were given by hand stay as they are.
    """
    wished = set(wanted)
    for grant in Grant.objects.filter(user=user, is_derived=True).select_related("user"):
        if (grant.role, grant.scope_type, grant.scope_id) not in wished:
            record = scopes.record_of(grant.scope_type, grant.scope_id)
            remove(grant, by=by, at=at, label=label_of(record))
    there = set(Grant.objects.filter(user=user).values_list("role", "scope_type", "scope_id"))
    for role, scope_type, scope_id in sorted(wished - there):
        label = label_of(scopes.record_of(scope_type, scope_id))
        put(user=user, role=role, scope=(scope_type, scope_id), label=label, by=by, at=at, is_derived=True)
    user.__dict__.pop("access", None)


def scope_of(record: Any) -> tuple[str, int]:
    """Type and id of the scope that `record` is; None is the installation."""
    return (ScopeType.INSTALLATION.value, 0) if record is None else (scopes.scope_type_of(record), record.pk)


def label_of(record: Any) -> str:
    return str(ScopeType.INSTALLATION.label) if record is None else str(record)


def _refuse_last_administrator(grant: Grant) -> None:
    if (grant.role, grant.scope_type) != (GrantRole.ADMIN, ScopeType.INSTALLATION):
        return
    others = Grant.objects.filter(role=GrantRole.ADMIN, scope_type=ScopeType.INSTALLATION, user__is_active=True)
    superusers = User.objects.filter(is_superuser=True, is_active=True)
    if not others.exclude(pk=grant.pk).exists() and not superusers.exists():
        raise RefusedError(_("Somebody must be the administrator. Give the role to somebody else first."))


def _facts(role: str, scope_type: str, label: str) -> dict[str, str]:
    return {"role": str(GrantRole(role).label), "scope": f"{ScopeType(scope_type).label}: {label}"}


def _write(verb: str, user: User, **change: Any) -> None:
    log.write(record=user, verb=verb, **change)
