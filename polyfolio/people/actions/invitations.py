"""Offering somebody a role by mail; whoever holds the link takes it up once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people import log, post, scopes
from polyfolio.people.actions import grants
from polyfolio.people.choices import GrantRole
from polyfolio.people.events import InvitationAccepted
from polyfolio.people.models import Invitation, User
from polyfolio.people.queries import digest
from polyfolio.people.rules import require_giving

VALID_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Invited:
    """An invitation and the path that takes it up. Only the mail and the one who invites ever know the path."""

    invitation: Invitation
    path: str


def invite(*, email: str, role: str, record: Any, by: User, at: datetime, language: str = "") -> Invited:
    """Offer `role` on `record` (None is the installation) and queue the mail; an earlier open offer is replaced."""
    require_giving(by, role, record)
    address = email.strip().lower()
    validate_email(address)
    scope_type, scope_id = grants.scope_of(record)
    if User.objects.filter(
        email__iexact=address, grants__role=role, grants__scope_type=scope_type, grants__scope_id=scope_id
    ).exists():
        raise RefusedError(_("This person holds that role already."), field="email")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        offered = {"email": address, "role": role, "scope_type": scope_type, "scope_id": scope_id}
        Invitation.objects.filter(accepted_at=None, **offered).delete()
        invitation = Invitation.objects.create(
            **offered,
            scope_label=grants.label_of(record),
            digest=digest(secret),
            invited_at=at,
            invited_by=by,
            expires_at=at + VALID_FOR,
        )
        path = reverse("invitation", args=[secret])
        _send(invitation, path, by=by, at=at, language=language)
        _log("invitation.send", invitation, by=by, at=at)
    return Invited(invitation, path)


def withdraw(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Take an offer back; its link opens nothing any more."""
    require_giving(by, invitation.role, scopes.record_of(invitation.scope_type, invitation.scope_id))
    with transaction.atomic():
        _log("invitation.withdraw", invitation, by=by, at=at)
        invitation.delete()


def accept(*, invitation: Invitation, user: User, at: datetime) -> None:
    """Give `user` what was offered; publishes InvitationAccepted. Raises RefusedError where it is used up or old."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.accepted_at is not None or locked.expires_at <= at:
            raise RefusedError(_("This invitation cannot be used any more. Ask for a new one."))
        grants.put(
            user=user,
            role=locked.role,
            scope=(locked.scope_type, locked.scope_id),
            label=locked.scope_label,
            by=locked.invited_by,
            at=at,
        )
        locked.accepted_at, locked.accepted_by = at, user
        locked.save(update_fields=["accepted_at", "accepted_by"])
        publish(InvitationAccepted(user.pk, locked.email))


def join(*, invitation: Invitation, name: str, password: str, at: datetime) -> User:
    """Make the account that the invitation was sent to, and take the offer up with it."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise RefusedError(_("There is an account with this address. Sign in to take up the invitation."))
    with transaction.atomic():
        user = User.objects.create_user(invitation.email, password, name=name.strip(), joined_at=at)
        # The link came to this address, which is all that a confirmation mail would show.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        log.write(record=user, verb="user.create", by=user, at=at)
        accept(invitation=invitation, user=user, at=at)
    return user


def _send(invitation: Invitation, path: str, *, by: User, at: datetime, language: str) -> None:
    with override(language or settings.LANGUAGE_CODE):
        words = {"who": str(by), "role": GrantRole(invitation.role).label, "what": invitation.scope_label}
        post.send(
            to=invitation.email,
            subject=_("You are invited: %(role)s of %(what)s") % words,
            text=_("%(who)s invites you as %(role)s of %(what)s. The link works for two weeks.") % words,
            button=_("See the invitation"),
            address=settings.POLYFOLIO_PUBLIC_URL + path,
            at=at,
        )


def _log(verb: str, invitation: Invitation, *, by: User, at: datetime) -> None:
    """The log names the role and the scope; the address stays with the invitation."""
    role = str(GrantRole(invitation.role).label)
    log.write(record=invitation, verb=verb, by=by, at=at, after={"role": role, "scope": invitation.scope_label})
