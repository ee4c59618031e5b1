"""Persons: recorded, edited, deleted, tied to an account, and forgotten at their request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes, records
from polyfolio.audit.actions.masking import MASK, Erasure, mask
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.actions import roles
from polyfolio.network.models import Person
from polyfolio.people.models import User
from polyfolio.people.rules import require

FIELDS = ("name", "email", "languages", "may_be_named", "may_be_contacted")
PERSONAL = frozenset({"name", "email"})

Rows = Sequence[Mapping[str, Any]]


def create(*, name: str, by: User, at: datetime, affiliations: Rows = (), **values: Any) -> Person:
    """Somebody in the network; `affiliations` hold `organisation`, `title`, `since_on`, `until_on`."""
    require(by, "network.create_person")
    person = Person(name=name.strip(), **values)
    _check(person, affiliations)
    with transaction.atomic():
        return records.create(person, fields=FIELDS, parts={"affiliations": affiliations}, by=by, at=at)


def edit(
    *,
    person: Person,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    affiliations: Rows | None = None,
    reason: str = "",
) -> AuditRecord | None:
    """Change fields of FIELDS, and where the person works if that is given."""
    require(by, "network.edit_person", person)
    with transaction.atomic():
        locked = records.lock(person)
        if "name" in values and not values["name"].strip():
            raise RefusedError(_("Write the name."), field="name")
        _check_affiliations(affiliations or ())
        parts = {} if affiliations is None else {"affiliations": affiliations}
        return records.change(locked, values, parts=parts, by=by, at=at, reason=reason)


def delete(*, person: Person, by: User, at: datetime, reason: str = "") -> AuditRecord:
    """Take a person out of every list; their roles stay in the record of the bodies."""
    require(by, "network.delete_person", person)
    with transaction.atomic():
        return records.delete(records.lock(person), by=by, at=at, reason=reason)


def link_account(*, person: Person, user: User | None, by: User | None, at: datetime) -> None:
    """Say that a person signs in with this account (None: no longer), and give it what their roles bring."""
    with transaction.atomic():
        locked = records.lock(person)
        was = locked.user
        if was == user:
            return
        if user is not None and Person.objects.filter(user=user).exists():
            raise RefusedError(_("This account belongs to another person."), field="user")
        locked.user = user
        locked.updated_at = at
        locked.save(update_fields=["user", "updated_at"])
        changes.write(
            record=locked,
            verb="person.link_account",
            by=by,
            at=at,
            before={"has_account": was is not None},
            after={"has_account": user is not None},
        )
        for account in (was, user):
            if account is not None:
                roles.settle_account(account, by=by, at=at)


def erase(*, person: Person, by: User, at: datetime) -> None:
    """Forget a person at their request: name and address go, here and in the log; which roles were held stays."""
    require(by, "network.delete_person", person)
    forget(person, by=by, at=at)


def forget(person: Person, *, by: User | None, at: datetime) -> None:
    """What `erase` does, asking no rule (the account of the person is being erased)."""
    with transaction.atomic():
        locked = records.lock(person)
        user = locked.user
        words = frozenset({locked.name, locked.email})
        locked.name, locked.email, locked.user = MASK, "", None
        locked.languages, locked.may_be_named, locked.may_be_contacted = [], False, False
        locked.deleted_at = locked.updated_at = at
        locked.save()
        locked.affiliations.update(title="")
        changes.write(record=locked, verb="person.erase", by=by, at=at)
        mask(Erasure(record=locked, words=words, fields=PERSONAL, kinds=frozenset({"person"})), at=at)
        if user is not None:
            roles.settle_account(user, by=by, at=at)


def _check(person: Person, affiliations: Rows) -> None:
    if not person.name:
        raise RefusedError(_("Write the name."), field="name")
    _check_affiliations(affiliations)


def _check_affiliations(affiliations: Rows) -> None:
    for row in affiliations:
        since, until = row.get("since_on"), row.get("until_on")
        if since and until and until < since:
            raise RefusedError(_("The last day is before the first."), field="affiliations")
