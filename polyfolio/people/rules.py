"""The one function that answers whether this person may do this to that."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from polyfolio.lib.permissions import allow, is_allowed, is_known, predicate
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import User
from polyfolio.people.scopes import holds, record_of

Asker = User | AnonymousUser | None


class NotAllowedError(PermissionError):
    """The person may not do this; the message names the verb, the page says whom to ask."""


def may(user: Asker, verb: str, record: Any = None) -> bool:
    """Whether `user` may do `verb` (`room.verb_noun`) to `record`.

    Unknown verbs raise KeyError, so that a typo never denies in silence.
    """
    if not is_known(verb):
        raise KeyError(f"No rule is registered for “{verb}”.")
    return is_allowed(verb, user, record)


def require(user: Asker, verb: str, record: Any = None) -> None:
    """Raise NotAllowedError unless `user` may do `verb` to `record`."""
    if not may(user, verb, record):
        raise NotAllowedError(verb)


@predicate
def is_admin(user: Asker) -> bool:
    return access_of(user).is_admin


@predicate
def is_signed_in(user: Asker) -> bool:
    return access_of(user).user_id is not None


@predicate
def is_self(user: Asker, record: Any) -> bool:
    """The record is this very account, or belongs to it."""
    owner = getattr(record, "user_id", getattr(record, "pk", None))
    return access_of(user).user_id is not None and access_of(user).user_id == owner


@predicate
def stewards(user: Asker, record: Any) -> bool:
    """Steward, desk or administrator of one of the scopes the record stands in."""
    return record is not None and holds(access_of(user), record, STEWARDING)


@predicate
def speaks_for(user: Asker, record: Any) -> bool:
    """Focal point of the very organisation the record is."""
    return record is not None and holds(access_of(user), record, {GrantRole.FOCAL_POINT})


# What whoever may not give everything may give: role → who.
GIVERS = {
    GrantRole.ADMIN: is_admin,
    GrantRole.STEWARD: is_admin | stewards,
    GrantRole.DESK: is_admin | stewards,
    GrantRole.FOCAL_POINT: is_admin | stewards,
    GrantRole.REVIEWER: is_admin | stewards,
    GrantRole.EDITOR: is_admin | stewards | speaks_for,
    GrantRole.MEMBER: is_admin | stewards | speaks_for,
}


def may_give(user: Asker, role: str, record: Any) -> bool:
    """Whether `user` may give (or take back) `role` on `record`; None is the installation."""
    return may(user, f"people.give_{GrantRole(role)}", record)


def require_giving(user: Asker, role: str, record: Any) -> None:
    """Raise NotAllowedError unless `user` may give `role` on `record`."""
    require(user, f"people.give_{GrantRole(role)}", record)


def roles_to_give(user: Asker, record: Any) -> list[GrantRole]:
    """The roles that `user` may give on `record`, the highest first; administrators are made by the command line."""
    return [role for role in GrantRole if role != GrantRole.ADMIN and may_give(user, role, record)]


@predicate
def gives_something(user: Asker, record: Any) -> bool:
    return bool(roles_to_give(user, record))


@predicate
def gives_that(user: Asker, record: Any) -> bool:
    """Might give the role of this very grant or invitation, or holds it."""
    if getattr(record, "user_id", None) is not None and is_self(user, record):
        return True
    return may_give(user, record.role, record_of(record.scope_type, record.scope_id))


allow("people.see_roles", gives_something)
allow("people.take_back_role", gives_that)
allow("people.manage_account", is_self | is_admin)
allow("people.administer", is_admin)
for _role, _givers in GIVERS.items():
    allow(f"people.give_{_role}", _givers)
