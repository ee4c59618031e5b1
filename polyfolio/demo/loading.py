"""Loading the example networks, once, through the same actions that people use."""

from __future__ import annotations

import random
from collections.abc import Callable

from polyfolio.demo.cast import MAKER, make_cast
from polyfolio.demo.networks import city_hub, mission, partners
from polyfolio.people.models import User
from polyfolio.search.actions import index

SEED = 20261101

Told = Callable[[str], None]


def is_loaded() -> bool:
    return User.objects.filter(email=MAKER).exists()


def load(tell: Told) -> bool:
    """Make the three networks and index them; False where they are here already. `tell` hears what comes next."""
    if is_loaded():
        return False
    cast = make_cast()
    for name, make in (
        ("a network of 720 partners", partners.make),
        ("a city hub", city_hub.make),
        ("a mission with 23 cities", mission.make),
    ):
        tell(name)
        make(cast, random.Random(f"{SEED} {name}"))
    tell("the search index")
    index.rebuild()
    return True
