"""Who acts in which body, in which capacity and for how long; and what that lets their accounts do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.choices import BodyKind, Capacity
from polyfolio.network.models import Body, Membership, Organisation, Person, Role
from polyfolio.people.actions import grants
from polyfolio.people.choices import GrantRole, ScopeType
from polyfolio.people.models import Grant, User
from polyfolio.people.rules import require, require_giving
from polyfolio.people.scopes import record_of

FIELDS = ("body", "organisation", "person", "capacity", "since_on", "until_on", "pledge", "evidence")
EDITABLE = ("capacity", "since_on", "until_on", "pledge", "evidence")
NETWORK_WIDE = frozenset({BodyKind.SECRETARIAT, BodyKind.COORDINATION_DESK, BodyKind.BOARD})
FOCAL = frozenset({Capacity.FOCAL_POINT, Capacity.FOCAL_POINT_ALTERNATE})
STEWARDING_AS = {Capacity.STEWARD: GrantRole.STEWARD, Capacity.DESK_MEMBER: GrantRole.DESK}


def appoint(
    *,
    body: Body,
    capacity: str,
    by: User,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    since_on: date | None = None,
    until_on: date | None = None,
    pledge: str = "",
    evidence: str = "",
    supersedes: Role | None = None,
) -> Role:
    """Give a person and/or organisation a capacity in `body`; their account may do what follows from it.

    `supersedes` is the role that this nomination takes the place of: it ends the day before.
    """
    require(by, "network.appoint", body)
    since_on = since_on or at.date()
    _check(person, organisation, capacity, since_on, until_on)
    _check_reach(body, organisation, capacity, by)
    with transaction.atomic():
        role = Role(
            body=body,
            person=person,
            organisation=organisation,
            capacity=capacity,
            since_on=since_on,
            until_on=until_on,
            pledge=pledge,
            evidence=evidence,
        )
        records.create(role, fields=FIELDS, by=by, at=at)
        if supersedes is not None:
            _supersede(supersedes, role, by=by, at=at)
        settle(role, by, at)
    return role


def edit(*, role: Role, values: Mapping[str, Any], by: User, at: datetime, reason: str = "") -> AuditRecord | None:
    """Change fields of EDITABLE; another person is a new nomination instead."""
    require(by, "network.appoint", role.body)
    strange = set(values) - set(EDITABLE)
    if strange:
        raise KeyError(f"A role has no {', '.join(sorted(strange))} to change.")
    with transaction.atomic():
        locked = records.lock(role)
        given = {name: values.get(name, getattr(locked, name)) for name in EDITABLE}
        _check(locked.person, locked.organisation, given["capacity"], given["since_on"], given["until_on"])
        _check_reach(locked.body, locked.organisation, given["capacity"], by)
        written = records.change(locked, values, by=by, at=at, reason=reason)
        settle(locked, by, at)
        return written


def end(*, role: Role, on: date, by: User, at: datetime, reason: str = "") -> AuditRecord | None:
    """Let a role end with that day; what the account could do through it goes with it."""
    if on < role.since_on:
        raise RefusedError(_("It cannot end before it begins."), field="until_on")
    return edit(role=role, values={"until_on": on}, by=by, at=at, reason=reason)


def delete(*, role: Role, by: User, at: datetime, reason: str = "") -> AuditRecord:
    """Take out a role that was entered by mistake; one that is over is ended instead."""
    require(by, "network.appoint", role.body)
    with transaction.atomic():
        locked = records.lock(role)
        written = records.delete(locked, by=by, at=at, reason=reason)
        settle(locked, by, at)
        return written


def settle(role: Role, by: User | None, at: datetime) -> None:
    """Let the account of the role's person hold exactly what their roles bring today."""
    if role.person is not None and role.person.user is not None:
        settle_account(role.person.user, by=by, at=at)


def settle_account(user: User, *, by: User | None, at: datetime) -> None:
    """Let `user` hold exactly what follows from the roles of their person on that day."""
    roles = (
        Role.objects.kept()
        .current(at.date())
        .filter(person__user=user, person__deleted_at=None, body__deleted_at=None)
        .select_related("body__network", "body__parent")
    )
    grants.derive(user=user, wanted=_follows_from(roles), by=by, at=at)


def settle_due(*, at: datetime) -> int:
    """Give and take back what roles bring that began or ended without anybody looking; returns how many accounts."""
    today = at.date()
    current = Role.objects.kept().current(today).filter(person__user__isnull=False)
    accounts = set(current.values_list("person__user", flat=True))
    accounts |= set(Grant.objects.filter(is_derived=True).values_list("user_id", flat=True))
    for user in User.objects.filter(pk__in=accounts).order_by("pk"):
        with transaction.atomic():
            settle_account(user, by=None, at=at)
    return len(accounts)


def _follows_from(roles: Iterable[Role]) -> set[tuple[str, str, int]]:
    """Focal points speak for their organisation, stewards and desks look after their scope; all are members."""
    wanted: set[tuple[str, str, int]] = set()
    for role in roles:
        wanted.add((GrantRole.MEMBER, ScopeType.NETWORK, role.body.network_id))
        if role.capacity in FOCAL and role.organisation_id is not None:
            wanted.add((GrantRole.FOCAL_POINT, ScopeType.ORGANISATION, role.organisation_id))
        if role.capacity in STEWARDING_AS:
            wanted.add((STEWARDING_AS[Capacity(role.capacity)], *_stewarded(role.body)))
    return {(str(role), str(kind), scope_id) for role, kind, scope_id in wanted}


def _stewarded(body: Body) -> tuple[str, int]:
    """A network's own desk, secretariat and board look after the network; a programme's desk after the programme."""
    if body.kind not in NETWORK_WIDE:
        return ScopeType.BODY, body.pk
    return (ScopeType.NETWORK, body.network_id) if body.parent_id is None else (ScopeType.BODY, body.parent_id)


def _supersede(old: Role, new: Role, *, by: User, at: datetime) -> None:
    locked = records.lock(old)
    if (locked.body_id, locked.capacity) != (new.body_id, new.capacity):
        raise RefusedError(_("A nomination supersedes one of the same capacity in the same body."))
    last_day = max(locked.since_on, date.fromordinal(new.since_on.toordinal() - 1))
    records.change(locked, {"until_on": last_day, "superseded_by": new}, by=by, at=at)
    settle(locked, by, at)


def _check(
    person: Person | None, organisation: Organisation | None, capacity: str, since_on: date, until_on: date | None
) -> None:
    if person is None and organisation is None:
        raise RefusedError(_("Say who: a person, an organisation, or both."), field="person")
    if until_on is not None and until_on < since_on:
        raise RefusedError(_("It cannot end before it begins."), field="until_on")
    if capacity in FOCAL and person is None:
        raise RefusedError(_("A focal point is a person."), field="person")


def _check_reach(body: Body, organisation: Organisation | None, capacity: str, by: User) -> None:
    """Nobody appoints to more than they might give by hand: to partners of the network, and to their own scope."""
    if capacity in STEWARDING_AS:
        scope_type, scope_id = _stewarded(body)
        require_giving(by, STEWARDING_AS[Capacity(capacity)], record_of(scope_type, scope_id))
    if capacity in FOCAL and organisation is not None:
        is_partner = Membership.objects.filter(network=body.network_id, organisation=organisation).exists()
        if not is_partner:
            raise RefusedError(
                _("“%s” is no partner of this network yet. Add it to the partners first.") % organisation,
                field="organisation",
            )
