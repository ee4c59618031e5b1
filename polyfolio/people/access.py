"""What a person's grants open, as one value: every list, search and rule starts from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from polyfolio.people.models import User


STEWARDING = frozenset({"steward", "desk", "admin"})
EVERYTHING = "everything"


@dataclass(frozen=True)
class Access:
    """The scopes open to one person. `grants` holds (role, scope type, scope id)."""

    user_id: int | None = None
    is_admin: bool = False
    grants: frozenset[tuple[str, str, int]] = field(default_factory=frozenset)

    def ids(self, scope_type: str, roles: Iterable[str] | None = None) -> frozenset[int]:
        """Ids of the scopes of that type in which the person holds one of `roles` (any where None)."""
        wanted = None if roles is None else frozenset(roles)
        return frozenset(
            scope_id
            for role, kind, scope_id in self.grants
            if kind == scope_type and (wanted is None or role in wanted)
        )

    def has(self, scope_type: str, scope_id: int | None, roles: Iterable[str] | None = None) -> bool:
        return self.is_admin or (scope_id is not None and scope_id in self.ids(scope_type, roles))

    def tokens(self) -> frozenset[str]:
        """The visibility tokens this person carries into the search index."""
        if self.is_admin:
            return frozenset({EVERYTHING})
        tokens = {"public"}
        if self.user_id is not None:
            tokens.add(f"user:{self.user_id}")
        for role, scope_type, scope_id in self.grants:
            tokens.add(f"{scope_type}:{scope_id}")
            if role in STEWARDING:
                tokens.add(f"{scope_type}-steward:{scope_id}")
        return frozenset(tokens)


PUBLIC_ACCESS = Access()


def access_from(*, user_id: int, is_admin: bool, grants: Iterable[tuple[str, str, int]]) -> Access:
    kept = frozenset(grants)
    installation = any(role == "admin" and kind == "installation" for role, kind, _ in kept)
    return Access(user_id=user_id, is_admin=is_admin or installation, grants=kept)


def access_of(user: User | AnonymousUser | None) -> Access:
    """What `user` may reach; an anonymous visitor reaches what is public. One query per signed-in person."""
    if user is None or isinstance(user, AnonymousUser) or not user.is_active:
        return PUBLIC_ACCESS
    return user.access
