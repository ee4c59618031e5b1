"""Organisations: recorded, edited, deleted, brought back, and joined to networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes, records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import slug_base, unique_slug
from polyfolio.lib.texts import Texts, best_text
from polyfolio.network.actions.networks import refuse_untitled
from polyfolio.network.choices import MembershipState
from polyfolio.network.events import OrganisationRenamed
from polyfolio.network.models import Membership, Network, Organisation, OrganisationIdentifier
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.vocabulary.models import Theme

FIELDS = (
    "title",
    "acronym",
    "other_names",
    "kind",
    "sector",
    "level",
    "country",
    "website",
    "languages",
    "description",
    "drivers",
    "parent",
    "successor",
    "visibility",
)
PARTS = ("identifiers", "places")

RESERVED = frozenset({"new", "alike"})  # addresses of pages beside the records

Rows = Sequence[Mapping[str, Any]]


def create(
    *,
    title: Texts,
    by: User,
    at: datetime,
    themes: Sequence[Theme] = (),
    identifiers: Rows = (),
    places: Rows = (),
    member_of: Network | None = None,
    **values: Any,
) -> Organisation:
    """A new organisation, and a member of `member_of` where that is given.

    `identifiers` hold `scheme` and `value`; `places` hold `name`, `country`, `region`, `latitude`, `longitude`.
    Raises RefusedError where an identifier belongs to another organisation.
    """
    require(by, "network.create_organisation")
    refuse_untitled(title)
    if member_of is not None:
        require(by, "network.set_membership", member_of)
    with transaction.atomic():
        organisation = Organisation(title=title, **values)
        organisation.slug = free_slug(best_text(title))
        _refuse_identifiers(identifiers, organisation)
        records.create(
            organisation,
            fields=FIELDS,
            related={"themes": themes},
            parts={"identifiers": identifiers, "places": places},
            by=by,
            at=at,
        )
        if member_of is not None:
            set_membership(network=member_of, organisation=organisation, by=by, at=at)
    return organisation


def edit(
    *,
    organisation: Organisation,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    themes: Sequence[Theme] | None = None,
    parts: Mapping[str, Rows] | None = None,
    reason: str = "",
) -> AuditRecord | None:
    """Change fields of FIELDS, and the themes and PARTS that are given. Publishes OrganisationRenamed."""
    require(by, "network.edit_organisation", organisation)
    if "title" in values:
        refuse_untitled(values["title"])
    with transaction.atomic():
        locked = records.lock(organisation)
        _refuse_relatives(locked, values)
        _refuse_identifiers((parts or {}).get("identifiers", ()), locked)
        was_called = locked.label
        related = {} if themes is None else {"themes": themes}
        written = records.change(locked, values, related=related, parts=parts, by=by, at=at, reason=reason)
        if locked.label != was_called:
            publish(OrganisationRenamed(locked.pk))
        return written


def delete(*, organisation: Organisation, by: User, at: datetime, reason: str = "") -> AuditRecord:
    """Take an organisation out of every list; what it took part in stays."""
    require(by, "network.delete_organisation", organisation)
    with transaction.atomic():
        return records.delete(records.lock(organisation), by=by, at=at, reason=reason)


def set_membership(
    *,
    network: Network,
    organisation: Organisation,
    by: User,
    at: datetime,
    state: str = MembershipState.ACTIVE,
    joined_on: date | None = None,
    left_on: date | None = None,
    reason: str = "",
) -> Membership:
    """Make an organisation a partner of a network, or say how it stands there now; in the log of the organisation."""
    require(by, "network.set_membership", network)
    if joined_on and left_on and left_on < joined_on:
        raise RefusedError(_("It cannot leave before it joins."), field="left_on")
    with transaction.atomic():
        membership = Membership.objects.select_for_update().filter(network=network, organisation=organisation).first()
        before = _standing(membership)
        membership = membership or Membership(network=network, organisation=organisation)
        membership.state, membership.joined_on, membership.left_on = state, joined_on, left_on
        after = _standing(membership)
        if before != after:
            membership.save()
            _log_membership(membership, before, after, by=by, at=at, reason=reason)
    return membership


def end_membership(*, membership: Membership, by: User, at: datetime, reason: str = "") -> None:
    """Take a partnership out that was entered by mistake; one that ended is set to withdrawn instead."""
    require(by, "network.set_membership", membership.network)
    with transaction.atomic():
        _log_membership(membership, _standing(membership), "", by=by, at=at, reason=reason)
        membership.delete()


def free_slug(title: str) -> str:
    base = slug_base(title, fallback="organisation")
    taken = {*RESERVED, *Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return unique_slug(title, taken=taken, fallback="organisation")


def _standing(membership: Membership | None) -> str:
    """How an organisation stands in a network, in words for the log."""
    if membership is None:
        return ""
    words = [MembershipState(membership.state).label, membership.joined_on, membership.left_on]
    return " · ".join(str(word) for word in words if word)


def _log_membership(membership: Membership, before: str, after: str, *, by: User, at: datetime, reason: str) -> None:
    """One row in the organisation's history, which names the network."""
    name = f"membership: {membership.network}"
    changes.write(
        record=membership.organisation,
        verb="organisation.membership",
        by=by,
        at=at,
        before={name: before},
        after={name: after},
        reason=reason,
    )


def _refuse_relatives(organisation: Organisation, values: Mapping[str, Any]) -> None:
    """Neither its own parent nor its own successor, at any distance."""
    for field in ("parent", "successor"):
        other = values.get(field)
        while other is not None:
            if other.pk == organisation.pk:
                raise RefusedError(_("That would make the organisation stand above itself."), field=field)
            other = getattr(other, field)


def _refuse_identifiers(identifiers: Rows, organisation: Organisation) -> None:
    """An identifier belongs to one organisation."""
    seen: set[tuple[str, str]] = set()
    for row in identifiers:
        pair = (row["scheme"], row["value"])
        if pair in seen:
            raise RefusedError(_("“%s” stands there twice.") % " ".join(pair), field="identifiers")
        seen.add(pair)
        other = (
            OrganisationIdentifier.objects.filter(scheme=pair[0], value=pair[1])
            .exclude(organisation_id=organisation.pk)
            .select_related("organisation")
            .first()
        )
        if other is not None:
            raise RefusedError(
                _("“%(identifier)s” is the identifier of “%(other)s”. Is it the same organisation?")
                % {"identifier": " ".join(pair), "other": other.organisation},
                field="identifiers",
            )
