"""People who sign in, and what they were granted."""

from __future__ import annotations

from itertools import count
from typing import Any

from polyfolio.people.choices import GrantRole, ScopeType
from polyfolio.people.models import Grant, User

PASSWORD = "correct horse battery staple"

_numbers = count(1)


def make_user(**fields: Any) -> User:
    """Somebody with an account; no grants."""
    number = next(_numbers)
    values = {"email": f"person{number}@example.org", "name": f"Person {number}", "password": PASSWORD} | fields
    return User.objects.create_user(**values)


def make_admin(**fields: Any) -> User:
    return make_user(is_superuser=True, **fields)


def make_grant(user: User, role: str = GrantRole.STEWARD, on: Any = None) -> Grant:
    """A role of `user` on a record (a network, organisation, portfolio…), or on the installation."""
    scope_type = ScopeType.INSTALLATION if on is None else str(on._meta.model_name)
    grant = Grant.objects.create(user=user, role=role, scope_type=scope_type, scope_id=on.pk if on is not None else 0)
    user.__dict__.pop("access", None)
    return grant


def make_steward(on: Any, **fields: Any) -> User:
    """Somebody who stewards `on`."""
    user = make_user(**fields)
    make_grant(user, GrantRole.STEWARD, on)
    return user


def make_member(on: Any, role: str = GrantRole.MEMBER, **fields: Any) -> User:
    """Somebody with `role` (a plain member) on `on`."""
    user = make_user(**fields)
    make_grant(user, role, on)
    return user
