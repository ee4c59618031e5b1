"""Gathered lists are the lists that one query each would have read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polyfolio.lib.gathering import gather
from polyfolio.portfolios.models import Initiative, InitiativeDocument, InitiativeSector, InitiativeTerritory
from polyfolio.portfolios.queries.initiatives import AROUND
from tests.factories.network import make_body, make_network
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db
NAMES = (*AROUND, "standings")


@pytest.fixture
def initiative() -> Initiative:
    network = make_network()
    initiative = make_initiative(
        network, themes=[make_theme(), make_theme()], programmes=[make_body(network)], countries=["SE"], goals=[12, 3]
    )
    InitiativeTerritory.objects.create(initiative=initiative, country="DK", percentage=Decimal("33.333333"))
    InitiativeSector.objects.create(initiative=initiative, code="14050", percentage=Decimal("0.1"))
    InitiativeDocument.objects.create(
        initiative=initiative,
        url="https://example.org/a",
        title={"en": "“A”"},
        languages=["en"],
        published_on=date(2025, 2, 3),
    )
    make_placement(make_portfolio(network, core=[initiative]), initiative)
    return initiative


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_what_the_database_holds(initiative: Initiative, name: str) -> None:
    read = list(getattr(initiative, name).all())

    gathered = gather(initiative, NAMES)[name]

    assert gathered == read
    for one, other in zip(gathered, read, strict=True):
        for key, value in vars(one).items():
            if not key.startswith("_"):
                assert (key, value) == (key, getattr(other, key))


def test_one_query_for_all_of_them(initiative: Initiative) -> None:
    with CaptureQueriesContext(connection) as queries:
        gathered = gather(initiative, NAMES)
        assert {str(row.initiative) for row in gathered["territories"]} == {str(initiative)}

    assert len(queries) == 1


def test_nothing_around_is_empty_lists() -> None:
    initiative = make_initiative()

    assert gather(initiative, NAMES) == {name: [] for name in NAMES}


def test_what_is_left_out_is_read_when_asked_for(initiative: Initiative) -> None:
    standing = gather(initiative, ["standings"])["standings"][0]

    assert standing == initiative.standings.get()
    assert [field for field in standing.get_deferred_fields() if getattr(standing, field) is None] == []
