"""Today and scenarios side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.diamond import Diamond, diamond
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.mixes import Weight
from polyfolio.sensemaking.arithmetic.whatif import Outcome
from polyfolio.sensemaking.choices import Facet, FrameKind, ScenarioState
from polyfolio.sensemaking.models import Move, Scenario
from polyfolio.sensemaking.queries import whatif
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.whatif import Basis, By, CellCount, Figures
from polyfolio.web.portfolios.pictures import in_language, list_of
from polyfolio.web.scenarios.cells import cell_names

MOST_BESIDE = 4
WEIGHTS = {"count": Weight.COUNT, "priority": Weight.PRIORITY, "money": Weight.BUDGET}


@dataclass(frozen=True)
class Cell:
    """A number of the table, with how it differs from today where it does."""

    value: Any
    change: Any = None


@dataclass(frozen=True)
class Row:
    """One line of the table: what it is about, and its number in each column. `kind` says how numbers are written."""

    label: str
    kind: str
    cells: Sequence[Cell]
    key: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Column:
    """Today (no scenario), or what a scenario comes to."""

    figures: Figures
    scenario: Scenario | None = None
    outcome: Outcome | None = None

    def share(self, facet: Facet) -> int | None:
        shares = self.figures.mix.shares
        return None if shares is None else round(100 * shares[facet])

    @property
    def distance(self) -> int | None:
        return None if self.figures.distance is None else round(100 * self.figures.distance)

    @property
    def shares(self) -> dict[str, float] | None:
        found = self.figures.mix.shares
        return {facet.value: share for facet, share in found.items()} if found else None


@dataclass(frozen=True)
class Comparison:
    basis: Basis
    by: By
    columns: Sequence[Column]
    rows: Sequence[Row]
    moves: Mapping[int, Sequence[Move]]

    @property
    def today(self) -> Column:
        return self.columns[0]

    def of(self, scenario: Scenario) -> Column:
        return next(each for each in self.columns if each.scenario == scenario)

    def diamond(self, column: Column) -> Diamond:
        """The mix of a column, today's beneath it, and what is intended."""
        target, portfolio = self.basis.target, self.basis.holding.portfolio
        return diamond(
            actual=column.shares,
            intended=target.shares if target is not None else None,
            earlier=self.today.shares if column.scenario is not None else None,
            hrefs={facet.value: list_of(portfolio, facet=facet.value) for facet in Facet}
            if column.scenario is None
            else None,
        )


def asked(query: QueryDict, found: Basis) -> By:
    """What the address weighs by; money weighs in the currency that most initiatives carry, unless it names another."""
    weight = WEIGHTS.get(query.get("by", ""), Weight.COUNT)
    if weight != Weight.BUDGET:
        return By(weight)
    wanted = query.get("currency", "")
    currency = wanted if wanted in found.currencies else next(iter(found.currencies), "")
    return By(weight, currency) if currency else By()


def beside(user: Viewer, scenario: Scenario, query: QueryDict) -> tuple[list[Scenario], list[Scenario]]:
    """Scenarios to show beside this one (`?beside=3`, several times), and all that could be. One query."""
    every = Scenario.objects.visible_to(user).filter(portfolio=scenario.portfolio).exclude(pk=scenario.pk)
    others = [each for each in every if each.state != ScenarioState.SET_ASIDE]
    wanted = {value for value in query.getlist("beside") if value.isdigit()}
    return [each for each in others if str(each.pk) in wanted][:MOST_BESIDE], others


def compare(user: Viewer, portfolio: Portfolio, scenarios: Sequence[Scenario], query: QueryDict) -> Comparison:
    """Today and each scenario. The number of queries does not grow with scenarios, moves or the portfolio."""
    found = whatif.basis(holding(portfolio, user))
    by = asked(query, found)
    moves = _moves(scenarios)
    others = whatif.beyond(found, [move for each in moves.values() for move in each])
    columns = [Column(whatif.figures(found, whatif.outcome(found, [], {}), by))]
    for scenario in scenarios:
        after = whatif.outcome(found, moves[scenario.pk], others)
        columns.append(Column(whatif.figures(found, after, by), scenario, after))
    return Comparison(found, by, columns, _rows(portfolio, columns), moves)


def _moves(scenarios: Sequence[Scenario]) -> dict[int, list[Move]]:
    rows = Move.objects.kept().filter(scenario__in=[each.pk for each in scenarios])
    found: dict[int, list[Move]] = defaultdict(list)
    for move in rows.select_related("initiative", "into", "fills").order_by("position", "pk"):
        found[move.scenario_id].append(move)
    return found


def _rows(portfolio: Portfolio, columns: Sequence[Column]) -> list[Row]:
    zones = regions_of(portfolio, FrameKind.ZONES)
    currencies = sorted({currency for each in columns for currency in each.figures.money})
    rows = [_numbers(_("Initiatives"), "number", [each.figures.total for each in columns], key="total")]
    rows += [
        _numbers(str(facet.label).capitalize(), "percent", [each.share(facet) for each in columns], key=facet.value)
        for facet in Facet
    ]
    rows += [
        _numbers(_("Mixed"), "number", [each.figures.mix.mixed for each in columns], key="mixed"),
        _numbers(_("Not placed"), "number", [each.figures.mix.unplaced for each in columns], key="unplaced"),
        _numbers(_("Stands elsewhere than intended"), "percent", [each.distance for each in columns], key="distance"),
    ]
    rows += [
        _numbers(
            in_language(zone.title),
            "number",
            [each.figures.zones.get(zone.code, 0) for each in columns],
            key=f"zone-{zone.key}",
        )
        for zone in zones
    ]
    rows += [
        _numbers(
            currency,
            "amount",
            [each.figures.money.get(currency, Decimal(0)) for each in columns],
            key="money",
            currency=currency,
        )
        for currency in currencies
    ]
    rows.append(_numbers(_("Holes"), "number", [len(each.figures.open) for each in columns], key="holes"))
    rows.append(_numbers(_("Handed over"), "number", [each.figures.handed_over for each in columns], key="handed"))
    return rows


def _numbers(label: str, kind: str, values: Sequence[Any], *, key: str, currency: str = "") -> Row:
    first = values[0]
    cells = [Cell(first)]
    for value in values[1:]:
        change = value - first if value is not None and first is not None and value != first else None
        cells.append(Cell(value, change))
    return Row(label, kind, cells, key=key, currency=currency)


def holes(user: Viewer, portfolio: Portfolio, cells: Sequence[CellCount]) -> dict[str, list[tuple[str, CellCount]]]:
    """The wanted cells that a scenario fills and opens, by their names; those that may not be named are left out."""
    names = cell_names(user, portfolio, [each.cell for each in cells])
    named = [(names[each.cell.pk], each) for each in cells if each.cell.pk in names]
    return {
        "filled": [pair for pair in named if pair[1].is_filled],
        "opened": [pair for pair in named if pair[1].is_opened],
        "changed": [
            pair
            for pair in named
            if pair[1].before != pair[1].after and not pair[1].is_filled and not pair[1].is_opened
        ],
    }


def weights(portfolio: Portfolio, scenario: Scenario | None) -> list[tuple[str, str, Any]]:
    """The ways to weigh: name in the address, path, words."""
    path = scenario.get_absolute_url() if scenario is not None else reverse("scenarios", args=[portfolio.slug])
    return [("count", path, _("By count")), ("priority", path, _("By priority")), ("money", path, _("By money"))]
