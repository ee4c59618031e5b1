"""How many wrong codes one address may try in a minute."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60
MOST = 20
"""A room full of people behind one address mistypes now and then; six hundred million codes are out of reach."""


def is_over(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= MOST


def count(request: HttpRequest) -> None:
    """One more wrong code from this address."""
    key = _key(request)
    cache.add(key, 0, WINDOW * 2)
    try:
        cache.incr(key)
    except ValueError:  # the minute's count went between the two calls
        cache.set(key, 1, WINDOW * 2)


def _key(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request)
    return f"workshop-guess:{address}:{int(time.time() // WINDOW)}"
