"""The index opens to a reader exactly what the database shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polyfolio.network.actions import networks
from polyfolio.people.access import EVERYTHING, access_of
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.actions import initiatives
from polyfolio.portfolios.documents import Initiatives, Portfolios, Resources
from polyfolio.portfolios.models import (
    Initiative,
    InitiativeIdentifier,
    InitiativePlace,
    InitiativeSdg,
    InitiativeSector,
    Portfolio,
    Resource,
)
from polyfolio.search.models import SearchChange
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import (
    make_entry,
    make_initiative,
    make_participation,
    make_portfolio,
    make_proposal,
    make_resource,
)
from tests.factories.sensemaking import make_placement, make_stay
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def everybody(**records: Any) -> list[Any]:
    """Somebody in each role on each record, and nobody in particular."""
    roles = ("member", "editor", "steward", "desk", "focal_point")
    people = [make_member(record, role) for record in records.values() for role in roles]
    return [None, make_user(), make_admin(), *people]


def sees(user: Any, tokens: tuple[str, ...]) -> bool:
    held = access_of(user).tokens()
    return EVERYTHING in held or bool(held & set(tokens))


GRADES = [Visibility.PUBLIC, Visibility.NETWORK, Visibility.STEWARDS]


@pytest.mark.parametrize("grade", GRADES)
def test_initiatives_tokens_say_what_visible_to_says(grade: str) -> None:
    network, other = make_network(visibility=grade), make_network()
    owner, author = make_organisation(), make_user()
    for visibility, has_author in product(Visibility.values, (True, False)):
        initiative = make_initiative(network, visibility=visibility, created_by=author if has_author else None)
        make_participation(initiative, owner, "funding")
    holding, closed = make_portfolio(network), make_portfolio(network, deleted_at=NOW)
    for initiative in Initiative.objects.all():
        make_entry(holding, initiative)
        make_entry(closed, initiative)
        make_proposal(make_portfolio(other), initiative)
    asked = make_portfolio(network)
    make_proposal(asked, Initiative.objects.first())
    people = [
        author,
        *everybody(network=network, other=other, holding=holding, closed=closed, asked=asked, owner=owner),
    ]

    documents = list(Initiatives().documents(list(Initiatives().all_ids())))

    for user in people:
        seen = set(Initiative.objects.visible_to(user).values_list("pk", flat=True))
        assert {each.object_id for each in documents if sees(user, each.visible_to)} == seen


@pytest.mark.parametrize("grade", GRADES)
def test_portfolios_and_resources_tokens_say_what_visible_to_says(grade: str) -> None:
    network, author = make_network(visibility=grade), make_user()
    for visibility in Visibility.values:
        make_portfolio(network, visibility=visibility, created_by=author)
        make_resource(network, visibility=visibility, created_by=author)
    portfolios = {f"portfolio_{each.visibility}": each for each in Portfolio.objects.all()}
    people = [author, *everybody(network=network, **portfolios)]

    for source, model in ((Portfolios(), Portfolio), (Resources(), Resource)):
        documents = list(source.documents(list(source.all_ids())))
        for user in people:
            seen = set(model.objects.visible_to(user).values_list("pk", flat=True))
            assert {each.object_id for each in documents if sees(user, each.visible_to)} == seen


def test_nothing_is_more_open_than_its_network() -> None:
    closed = make_network(visibility=Visibility.NETWORK)
    make_initiative(closed, visibility=Visibility.PUBLIC)
    make_portfolio(closed, visibility=Visibility.PUBLIC)
    make_resource(closed, visibility=Visibility.PUBLIC)
    member = make_member(closed)

    for model in (Initiative, Portfolio, Resource):
        assert not model.objects.visible_to(None)
        assert model.objects.visible_to(member)


def test_an_initiatives_document_says_all_of_it() -> None:
    network = make_network()
    shown = make_organisation(title={"en": "City of Lund"}, slug="lund", kind="regional_local_public")
    hidden = make_organisation(title={"en": "Secret"}, slug="secret", visibility="private")
    initiative = make_initiative(
        network,
        slug="repair",
        title={"en": "Repair", "fr": "Réparer"},
        summary={"en": "Cafés.", "sv": "Kaféer."},
        daily_life={"en": "Toasters last."},
        kind="pilot",
        owners=[shown, hidden],
        themes=[make_theme(slug="reuse")],
        programmes=[make_body(network, slug="cities")],
        countries=["SE"],
        actual_start_on=date(2023, 5, 1),
        planned_end_on=date(2025, 5, 1),
        last_substantive_update_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    InitiativeSdg.objects.create(initiative=initiative, goal=12, target="12.5")
    InitiativeSector.objects.create(initiative=initiative, code="14050")
    InitiativeSector.objects.create(initiative=initiative, code="A1", vocabulary="99")
    InitiativeIdentifier.objects.create(initiative=initiative, network=network, scheme="iati", value="XX-1")
    InitiativePlace.objects.create(initiative=initiative, name="Lund")
    portfolio = make_portfolio(network, slug="circular", core=[initiative])
    make_placement(portfolio, initiative, "mis", "ant")
    make_stay(portfolio, initiative, "green")

    (document,) = Initiatives().documents([initiative.pk])

    assert (document.address, document.names) == ("/initiatives/repair/", ("XX-1", "Lund"))
    assert document.body == {"en": "Toasters last.\n\nCafés.\n\nCity of Lund", "sv": "Kaféer."}
    assert dict(document.facets) == {
        "type": ("pilot",),
        "status": ("pipeline",),
        "dormant": ("yes",),
        "theme": ("reuse",),
        "programme": ("cities",),
        "portfolio": ("circular",),
        "portfolio_class": ("core",),
        "sdg_goal": ("12",),
        "sdg_target": ("12.5",),
        "country": ("SE",),
        "sector": ("140", "99-A1"),
        "organisation": ("lund", "secret"),
        "organisation_kind": ("regional_local_public",),
        "year": ("2023", "2024", "2025"),
        "facet": ("mis", "ant"),
        "zone": ("green",),
        "language": ("en", "fr"),
    }


def test_mixed_listed_and_undated() -> None:
    initiative = make_initiative()
    make_placement(make_portfolio(), initiative, "mis", "ada")

    (document,) = Initiatives().documents([initiative.pk])

    assert {name: document.facets.get(name) for name in ("facet", "portfolio_class", "year", "dormant")} == {
        "facet": ("mixed",),
        "portfolio_class": ("listed",),
        "year": None,
        "dormant": ("no",),
    }


def test_a_resources_document() -> None:
    maker = make_organisation(title={"en": "City of Lund"}, slug="lund")
    resource = make_resource(
        slug="guide",
        kind="guideline",
        summary={"en": "How to."},
        published_on=date(2024, 1, 1),
        countries=["SE"],
        sdg_targets=["12.5"],
    )
    resource.organisations.add(maker)

    (document,) = Resources().documents([resource.pk])

    assert (document.body, document.starts_on) == ({"en": "How to.\n\nCity of Lund"}, date(2024, 1, 1))
    assert document.facets["sdg_goal"] == ("12",)
    assert document.facets["organisation"] == ("lund",)


def test_deleted_ones_have_no_document() -> None:
    rows = [make_initiative(deleted_at=NOW), make_resource(deleted_at=NOW), make_portfolio(deleted_at=NOW)]

    for source, row in zip((Initiatives(), Resources(), Portfolios()), rows, strict=True):
        assert (list(source.documents([row.pk])), list(source.all_ids())) == ([], [])


@pytest.mark.parametrize("source", [Initiatives(), Resources(), Portfolios()])
def test_documents_cost_the_same_for_one_and_for_fifty(source: Any) -> None:
    network, owner, theme = make_network(), make_organisation(), make_theme()
    for _ in range(50):
        initiative = make_initiative(network, owners=[owner], themes=[theme], countries=["SE"])
        make_resource(network).organisations.add(owner)
        make_portfolio(network, core=[initiative]).themes.add(theme)
    ids = list(source.all_ids())
    costs = []
    for chunk in (ids[:1], ids):
        with CaptureQueriesContext(connection) as queries:
            list(source.documents(chunk))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_changes_are_noted_for_the_index() -> None:
    network = make_network()
    initiative, steward = make_initiative(network), make_steward(network)

    initiatives.edit(initiative=initiative, by=steward, at=NOW, values={"kind": "pilot"})

    assert list(SearchChange.objects.values_list("kind", "object_id")) == [("initiative", initiative.pk)]


def test_a_network_that_closes_is_read_again_with_everything_in_it() -> None:
    network = make_network()
    initiative, resource, portfolio = make_initiative(network), make_resource(network), make_portfolio(network)
    held = make_initiative(make_network())
    make_entry(portfolio, held)

    networks.edit(network=network, values={"visibility": "network"}, by=make_steward(network), at=NOW)

    assert set(SearchChange.objects.values_list("kind", "object_id")) == {
        ("network", network.pk),
        ("initiative", initiative.pk),
        ("initiative", held.pk),
        ("resource", resource.pk),
        ("portfolio", portfolio.pk),
    }
