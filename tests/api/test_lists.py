"""Every list of the API, enumerated: it costs the same number of queries for one row and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polyfolio.api import service
from polyfolio.api.frame.routes import declared
from tests.api.conftest import Caller
from tests.api.growth import grow
from tests.api.test_routes import names
from tests.api.world import make_world
from tests.factories.people import make_admin

assert service
LISTS = [route for route in declared if route.is_list]
MORE = 12
EACH = 50


def test_list_costs_the_same_for_many_rows(caller: Callable[..., Caller], subtests: pytest.Subtests) -> None:
    """One world for all lists: it begins small, and grows."""
    owner = make_admin()
    world, call = make_world(owner), caller(owner)
    grow(world, 1)
    call.get("/me")
    small = {names(route): _cost(call, world.fill(route.path)) for route in LISTS}
    grow(world, MORE)
    large = {names(route): _cost(call, world.fill(route.path)) for route in LISTS}

    for route in LISTS:
        with subtests.test(names(route)):
            (few, cost), (many, later) = small[names(route)], large[names(route)]
            assert (many >= few + MORE, later) == (True, cost)


def _cost(call: Caller, path: str) -> tuple[int, int]:
    """How many rows a list has, and how many queries its first page takes."""
    with CaptureQueriesContext(connection) as queries:
        answered = call.get(f"{path}?limit={EACH}")
    assert answered.status == 200, answered
    return answered.body["total"], len(queries)
