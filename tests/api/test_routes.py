"""Every route of the API, enumerated: who may, what is hidden, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from polyfolio.api import service
from polyfolio.api.frame.routes import Route, declared
from polyfolio.lib.permissions import is_known
from tests.api.conftest import Caller
from tests.api.world import World
from tests.factories.people import make_admin, make_user

assert service
ROUTES = [route for route in declared if route.path != "/"]
NAMED = [route for route in ROUTES if "{" in route.path]
# What only its owner or its stewards find at all.
OWN = ("/me/", "/imports/{", "/import-matches/{")
# Themes and code lists are everybody's; a person's own things are found by nobody else, as the next test holds.
HIDDEN = [route for route in NAMED if not route.path.startswith(("/themes", "/code-lists"))]


def names(route: Route) -> str:
    return f"{route.method} {route.path}"


@pytest.mark.parametrize("route", ROUTES, ids=names)
def test_route_declares_who_may(route: Route) -> None:
    unknown = [verb for verb in route.who.verbs if not is_known(verb)]

    assert unknown == []
    assert route.method == "GET" or route.who.kind != "public"
    assert route.who.kind != "verb" or len(route.who.verbs) == 1


@pytest.mark.parametrize("route", [route for route in ROUTES if route.who.kind == "public"], ids=names)
def test_public_route_answers_anybody(route: Route, public: World, anybody: Caller) -> None:
    assert anybody(route.method, public.fill(route.path)).status == 200


@pytest.mark.parametrize("route", [route for route in ROUTES if route.who.kind != "public"], ids=names)
def test_other_route_asks_who_it_is(route: Route, public: World, anybody: Caller) -> None:
    answered = anybody(route.method, public.fill(route.path))

    assert (answered.status, answered.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Polyfolio"')


@pytest.mark.parametrize("route", HIDDEN, ids=names)
def test_stranger_does_not_find_what_is_private(route: Route, private: World, caller: Callable[..., Caller]) -> None:
    answered = caller(make_user())(route.method, private.fill(route.path))

    assert answered.status == 404


@pytest.mark.parametrize("route", [route for route in ROUTES if route.who.kind == "verb"], ids=names)
def test_stranger_may_not_do_what_is_declared(route: Route, public: World, caller: Callable[..., Caller]) -> None:
    """What is somebody's own is not even found; all else is seen, and refused before its body is read."""
    answered = caller(make_user())(route.method, public.fill(route.path), {})

    assert answered.status == (404 if route.path.startswith(OWN) else 403)


@pytest.mark.parametrize("route", [route for route in ROUTES if route.who.kind == "verb"], ids=names)
def test_administrator_is_let_through(route: Route, public: World, caller: Callable[..., Caller]) -> None:
    call = caller(public.owner if route.path.startswith("/me/") else make_admin())

    answered = call(route.method, public.fill(route.path), {})

    assert answered.status in {200, 201, 409, 422}


@pytest.mark.parametrize("route", [route for route in ROUTES if route.method != "GET"], ids=names)
def test_read_only_token_writes_nothing(route: Route, public: World, caller: Callable[..., Caller]) -> None:
    answered = caller(make_admin(), is_read_only=True)(route.method, public.fill(route.path), {})

    assert (answered.status, answered.body["detail"][0]["remedy"]) == (403, "Use a token that may write.")


@pytest.mark.parametrize("route", NAMED, ids=names)
def test_address_of_nothing_is_nothing(route: Route, public: World, caller: Callable[..., Caller]) -> None:
    empty = {
        place: {name: 999_999_999 if name == "pk" else "no-such-thing" for name in values}
        for place, values in public.places.items()
    }

    answered = caller(make_admin())(route.method, World(public.owner, empty).fill(route.path), {})

    assert answered.status == 404
