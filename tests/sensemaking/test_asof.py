"""The portfolio as it stood on a day: entries, placements and stays of then, sight of now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import TargetMix
from polyfolio.sensemaking.queries import figures
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.looking_back import asof
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, make_target_mix, zone

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 30, tzinfo=UTC)


@pytest.fixture
def portfolio() -> Portfolio:
    return make_portfolio()


def held(portfolio: Portfolio, **entry: Any) -> Initiative:
    initiative = make_initiative(portfolio.network)
    make_entry(portfolio, initiative, **entry)
    return initiative


def stood(portfolio: Portfolio, on: date, user: Any = None) -> asof.Stood:
    whole = holding(portfolio, user)
    return asof.stood(whole, asof.on_day(whole, on), on)


def test_entries_count_from_the_day_they_came_to_the_day_they_left(portfolio: Portfolio) -> None:
    held(portfolio)
    held(portfolio, entered_on=DAY)
    held(portfolio, entered_on=DAY + timedelta(days=1))
    gone = {"state": AdmissionState.WITHDRAWN, "left_on": DAY + timedelta(days=1)}
    held(portfolio, entered_on=date(2024, 1, 1), **gone)
    held(portfolio, state=AdmissionState.DECLINED, entered_on=None)
    held(portfolio, **gone)

    totals = [stood(portfolio, DAY + timedelta(days=days)).total for days in (-1, 0, 1)]

    assert totals == [2, 3, 3]


def test_the_latest_view_of_each_person_by_then_counts(portfolio: Portfolio) -> None:
    initiative, somebody, other = held(portfolio), make_user(), make_user()
    for by, answer, day in (
        (somebody, "mis", DAY - timedelta(days=9)),
        (somebody, "ada", DAY),
        (other, "mis", DAY),
        (other, "ada", DAY + timedelta(days=1)),
    ):
        make_placement(portfolio, initiative, answer, assessor=by, placed_at=at(day))

    found = [stood(portfolio, DAY + timedelta(days=days)) for days in (-10, -1, 0, 1)]

    assert [(each.facets.get(initiative.pk), each.contested) for each in found] == [
        (None, 0),
        ((Facet.MISSION,), 0),
        ((), 1),
        ((Facet.ADAPTIVE,), 0),
    ]


def test_what_was_agreed_by_then_counts_first(portfolio: Portfolio) -> None:
    initiative, steward = held(portfolio), make_user()
    make_placement(portfolio, initiative, "mis", assessor=steward, placed_at=at(DAY))
    make_placement(portfolio, initiative, "ant", assessor=steward, is_agreed=True, placed_at=at(DAY))

    assert stood(portfolio, DAY).facets == {initiative.pk: (Facet.ANTICIPATORY,)}


def test_zones_are_those_of_the_day(portfolio: Portfolio) -> None:
    initiative = held(portfolio)
    held(portfolio)
    make_stay(portfolio, initiative, "yellow", since_on=date(2024, 1, 1), until_on=DAY)
    make_stay(portfolio, initiative, "green", since_on=DAY)

    found = [stood(portfolio, DAY + timedelta(days=days)).zones for days in (-1, 0)]

    assert found == [{zone("yellow").pk: 1, None: 1}, {zone("green").pk: 1, None: 1}]


def test_today_is_what_the_live_figures_say(portfolio: Portfolio) -> None:
    for answers in (("mis", "mis"), ("mis", "ant"), ("enh", "ada"), ("all", "mis")):
        make_placement(portfolio, held(portfolio), *answers)
    contested = held(portfolio)
    for answer in ("mis", "ada", "ada"):
        make_placement(portfolio, contested, answer)
    held(portfolio)
    whole = holding(portfolio, None)

    found = stood(portfolio, date(2999, 1, 1))

    assert found.mix() == figures.mix_of(whole, total=6)


def test_an_initiative_stands_where_the_nearest_portfolio_put_it(portfolio: Portfolio) -> None:
    under = make_portfolio(portfolio.network, parents=[portfolio])
    initiative = held(under)
    make_placement(under, initiative, "mis", placed_at=at(DAY))
    first = stood(portfolio, DAY).facets
    make_placement(portfolio, initiative, "ada", placed_at=at(DAY))

    assert (first, stood(portfolio, DAY).facets) == (
        {initiative.pk: (Facet.MISSION,)},
        {initiative.pk: (Facet.ADAPTIVE,)},
    )


def test_what_one_may_not_see_now_is_in_no_past(portfolio: Portfolio) -> None:
    secret = make_initiative(portfolio.network, visibility=Visibility.STEWARDS)
    make_entry(portfolio, secret)
    make_placement(portfolio, secret, placed_at=at(DAY))

    assert (stood(portfolio, DAY).total, stood(portfolio, DAY, make_steward(portfolio)).total) == (0, 1)


def test_beginning_is_the_first_entry_unless_one_is_undated(portfolio: Portfolio) -> None:
    found = [asof.beginning(holding(portfolio, None))]
    initiative = held(portfolio, entered_on=DAY)
    make_stay(portfolio, initiative, since_on=DAY - timedelta(days=3))
    found.append(asof.beginning(holding(portfolio, None)))
    held(portfolio)
    found.append(asof.beginning(holding(portfolio, None)))

    assert found == [None, DAY, DAY - timedelta(days=3)]


def test_target_is_that_of_the_day(portfolio: Portfolio) -> None:
    first = make_target_mix(portfolio)
    TargetMix.objects.filter(pk=first.pk).update(set_at=at(DAY))
    second = make_target_mix(portfolio, mis=0.4, enh=0.1)
    whole = holding(portfolio, None)

    found = [asof.target_on(whole, day) for day in (DAY - timedelta(days=1), DAY, date(2999, 1, 1))]

    assert found == [None, first, second]
