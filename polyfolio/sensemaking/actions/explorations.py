"""Asking an organisation about itself: beginning, changing and closing an exploration, and handing out its links."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes, records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.names import name_key
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.models import Network
from polyfolio.people import post
from polyfolio.people.models import User
from polyfolio.people.queries import digest
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import ExplorationState, Function
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation
from polyfolio.vocabulary.countries import is_country

FIELDS = (
    "title",
    "organisation",
    "organisation_name",
    "size",
    "country",
    "sectors",
    "opens_on",
    "closes_on",
    "state",
    "is_comparable",
)
GRACE = timedelta(days=7)
"""A link still opens the person's own result for so long after the last day."""
LONGEST = timedelta(days=366)
MOST_LINKS = 500


@dataclass(frozen=True)
class Link:
    """An invitation and the path that opens it, known only now: what is kept is a digest."""

    invitation: ExplorationInvitation
    path: str


def create(
    *,
    network: Network,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    portfolio: Portfolio | None = None,
) -> Exploration:
    """Begin an exploration in a network, or beside one of its portfolios."""
    require(by, "sensemaking.run_exploration", portfolio or network)
    if portfolio is not None and portfolio.network_id != network.pk:
        raise RefusedError(_("This portfolio belongs to another network."), field="about")
    exploration = Exploration(network=network, portfolio=portfolio)
    for name, value in _clean(values, exploration).items():
        setattr(exploration, name, value)
    with transaction.atomic():
        return records.create(exploration, fields=FIELDS, by=by, at=at)


def edit(*, exploration: Exploration, values: Mapping[str, Any], by: User, at: datetime) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs."""
    require(by, "sensemaking.run_exploration", exploration)
    with transaction.atomic():
        locked = records.lock(exploration)
        return records.change(locked, _clean(values, locked), by=by, at=at)


def close(*, exploration: Exploration, by: User, at: datetime) -> AuditRecord | None:
    """Take no more answers; what people began stays theirs as a draft."""
    return edit(exploration=exploration, values={"state": ExplorationState.CLOSED}, by=by, at=at)


def reopen(*, exploration: Exploration, by: User, at: datetime) -> AuditRecord | None:
    """Take answers again, for two more weeks where its last day is over."""
    values: dict[str, Any] = {"state": ExplorationState.OPEN}
    if exploration.closes_on < at.date():
        values["closes_on"] = at.date() + timedelta(days=14)
    return edit(exploration=exploration, values=values, by=by, at=at)


def delete(*, exploration: Exploration, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.run_exploration", exploration)
    return records.delete(exploration, by=by, at=at)


def share(*, exploration: Exploration, by: User, at: datetime) -> Link:
    """A link for everybody who is handed it; each browser or account that opens it answers for itself."""
    require(by, "sensemaking.run_exploration", exploration)
    with transaction.atomic():
        return _make(exploration, by=by, at=at)


def invite(*, exploration: Exploration, email: str, by: User, at: datetime) -> Link:
    """A link for one person, sent by mail; it opens the same answers on every device."""
    require(by, "sensemaking.run_exploration", exploration)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RefusedError(_("“%s” is not a mail address.") % address[:80], field="email") from None
    with transaction.atomic():
        link = _make(exploration, by=by, at=at, email=address)
        post.send(
            to=address,
            subject=_("You are asked about %s") % exploration.organisation_name,
            text=_(
                "%(who)s asks for your view of %(what)s: 24 short steps, about 20 minutes. "
                "Only you see your answers. The link is yours alone and works until %(day)s."
            )
            % {"who": str(by), "what": exploration.organisation_name, "day": link.invitation.expires_at.date()},
            button=_("See the questions"),
            address=settings.POLYFOLIO_PUBLIC_URL + link.path,
            at=at,
        )
    return link


def withdraw(*, invitation: ExplorationInvitation, by: User, at: datetime) -> None:
    """Let a link open nothing any more; answers that came through it stay."""
    require(by, "sensemaking.run_exploration", invitation.exploration)
    with transaction.atomic():
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        changes.write(record=invitation.exploration, verb="exploration.withdraw_link", by=by, at=at)


def _make(exploration: Exploration, *, by: User, at: datetime, email: str = "") -> Link:
    if exploration.invitations.count() >= MOST_LINKS:
        raise RefusedError(_("There are %s links already. Hand out a shared link instead.") % MOST_LINKS)
    secret = secrets.token_urlsafe(32)
    ends = datetime.combine(exploration.closes_on, time.max, tzinfo=UTC) + GRACE
    invitation = ExplorationInvitation.objects.create(
        exploration=exploration,
        digest=digest(secret),
        is_personal=bool(email),
        email=email,
        invited_at=at,
        invited_by=by,
        expires_at=max(ends, at + GRACE),
    )
    # The log tells that a link was made, and neither to whom it went nor what it says.
    changes.write(record=exploration, verb="exploration.make_link", by=by, at=at)
    return Link(invitation, reverse("exploration_answer", args=[secret]))


def _clean(values: Mapping[str, Any], before: Exploration) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"An exploration has no {', '.join(sorted(unknown))}.")
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if given.get("organisation") is not None:
        given["organisation_name"] = str(given["organisation"])
    _check_names(given, before)
    if "organisation_name" in given:
        given["organisation_name"] = given["organisation_name"][:300]
        before.organisation_key = name_key(given["organisation_name"])
    if given.get("country") and not is_country(given["country"]):
        raise RefusedError(_("There is no such country."), field="country")
    if set(given.get("sectors", ())) - set(Function.values):
        raise RefusedError(_("Choose from the fields of work that are listed."), field="sectors")
    if given.get("state", ExplorationState.OPEN) not in ExplorationState.values:
        raise RefusedError(_("An exploration is open or closed."), field="state")
    _check_days(given, before)
    return given


def _check_names(given: Mapping[str, Any], before: Exploration) -> None:
    if not given.get("title", before.title):
        raise RefusedError(_("Give it a title, so that people know what they are asked about."), field="title")
    if not given.get("organisation_name", before.organisation_name):
        raise RefusedError(
            _("Say which organisation is explored: choose one, or write its name."), field="organisation_name"
        )


def _check_days(given: Mapping[str, Any], before: Exploration) -> None:
    opens, closes = given.get("opens_on", before.opens_on), given.get("closes_on", before.closes_on)
    if opens is None or closes is None:
        raise RefusedError(_("Say from when to when it takes answers."), field="opens_on" if not opens else "closes_on")
    if closes < opens:
        raise RefusedError(_("The last day is before the first one."), field="closes_on")
    if closes - opens > LONGEST:
        raise RefusedError(_("It can take answers for a year at most. Begin another one later."), field="closes_on")
