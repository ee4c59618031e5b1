from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polyfolio.portfolios import steps
from polyfolio.portfolios.models import InitiativeSdg
from polyfolio.sensemaking.steps import unplaced
from tests.factories.network import make_organisation
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio, make_proposal
from tests.factories.sensemaking import make_placement

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 31)


def test_admissions_wait_for_the_steward() -> None:
    portfolio = make_portfolio(slug="circular", title={"en": "Circular"})
    make_proposal(portfolio, make_initiative())
    make_proposal(portfolio, make_initiative())

    found = list(steps.admissions(make_steward(portfolio), TODAY))

    assert [(str(each.title), each.address) for each in found] == [
        ("2 initiatives ask to join Circular", "/portfolios/circular/admissions/")
    ]
    assert list(steps.admissions(make_user(), TODAY)) == []


def test_owners_are_warned_a_month_before_and_told_afterwards() -> None:
    owner = make_organisation()
    for day in ((2024, 3, 1), (2024, 4, 15), (2024, 5, 15)):
        make_initiative(owners=[owner], last_substantive_update_at=datetime(*day, tzinfo=UTC))

    found = list(steps.dormancy(make_member(owner, "focal_point"), TODAY))

    assert [str(each.why).partition(":")[0].partition(";")[0] for each in found] == [
        "It is dormant",
        "Nobody has updated it since 2024-04-15",
    ]


def test_owners_choose_from_imported_goals() -> None:
    owner = make_organisation()
    initiative = make_initiative(owners=[owner], slug="repair")
    for goal in (1, 2):
        InitiativeSdg.objects.create(initiative=initiative, goal=goal, standing="imported")

    found = list(steps.goals_to_choose(make_member(owner, "focal_point"), TODAY))

    assert [each.address for each in found] == ["/initiatives/repair/edit/"]


def test_stewards_place_what_nobody_has_placed() -> None:
    placed, other, hidden = make_initiative(), make_initiative(), make_initiative(visibility="private")
    portfolio = make_portfolio(slug="circular", core=[placed, other, hidden])
    make_placement(portfolio, placed)
    make_placement(make_portfolio(core=[other]), other)

    found = list(unplaced(make_steward(portfolio), TODAY))

    assert [(str(each.title).partition(" of")[0], each.address) for each in found] == [
        ("1 initiative", "/portfolios/circular/initiatives/?facet=-&dormant=with")
    ]


@pytest.mark.parametrize("provider", [steps.admissions, steps.dormancy, steps.goals_to_choose, unplaced])
def test_steps_cost_the_same_for_one_and_for_many(provider: Callable[..., Any]) -> None:
    costs = []
    for number in (1, 10):
        owner = make_organisation()
        old = datetime(2020, 1, 1, tzinfo=UTC)
        rows = [make_initiative(owners=[owner], last_substantive_update_at=old) for _ in range(number)]
        for row in rows:
            InitiativeSdg.objects.create(initiative=row, goal=1, standing="imported")
        portfolio = make_portfolio(core=rows)
        for _ in rows:
            make_proposal(portfolio, make_initiative())
        user = make_steward(portfolio)
        user.grants.create(role="focal_point", scope_type="organisation", scope_id=owner.pk)
        user.__dict__.pop("access", None)
        assert user.access
        with CaptureQueriesContext(connection) as queries:
            assert list(provider(user, TODAY))
        costs.append(len(queries))

    assert costs[0] == costs[1]
