"""Every figure of a portfolio opens the list it counts, with exactly that many rows, for whoever looks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import combinations, product
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from polyfolio.funding.queries.sums import YearSum, by_year
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, InitiativeSdg, InitiativeSector, Portfolio
from polyfolio.sensemaking.arithmetic.mixes import Weight
from polyfolio.sensemaking.choices import Dimension, Facet
from polyfolio.sensemaking.models import Region
from polyfolio.sensemaking.queries import dimensions, figures
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.queries.overview import organisations_seen, snapshot
from polyfolio.vocabulary.models import Theme
from tests.factories.funding import make_budget, make_transaction
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin, make_grant, make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio, make_proposal
from tests.factories.reporting import make_indicator, make_result
from tests.factories.sensemaking import make_placement, make_stay, tag
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
VIEWERS = ("visitor", "member", "steward", "focal_point", "author", "admin")
FILTER_OF = {
    Dimension.THEME: "theme",
    Dimension.ZONE: "zone",
    Dimension.FACET: "facet",
    Dimension.SECTOR: "sector",
    Dimension.SDG_GOAL: "goal",
    Dimension.COUNTRY: "country",
    Dimension.PROGRAMME: "programme",
    Dimension.SDG_TARGET: "target",
    Dimension.ORGANISATION_KIND: "organisation_kind",
    Dimension.LEVER: "lever",
    Dimension.FIELD: "field",
    Dimension.OWN_THEME: "own_theme",
    Dimension.INDICATOR: "indicator",
}


def make_world(seed: int, size: int = 20) -> tuple[list[Portfolio], dict[str, Any]]:
    """A portfolio over two others that share initiatives, with a bit of everything, and everybody who looks."""
    rng = random.Random(seed)
    network, other = make_network(), make_network()
    organisations = [make_organisation(network, kind=kind) for kind in ("ngo", "ngo", "company", "")]
    organisations += [make_organisation(visibility="private", kind="media")]
    themes, programmes = [make_theme() for _ in range(3)], [make_body(network) for _ in range(2)]
    author = make_user()
    top = make_portfolio(network)
    left, right = (make_portfolio(network, parents=[top], visibility=each) for each in ("public", "network"))
    everything: list[Initiative] = []
    for _ in range(size):
        initiative = make_initiative(
            rng.choice([network, network, other]),
            visibility=rng.choice(["public", "network", "portfolio", "stewards", "private"]),
            status=rng.choice(["pipeline", "implementation", "finalisation", "closed"]),
            priority=rng.choice(["high", "low", ""]),
            owners=rng.sample(organisations, rng.randrange(3)),
            countries=rng.choices(["KE", "SE", "VN"], k=rng.randrange(3)),
            themes=rng.sample(themes, rng.randrange(3)),
            programmes=rng.sample(programmes, rng.randrange(2)),
            created_by=rng.choice([author, None]),
            deleted_at=rng.choice([None] * 9 + [NOW]),
        )
        _add_goals(initiative, rng)
        for code, vocabulary in rng.sample([("11110", "1"), ("111", "2"), ("A1", "99"), ("14020", "1")], 2):
            InitiativeSector.objects.create(initiative=initiative, code=code, vocabulary=vocabulary)
        _add_money(initiative, rng)
        if rng.random() < 0.5:
            make_indicator(make_result(initiative), reference=rng.choice(["12.5.1", ""]))
        for portfolio in (top, left, right):
            _hold(portfolio, initiative, rng)
            for kind in rng.sample(("lever", "field", "own_theme"), 2):
                tag(portfolio, initiative, kind, rng.choice(["one", "two"]))
        if everything and rng.random() < 0.3:
            make_link(initiative, rng.choice(everything), "parent")
        everything.append(initiative)
    focal = make_member(organisations[0], "focal_point")
    make_grant(focal, "member", network)
    viewers = {
        "visitor": AnonymousUser(),
        "member": make_member(network),
        "steward": make_steward(top),
        "focal_point": focal,
        "author": author,
        "admin": make_admin(),
    }
    return [top, left], viewers


def _add_goals(initiative: Initiative, rng: random.Random) -> None:
    for goal in rng.sample([1, 2, 12], rng.randrange(4)):
        InitiativeSdg.objects.create(initiative=initiative, goal=goal)
        InitiativeSdg.objects.create(initiative=initiative, goal=goal, target=f"{goal}.1")
    if rng.random() < 0.5:
        InitiativeSdg.objects.create(initiative=initiative, goal=13, standing="main")


def _add_money(initiative: Initiative, rng: random.Random) -> None:
    for _ in range(rng.randrange(3)):
        make_transaction(
            initiative,
            rng.randrange(-50, 500),
            currency=rng.choice(["EUR", "SEK"]),
            year=rng.choice([2023, 2024, None]),
        )
    if rng.random() < 0.3:
        make_budget(initiative, rng.randrange(1, 500))


def _hold(portfolio: Portfolio, initiative: Initiative, rng: random.Random) -> None:
    chance = rng.random()
    if chance < 0.2:
        make_proposal(portfolio, initiative)
    elif chance < 0.7:
        make_entry(portfolio, initiative, portfolio_class=rng.choice(["core", "affiliated"]))
        for _ in range(rng.randrange(3)):
            make_placement(portfolio, initiative, rng.choice(Facet.values), rng.choice(Facet.values))
        if rng.random() < 0.7:
            make_stay(portfolio, initiative, rng.choice(["yellow", "green", "blue"]))


def rows(held: Holding, **filters: str) -> int:
    count: int = narrowed(held, filters, at=NOW).count()
    return count


def _sorted(sums: Iterable[YearSum]) -> list[Any]:
    return sorted((each.year, each.currency, each.amount, each.initiatives) for each in sums)


class EveryFigureTest(TestCase):
    """Two worlds, made once, each seen by everybody."""

    held: ClassVar[list[Holding]]
    few: ClassVar[list[Holding]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.held = []
        for seed in (1, 2):
            portfolios, viewers = make_world(seed)
            cls.held += [holding(portfolio, viewers[name]) for portfolio in portfolios for name in VIEWERS]
        cls.few = cls.held[:6:2]

    def test_members_count_each_initiative_once(self) -> None:
        for held in self.held:
            ids = list(held.members().values_list("pk", flat=True))
            expected = {
                pk
                for pk in Initiative.objects.visible_to(held.viewer).values_list("pk", flat=True)
                if held.entries().filter(initiative=pk).exists()
            }

            assert (len(ids), set(ids)) == (len(expected), expected)

    def test_each_count_of_a_dimension_opens_its_list(self) -> None:
        for held, dimension in product(self.held, Dimension):
            name = FILTER_OF[dimension]
            counts = dimensions.count(held, dimension)

            assert counts == {key: rows(held, **{name: key}) for key in counts}
            having = held.members().filter(dimensions.having_any(held, dimension)).count()
            mixed = rows(held, facet="mixed") if dimension == Dimension.FACET else 0
            assert rows(held, **{name: "-"}) + having + mixed == rows(held)

    def test_each_cell_of_a_matrix_opens_its_list(self) -> None:
        for held, (row, column) in product(self.few, combinations(Dimension, 2)):
            cells = dimensions.counts(held, row, column)

            assert cells == {
                (first, second): rows(held, **{FILTER_OF[row]: first, FILTER_OF[column]: second})
                for first, second in cells
            }

    def test_every_figure_of_the_overview_opens_its_list(self) -> None:
        zones = {None: "-"} | dict(Region.objects.values_list("pk", "code"))
        themes = dict(Theme.objects.values_list("pk", "slug"))
        for held in self.held:
            found = snapshot(held)

            assert found.total == rows(held)
            assert found.zones == {pk: rows(held, zone=code) for pk, code in zones.items() if rows(held, zone=code)}
            assert found.contested == rows(held, facet="contested")
            assert (found.mix.mixed, found.mix.unplaced) == (rows(held, facet="mixed"), rows(held, facet="-"))
            assert {facet: found.mix.count(facet) for facet in Facet} == {
                facet: rows(held, facet=facet) for facet in Facet
            }
            assert found.goals == {goal: rows(held, goal=str(goal)) for goal in found.goals}
            assert found.main_goals == {goal: rows(held, main_goal=str(goal)) for goal in found.main_goals}
            assert found.countries == {code: rows(held, country=code) for code in found.countries}
            assert found.under_way == rows(held, status="implementation") + rows(held, status="finalisation")
            assert {
                (themes[theme], zones[zone]): n for (theme, zone), n in found.themes_by_zone.items()
            } == dimensions.counts(held, Dimension.THEME, Dimension.ZONE)

    def test_the_overviews_money_is_the_sums_and_opens_its_list(self) -> None:
        for held in self.held:
            found = snapshot(held)
            flows = {each.flow for each in found.money}

            assert _sorted(found.money) == _sorted(each for each in by_year(held.members()) if each.flow in flows)
            for each in found.money:
                assert each.initiatives == rows(held, flow=each.flow, currency=each.currency, money_year=str(each.year))
            if found.money:
                assert found.money_known == rows(held, flow=found.money[0].flow)

    def test_figures_agree_with_the_overview(self) -> None:
        for held in self.held:
            found = snapshot(held)
            main, other = figures.goals(held)

            assert figures.countries(held) == found.countries
            assert {goal: main.get(goal, 0) + other.get(goal, 0) for goal in {*main, *other}} == found.goals
            assert main == found.main_goals
            assert figures.organisations(held).count() == organisations_seen(held, found)
            assert figures.mix_of(held, total=found.total) == found.mix

    def test_the_mix_counts_everybody_whatever_the_weight(self) -> None:
        for held, weight in product(self.held, Weight):
            found = figures.mix_of(held, total=rows(held), weight=weight, flow="committed", currency="EUR")

            assert found.total == rows(held)
            assert (found.mixed, found.unplaced) == (rows(held, facet="mixed"), rows(held, facet="-"))
            assert found.known <= found.placed


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"words": "Initiative"}, True),
        ({"words": "nothing like it"}, False),
        ({"year": "soon"}, False),
        ({"position": "x"}, False),
        ({"main_goal": "x"}, False),
        ({"facet": "joy"}, False),
        ({"unknown": "x"}, True),
        ({"dormant": "without"}, True),
        ({"dormant": "only"}, False),
    ],
)
def test_filters_that_do_not_fit_find_nothing_and_unknown_ones_are_left_out(
    query: dict[str, str], expected: bool
) -> None:
    portfolio = make_portfolio(core=[make_initiative()])

    assert (rows(holding(portfolio, None), **query) == 1) is expected


def test_filters_by_entry_organisation_year_and_part() -> None:
    owner = make_organisation()
    first = make_initiative(owners=[owner], kind="pilot", priority="high", actual_start_on="2023-02-01")
    second = make_initiative(planned_start_on="2025-02-01", actual_end_on="2025-06-01")
    top = make_portfolio()
    low = make_portfolio(parents=[top], core=[first])
    make_entry(top, second, portfolio_class="affiliated")
    position = low.positions.create(title={"en": "Markets"})
    low.entries.update(position=position)
    make_stay(low, first, "green")
    InitiativeSdg.objects.create(initiative=first, goal=12, target="12.5")
    held = holding(top, None)

    found = {
        str(query): [each.pk for each in narrowed(held, query, at=NOW)]
        for query in (
            {"class": "core"},
            {"class": "affiliated"},
            {"position": str(position.pk)},
            {"part": low.slug},
            {"organisation": owner.slug},
            {"target": "12.5"},
            {"year": "2024"},
            {"year": "2025"},
            {"kind": "pilot", "priority": "high"},
            {"priority": "-"},
            {"facet": "placed"},
            {"facet": "agreed"},
        )
    }

    assert list(found.values()) == [
        [first.pk],
        [second.pk],
        [first.pk],
        [first.pk],
        [first.pk],
        [first.pk],
        [first.pk],
        [first.pk, second.pk],
        [first.pk],
        [second.pk],
        [],
        [],
    ]


def test_the_nearest_portfolio_says_where_an_initiative_stands() -> None:
    top = make_portfolio()
    low, lower = make_portfolio(parents=[top]), make_portfolio()
    lower.parents.add(low)
    initiative, deep = make_initiative(), make_initiative()
    for portfolio, zone in ((top, "blue"), (low, "green")):
        make_entry(portfolio, initiative)
        make_stay(portfolio, initiative, zone)
        make_placement(portfolio, initiative, "mis" if portfolio is top else "enh")
    make_entry(lower, deep)
    make_stay(lower, deep, "yellow")

    held = holding(top, None)

    assert held.portfolio_ids == (top.pk, low.pk, lower.pk)
    assert dimensions.count(held, Dimension.ZONE) == {"blue": 1, "yellow": 1}
    assert dimensions.count(held, Dimension.FACET) == {"mis": 1}


def queries(action: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def test_figures_cost_the_same_for_one_and_for_fifty() -> None:
    user = make_member(make_network())
    assert user.access

    costs = [costs_of(size, user) for size in (1, 50)]

    assert costs == [[2, 3, 3, 3]] * 2


def costs_of(size: int, user: User) -> list[int]:
    portfolio = make_portfolio(core=[make_initiative(countries=["SE"], goals=[1]) for _ in range(size)])
    return [
        queries(lambda: holding(portfolio, user)),
        queries(lambda: snapshot(holding(portfolio, user))),
        queries(lambda: dimensions.counts(holding(portfolio, user), "theme", "facet")),
        queries(lambda: list(narrowed(holding(portfolio, user), {"zone": "green"}, at=NOW))),
    ]


def test_viewers_of_one_holding_see_different_numbers() -> None:
    portfolio = make_portfolio(core=[make_initiative(visibility="private"), make_initiative()])
    viewers: list[User | AnonymousUser] = [AnonymousUser(), make_admin()]

    assert [snapshot(holding(portfolio, viewer)).total for viewer in viewers] == [1, 2]


def test_a_goal_named_with_several_targets_counts_once_and_as_the_main_one_where_any_is() -> None:
    first, second = make_initiative(), make_initiative()
    for initiative, goal, target, standing in (
        (first, 12, "12.3", "other"),
        (first, 12, "12.5", "main"),
        (first, 13, "", "other"),
        (second, 12, "", "main"),
        (second, 12, "12.5", "other"),
    ):
        InitiativeSdg.objects.create(initiative=initiative, goal=goal, target=target, standing=standing)
    found = snapshot(holding(make_portfolio(core=[first, second]), None))

    assert (found.goals, found.main_goals) == ({12: 2, 13: 1}, {12: 2})
