"""How many requests a token, a person or an address may make in a minute."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

WINDOW = 60
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class MinuteThrottle(BaseThrottle):
    """Counts requests of one token (else person, else address) minute by minute; keeps nothing on itself.

    ninja's own keeps a request's state on the throttle, which the threads of a process share.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        return self.remaining(request) >= 0

    def wait(self) -> float:
        return WINDOW - time.time() % WINDOW

    def remaining(self, request: HttpRequest) -> int:
        """How many more requests this minute takes; below nothing, this one was too many."""
        scope = self.scope(request)
        most: int = settings.POLYFOLIO_API_RATES[scope]
        key = f"api:{scope}:{self.who(request)}:{int(time.time() // WINDOW)}"
        cache.add(key, 0, WINDOW * 2)
        try:
            return most - cache.incr(key)
        except ValueError:  # the minute's count went between the two calls
            return most

    def scope(self, request: HttpRequest) -> str:
        if not request.user.is_authenticated:
            return "anonymous"
        return "read" if request.method in SAFE else "write"

    def who(self, request: HttpRequest) -> str:
        token = getattr(request, "token", None)
        if token is not None:
            return f"token-{token.pk}"
        return f"user-{request.user.pk}" if request.user.is_authenticated else str(self.get_ident(request))


throttle = MinuteThrottle()


def check(request: HttpRequest) -> None:
    """Raise Throttled where the minute is used up."""
    if not throttle.allow_request(request):
        raise Throttled(wait=int(throttle.wait()) + 1)
