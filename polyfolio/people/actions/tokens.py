"""Keys to the API: made, shown once, recognised, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people import log
from polyfolio.people.models import ApiToken, User
from polyfolio.people.queries import digest
from polyfolio.people.rules import require

PREFIX = "pf_"
MOST_TOKENS = 20
NOTED_EVERY = timedelta(minutes=5)


def create(
    *, user: User, name: str, by: User, at: datetime, is_read_only: bool = False, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown now and never again."""
    require(by, "people.manage_account", user)
    if not name.strip():
        raise RefusedError(_("Give it a name, so that you know later what uses it."), field="name")
    if expires_at is not None and expires_at <= at:
        raise RefusedError(_("Choose a day to come."), field="expires_at")
    with transaction.atomic():
        if user.api_tokens.count() >= MOST_TOKENS:
            raise RefusedError(_("You have %s tokens. Take one back first.") % MOST_TOKENS)
        secret = PREFIX + secrets.token_urlsafe(32)
        token = ApiToken.objects.create(
            user=user,
            name=name.strip(),
            digest=digest(secret),
            is_read_only=is_read_only,
            created_at=at,
            expires_at=expires_at,
        )
        log.write(record=user, verb="user.create_token", by=by, at=at, after={"token": token.name})
    return token, secret


def revoke(*, token: ApiToken, by: User, at: datetime) -> None:
    """Take a token back; whatever uses it is refused from now on."""
    require(by, "people.manage_account", token)
    with transaction.atomic():
        log.write(record=token.user, verb="user.revoke_token", by=by, at=at, before={"token": token.name})
        token.delete()


def authenticate(secret: str, *, at: datetime) -> ApiToken | None:
    """The token of that secret with its user; None where it is unknown, expired, or its user is gone.

    When it was last used is noted every five minutes at most, so that reading stays reading.
    """
    if not secret.startswith(PREFIX):
        return None
    token = ApiToken.objects.select_related("user").filter(digest=digest(secret)).first()
    if token is None or not token.user.is_active or (token.expires_at is not None and token.expires_at <= at):
        return None
    if token.last_used_at is None or at - token.last_used_at >= NOTED_EVERY:
        token.last_used_at = at
        token.save(update_fields=["last_used_at"])
    return token
