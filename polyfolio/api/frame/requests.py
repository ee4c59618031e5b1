"""A request as it reaches a route of the API."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from polyfolio.people.models import ApiToken, User


class ApiRequest(HttpRequest):
    """Who asks, with which token, and what the address names. `change` is the log row that a write made."""

    user: User | AnonymousUser
    token: ApiToken | None
    found: Any
    change: Any


class OurRequest(ApiRequest):
    """A request of somebody who is known."""

    user: User
