"""The example networks come from actions, are the same every time, and hold what they promise."""

from __future__ import annotations

import random

import pytest
from django.conf import LazySettings

from polyfolio.audit.models import AuditRecord
from polyfolio.demo import loading
from polyfolio.demo.cast import make_cast
from polyfolio.demo.networks import city_hub, mission, partners, partners_portfolios
from polyfolio.funding.models import MoneyYear
from polyfolio.network.models import Membership, Network, Organisation
from polyfolio.people.models import User
from polyfolio.people.queries import demo_users
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.sensemaking.models import Placement, Standing, WantedCell, ZoneStay

pytestmark = pytest.mark.django_db


def test_partner_network_promises_its_size() -> None:
    assert (partners.PARTNERS, partners.A_YEAR, partners.YEARS) == (720, 1800, (2024, 2025, 2026))


def test_city_hub_has_its_ambassadors_ideas_and_pilots() -> None:
    city_hub.make(make_cast(), random.Random("a"))

    assert Organisation.objects.filter(roles__capacity="champion").count() == 35
    assert (Initiative.objects.filter(kind="idea").count(), Initiative.objects.filter(kind="pilot").count()) == (12, 5)
    assert Initiative.objects.filter(kind="pilot", links__kind="follows_from").count() == 5


def test_mission_places_and_moves_what_its_23_cities_do() -> None:
    mission.make(make_cast(), random.Random("a"))

    whole = Portfolio.objects.get(parents=None)
    assert Organisation.objects.filter(level="local").count() == 23
    assert (whole.entries.count(), whole.children.count()) == (52, 1)
    assert ZoneStay.objects.filter(portfolio=whole, until_on=None).count() == 52
    assert Standing.objects.filter(portfolio=whole, is_contested=True).exists()
    assert WantedCell.objects.filter(portfolio=whole).exists()
    assert sorted(each.moves.count() for each in whole.scenarios.all()) == [2, 4]
    assert MoneyYear.objects.filter(currency="SEK").exists()


def test_partner_network_in_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partners, "PARTNERS", 40)
    monkeypatch.setattr(partners, "A_YEAR", 24)
    monkeypatch.setattr(partners_portfolios, "LINKS", 8)

    cast = make_cast()
    network = partners.make(cast, random.Random("a"))

    assert Membership.objects.filter(network=network).count() == 40
    assert Initiative.objects.count() == 3 * 24 + 192
    assert Entry.objects.filter(state="under_review").exists()
    own = Initiative.objects.order_by("pk").first()
    focal_point = User.objects.get(pk=cast.focal_point.pk)
    assert may(focal_point, "portfolios.edit_initiative", own)


def test_same_seed_makes_the_same_network() -> None:
    def made(seed: str) -> list[tuple[object, ...]]:
        network = city_hub.make(cast, random.Random(seed))
        rows = list(
            Initiative.objects.filter(network=network)
            .order_by("pk")
            .values_list("title", "summary", "planned_start_on", "priority", "horizon_months")
        )
        Network.objects.filter(pk=network.pk).delete()
        return rows

    cast = make_cast()

    assert made("a") == made("a")


def test_load_happens_once(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.POLYFOLIO_DEMO = True
    monkeypatch.setattr(partners, "make", lambda cast, chance: None)
    monkeypatch.setattr(mission, "make", lambda cast, chance: None)
    told: list[str] = []

    first = loading.load(told.append)
    second = loading.load(told.append)

    assert (first, second, told[-1]) == (True, False, "the search index")
    assert [user.name.split(", ")[1] for user in demo_users()] == [
        "steward",
        "coordination desk",
        "focal point",
        "facilitator",
    ]


def test_everything_stands_in_the_log() -> None:
    city_hub.make(make_cast(), random.Random("a"))

    logged = set(AuditRecord.objects.filter(verb="initiative.create").values_list("subject_id", flat=True))
    assert logged == set(Initiative.objects.values_list("pk", flat=True))
    assert Placement.objects.exists()
