"""Who answers through a link: the link's secret, this browser's key or the account, and a brake on guessing."""

from __future__ import annotations

import functools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja.throttling import BaseThrottle

from polyfolio.people.models import User
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation, ExplorationResponse
from polyfolio.sensemaking.queries import explorations
from polyfolio.web.pages import PageRequest, show

GUESSES = 20
"""So many wrong links may an address try in a minute."""
WINDOW = 60
KEPT_FOR = 180 * 24 * 3600


@dataclass(frozen=True)
class Seat:
    """One person at one link: `key` opens the answers they began here before, empty where they began none."""

    secret: str
    invitation: ExplorationInvitation
    key: str
    user: User | None
    response: ExplorationResponse | None

    @property
    def exploration(self) -> Exploration:
        return self.invitation.exploration

    def address(self, name: str = "exploration_answer", **more: Any) -> str:
        return reverse(name, kwargs={"secret": self.secret, **more})

    def new_key(self) -> str:
        """The key under which answers begin: the personal link itself, else a new one that this browser keeps."""
        return self.key if self.invitation.is_personal else secrets.token_urlsafe(32)


Answered = Callable[..., HttpResponseBase]


def seated(view: Answered) -> Answered:
    """Find the seat that `secret` opens. A wrong link is 404, an old one 410, and too many wrong ones 429."""

    @functools.wraps(view)
    def answer(request: PageRequest, secret: str, **address: Any) -> HttpResponseBase:
        if guesses(request) > GUESSES:
            return _private(show(request, "explorations/answer/over.html", {"is_throttled": True}, status=429))
        try:
            seat = _seat(request, secret)
        except explorations.LinkOverError:
            return _private(show(request, "explorations/answer/over.html", status=410))
        except ExplorationInvitation.DoesNotExist as missing:
            guesses(request, count=1)
            raise Http404 from missing
        return _private(view(request, seat, **address))

    return answer


def remember(answer: HttpResponseBase, seat: Seat, key: str) -> HttpResponseBase:
    """Let this browser come back to its answers; a personal link needs no such help."""
    if not seat.invitation.is_personal:
        answer.set_cookie(
            cookie_name(seat.exploration),
            key,
            max_age=KEPT_FOR,
            path="/explorations/answer/",
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


def cookie_name(exploration: Exploration) -> str:
    return f"answer-{exploration.pk}"


def guesses(request: HttpRequest, *, count: int = 0) -> int:
    """How many wrong links this address tried in this minute, after adding `count`."""
    key = f"exploration:{BaseThrottle().get_ident(request)}:{int(time.time() // WINDOW)}"
    if not count:
        return int(cache.get(key, 0))
    cache.add(key, 0, WINDOW * 2)
    try:
        return int(cache.incr(key, count))
    except ValueError:  # the minute's count went between the two calls
        return 0


def _seat(request: PageRequest, secret: str) -> Seat:
    invitation = explorations.by_link(secret, at=timezone.now())
    user = request.user if isinstance(request.user, User) else None
    kept = request.COOKIES.get(cookie_name(invitation.exploration), "")
    key = f"personal:{secret}" if invitation.is_personal else kept
    return Seat(
        secret=secret,
        invitation=invitation,
        key=key,
        user=user,
        response=explorations.response_of(invitation.exploration, key=key, user=user),
    )


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    """The address holds a secret: nobody keeps the page, no other site is told where its readers came from."""
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
