"""Which scopes a record stands in, so that one rule can ask “does this person steward it?” of any record.

Upper rooms register their models in `ready()`; this room knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from polyfolio.people.access import Access

Scope = tuple[str, int]
ScopesOf = Callable[[Any], Iterable[tuple[str, int | None]]]

_registered: dict[type, ScopesOf] = {}
_models: dict[str, Any] = {}


def register(model: type, scopes: ScopesOf, *, scope_type: str = "") -> None:
    """Say in which scopes a record of `model` stands: `[("network", 3), ("portfolio", 7)]`, its own included.

    With `scope_type`, roles can be bound to its rows.
    """
    _registered[model] = scopes
    if scope_type:
        _models[scope_type] = model


def scopes_of(record: Any) -> frozenset[Scope]:
    """The scopes of `record`; none where nobody registered its model."""
    find = _registered.get(type(record))
    return frozenset((kind, scope_id) for kind, scope_id in find(record) if scope_id) if find else frozenset()


def record_of(scope_type: str, scope_id: int) -> Any:
    """The record a role is bound to; None for the installation and for records that are gone."""
    model = _models.get(scope_type)
    return None if model is None else model._default_manager.filter(pk=scope_id).first()


def scope_type_of(record: Any) -> str:
    """The scope type of a record that roles can be bound to; raises LookupError."""
    for scope_type, model in _models.items():
        if type(record) is model:
            return scope_type
    raise LookupError(f"No role can be bound to a {type(record).__name__}.")


def holds(access: Access, record: Any, roles: Iterable[str] | None = None) -> bool:
    """Whether one of the person's grants with one of `roles` (any where None) is bound to a scope of `record`."""
    if access.is_admin:
        return True
    wanted = None if roles is None else frozenset(roles)
    held = {(kind, scope_id) for role, kind, scope_id in access.grants if wanted is None or role in wanted}
    return bool(held) and bool(held & scopes_of(record))
