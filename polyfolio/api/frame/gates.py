"""Who is let through to a route: the caller, their minute, the record that the address names, the rule."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from polyfolio.api.frame import conditions, throttles
from polyfolio.api.frame.codec import NOTHING
from polyfolio.api.frame.problems import ProblemError, ReadOnlyTokenError, UnknownCallerError
from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.throttles import SAFE
from polyfolio.people.actions import tokens
from polyfolio.people.rules import require

Find = Callable[..., Any]


@dataclass(frozen=True)
class WhoMay:
    """What a route declares.

    Everybody, whoever is signed in, those who may do a verb to the record that the address names, or those whom
    the action lets do it (`verbs` are the ones it asks for).
    """

    kind: Literal["public", "signed_in", "verb", "action"]
    verbs: tuple[str, ...] = ()
    of: str = ""

    def words(self) -> str:
        """For the document."""
        if self.kind == "action" and not self.verbs:
            return "Those who may make the change that this makes."
        asked = " or ".join(f"`{verb}`" for verb in self.verbs)
        return {
            "public": "Everybody, as far as they may see what is there.",
            "signed_in": "Whoever is signed in, as far as they may see what is there.",
            "verb": f"Those who may {asked}.",
            "action": f"Those who may {asked}, depending on what is asked.",
        }[self.kind]


PUBLIC = WhoMay("public")
SIGNED_IN = WhoMay("signed_in")


def whoever_may(verb: str, *, of: str = "") -> WhoMay:
    """Those who may do `verb` to the record that the address names, or to what that one is `of` (its `portfolio`)."""
    return WhoMay("verb", (verb,), of)


def as_action_says(*verbs: str) -> WhoMay:
    """Those whom the action lets do it, by one of these verbs."""
    return WhoMay("action", verbs)


class Gate:
    """Lets a request through, with its caller, its token and the record on it, or raises why not.

    `find(user, …)` is a query with the parts of the address that it names; what it does not find is 404.
    """

    def __init__(self, who: WhoMay, find: Find | None) -> None:
        self.who = who
        self.find = find
        self.named = list(inspect.signature(find).parameters)[1:] if find is not None else []

    def __call__(self, asked: HttpRequest) -> bool:
        request = cast(ApiRequest, asked)
        request.found = request.change = None
        identify(request)
        throttles.check(request)
        refuse_nothing(request)
        if self.who.kind != "public" and not request.user.is_authenticated:
            raise UnknownCallerError(_("This needs somebody who is signed in."))
        if request.token is not None and request.token.is_read_only and request.method not in SAFE:
            raise ReadOnlyTokenError
        if self.find is not None and request.resolver_match is not None:
            address = request.resolver_match.kwargs
            request.found = self.find(request.user, **{name: address[name] for name in self.named if name in address})
        if self.who.kind == "verb":
            subject = getattr(request.found, self.who.of) if self.who.of else request.found
            require(request.user, self.who.verbs[0], subject)
        conditions.require_unchanged(request)
        return True


def identify(request: ApiRequest) -> None:
    """Say who asks: a token's person, else whoever is signed in, else nobody. A bad token is never nobody."""
    request.token = None
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _blank, secret = header.partition(" ")
        token = tokens.authenticate(secret.strip(), at=timezone.now()) if scheme.lower() == "bearer" else None
        if token is None:
            raise UnknownCallerError(_("This token is not known, or not good any more."))
        request.token, request.user = token, token.user
    elif request.user.is_authenticated and request.method not in SAFE and check_csrf(request) is not None:
        raise ProblemError(
            403,
            _("This came without the token against forgery."),
            _("Send the cookie “csrftoken” back as the header “X-CSRFToken”, or use a token of your account."),
            loc=("header", "X-CSRFToken"),
        )


def refuse_nothing(request: HttpRequest) -> None:
    """NUL in an address is nothing that a database could look for."""
    for name, values in request.GET.lists():
        if any(NOTHING in value for value in (name, *values)):
            raise ProblemError(422, _("A text holds a NUL character."), _("Take it out."), loc=("query", name))
