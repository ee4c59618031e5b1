"""What imports leave for people to decide stands among their next steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from polyfolio.exchange.models import OrganisationMatch
from polyfolio.exchange.queries import steps
from polyfolio.network.models import Network
from polyfolio.portfolios.models import InitiativeSdg
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.portfolios import make_initiative

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 30)


@pytest.fixture
def network() -> Network:
    return make_network(title={"en": "Rivers"})


def propose(network: Network, count: int = 1) -> None:
    for _ in range(count):
        OrganisationMatch.objects.create(
            network=network, provisional=make_organisation(), candidate=make_organisation()
        )


def crowd(network: Network, goals: int, **fields: Any) -> None:
    initiative = make_initiative(network, **fields)
    for goal in range(1, goals + 1):
        InitiativeSdg.objects.create(initiative=initiative, goal=goal, standing="imported")


def test_matches_are_one_step_a_network(network: Network) -> None:
    propose(network, 2)
    propose(make_network())

    (step,) = steps.matches_to_decide(make_steward(network), TODAY)

    assert step.title == "Say whether 2 organisations are known already"
    assert step.why == "An import into Rivers named them as others here are named."
    assert step.address == f"/imports/organisations/?network={network.pk}"


def test_matches_of_deleted_organisations_are_no_step(network: Network) -> None:
    propose(network)
    match = OrganisationMatch.objects.get()
    match.provisional.deleted_at = match.proposed_at
    match.provisional.save()

    assert list(steps.matches_to_decide(make_steward(network), TODAY)) == []


def test_goals_are_a_step_where_more_than_five_were_imported(network: Network) -> None:
    crowd(network, 6)
    crowd(network, 5)
    crowd(make_network(), 9)

    (step,) = steps.goals_to_choose(make_steward(network), TODAY)

    assert (step.title, step.address) == ("Choose the goals of 1 imported initiative", "/imports/goals/")


def test_members_have_no_such_steps(network: Network) -> None:
    propose(network)
    crowd(network, 6)
    member = make_member(network)

    assert list(steps.matches_to_decide(member, TODAY)) == []
    assert list(steps.goals_to_choose(member, TODAY)) == []


def test_steps_cost_one_query_each(network: Network, django_assert_num_queries: Any) -> None:
    admin = make_admin()
    for count in (1, 5):
        propose(network, count)
        crowd(network, 6)
        assert admin.access.is_admin

        with django_assert_num_queries(2):
            list(steps.matches_to_decide(admin, TODAY))
            list(steps.goals_to_choose(admin, TODAY))
