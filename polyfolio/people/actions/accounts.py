"""A person's own account: made, changed, exported, erased; and who is here now."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people import log, personal
from polyfolio.people.models import User
from polyfolio.people.queries import administrators
from polyfolio.people.rules import NotAllowedError, require

VISIT_ENDS_AFTER = timedelta(minutes=30)
ERASED = "[erased]"


def create(*, email: str, name: str, password: str | None, by: User | None, at: datetime, **fields: Any) -> User:
    """An account with a confirmed address, made by an administrator, the command line or the demo (`by` None)."""
    if by is not None:
        require(by, "people.administer")
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise RefusedError(_("There is an account with this address already."), field="email")
    with transaction.atomic():
        user = User.objects.create_user(email.strip(), password, name=name.strip(), joined_at=at, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        log.write(record=user, verb="user.create", by=by, at=at)
    return user


def change(*, user: User, name: str, language: str, by: User, at: datetime) -> None:
    """Change how a person is called here, and the language they read (empty: as their browser asks)."""
    require(by, "people.manage_account", user)
    if language and language not in dict(settings.LANGUAGES):
        raise RefusedError(_("Choose one of the languages."), field="language")
    before = {"name": user.name, "language": user.language}
    after = {"name": name.strip(), "language": language}
    if before == after:
        return
    with transaction.atomic():
        user.name, user.language = after["name"], language
        user.save(update_fields=["name", "language"])
        log.write(record=user, verb="user.change", by=by, at=at, before=before, after=after)


def set_language(*, user: User, language: str) -> None:
    """Remember the language a person chose in the frame; no log row, as for any preference."""
    if language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=language)
        user.language = language


def visit(*, user: User, at: datetime) -> datetime | None:
    """Note that the person is here, and return when their last visit ended where a new one begins; else None."""
    last = user.visited_at
    is_new_visit = last is None or at - last >= VISIT_ENDS_AFTER
    if is_new_visit or at - (last or at) >= timedelta(minutes=1):
        User.objects.filter(pk=user.pk).update(visited_at=at)
        user.visited_at = at
    return last if is_new_visit else None


def demo_user(pk: int) -> User:
    """The account that a click signs in on a demo; raises NotAllowedError anywhere and for anybody else."""
    user = User.objects.filter(pk=pk, is_demo=True, is_active=True).first() if settings.POLYFOLIO_DEMO else None
    if user is None:
        raise NotAllowedError("people.sign_in_demo")
    return user


def export(*, user: User, by: User) -> dict[str, Any]:
    """Everything held about a person, as JSON values: the account, and what each room adds under its name."""
    require(by, "people.manage_account", user)
    account = {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "joined_at": user.joined_at.isoformat(),
        "visited_at": user.visited_at.isoformat() if user.visited_at else None,
        "addresses": list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)),
        "signs_in_with": sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
        "roles": [
            {"role": grant.role, "scope": grant.scope_type, "id": grant.scope_id, "since": grant.given_at.isoformat()}
            for grant in user.grants.order_by("pk")
        ],
        "tokens": [
            {"name": token.name, "created_at": token.created_at.isoformat()} for token in user.api_tokens.order_by("pk")
        ],
    }
    return {"account": account} | personal.held_about(user)


def erase(*, user: User, by: User, at: datetime) -> None:
    """Forget a person: nobody can sign in as them, every room drops or masks what it holds, their work stays.

    The empty account keeps its number, so that “the same person placed both” stays true without saying who.
    """
    require(by, "people.manage_account", user)
    with transaction.atomic():
        if user in administrators() and not administrators().exclude(pk=user.pk).exists():
            raise RefusedError(_("You are the only administrator. Give that role to somebody else first."))
        log.write(record=user, verb="user.erase", by=by, at=at)
        personal.erase_all(user, at)
        EmailAddress.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        user.grants.all().delete()
        user.api_tokens.all().delete()
        _end_sessions(user)
        user.email = f"erased-{user.pk}-{secrets.token_hex(4)}@erased.invalid"
        user.name, user.language, user.visited_at = ERASED, "", None
        user.is_active = user.is_superuser = user.is_demo = False
        user.set_unusable_password()
        user.save()


def _end_sessions(user: User) -> None:
    """Sessions say only inside whose they are; reading them all is fine for something this rare."""
    UserSession.objects.filter(user=user).delete()
    rows = Session.objects.iterator(chunk_size=500)
    theirs = [row.pk for row in rows if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
