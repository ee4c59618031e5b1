"""What a portfolio's flags are computed from, and which rules it has set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from polyfolio.funding.queries.sums import CurrencySum, by_currency
from polyfolio.network.choices import Capacity
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import Grant
from polyfolio.portfolios.models import Portfolio, PortfolioRole
from polyfolio.sensemaking.arithmetic.flags import DEFAULTS, SHORT_MONTHS, Facts, Finding, Rule, findings
from polyfolio.sensemaking.arithmetic.mixes import Weight, mix
from polyfolio.sensemaking.choices import Facet, FlagCode
from polyfolio.sensemaking.models import FlagRule, SupportStructure
from polyfolio.sensemaking.queries import figures
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.intentions import target_mix
from polyfolio.sensemaking.queries.looking_back.looks import looks
from polyfolio.sensemaking.queries.overview import FLOWS


@dataclass(frozen=True)
class Watch:
    """A portfolio's flags on a day, with what they were computed from. `money` is which money was shared out."""

    facts: Facts
    findings: list[Finding]
    money: CurrencySum | None
    last_year: int


def rules_of(portfolio: Portfolio) -> list[Rule]:
    """Every flag's rule in the portfolio: as its stewards set it, else the default. One query."""
    own = {row.code: row for row in FlagRule.objects.filter(portfolio=portfolio)}
    return [_rule(code, own.get(code.value)) for code in FlagCode]


def _rule(code: FlagCode, row: FlagRule | None) -> Rule:
    return Rule(code, DEFAULTS[code]) if row is None else Rule(code, row.threshold, row.is_on, row.note)


def watch(holding: Holding, at: datetime) -> Watch:
    """Every flag of a portfolio as the viewer sees it. The number of queries does not grow with the portfolio."""
    rules = rules_of(holding.portfolio)
    total, on = holding.members().count(), at.date()
    money = _money(holding)
    placed, _contested = figures.groups(holding)
    counted = mix(placed, unplaced=0)
    depth = next(rule.threshold for rule in rules if rule.code == FlagCode.DRIFT)
    facts = Facts(
        total=total,
        money=_by_facet(holding, money, total),
        active={facet: counted.count(facet) for facet in Facet},
        supported=served(holding, on),
        unlinked=_count(holding, at, links="none"),
        unowned=_count(holding, at, owner="none"),
        has_steward=_has_steward(holding.portfolio, on),
        looks=looks(holding, target_mix(holding.portfolio), on, depth),
        unquantified=_count(holding, at, quantities="none"),
        **_starts(holding, on.year - 1),
    )
    return Watch(facts, findings(facts, rules), money, on.year - 1)


def supports(portfolio: Portfolio) -> QuerySet[SupportStructure, Any]:
    """The portfolio's support structures, past ones among them."""
    rows: QuerySet[SupportStructure, Any] = SupportStructure.objects.kept().filter(portfolio=portfolio)
    return rows.select_related("owner", "portfolio").order_by("label", "pk")


def served(holding: Holding, on: date) -> frozenset[Facet]:
    """The facets that a structure serves on a day. One query."""
    began = Q(since_on__isnull=True) | Q(since_on__lte=on)
    lasts = Q(until_on__isnull=True) | Q(until_on__gte=on)
    rows = SupportStructure.objects.kept().filter(began, lasts, portfolio__in=holding.portfolio_ids)
    named = {name for names in rows.values_list("facets", flat=True) for name in names}
    return frozenset(facet for facet in Facet if facet.value in named)


def _money(holding: Holding) -> CurrencySum | None:
    """The first flow of which anything is known, in the currency of most initiatives. One query."""
    sums = by_currency(holding.members().order_by())
    return min(sums, key=lambda each: (FLOWS.index(each.flow), -each.initiatives, each.currency), default=None)


def _by_facet(holding: Holding, money: CurrencySum | None, total: int) -> dict[Facet, float]:
    if money is None:
        return {}
    found = figures.mix_of(holding, total=total, weight=Weight.BUDGET, flow=money.flow.value, currency=money.currency)
    return {facet: share * found.weight for facet, share in (found.shares or {}).items()}


def _starts(holding: Holding, year: int) -> dict[str, Any]:
    """What began in a year: how many, how far they look, by which methods. One query."""
    rows = list(holding.members().filter(starts_on__year=year).order_by().values_list("horizon_months", "methods"))
    horizons = [months for months, _methods in rows if months is not None]
    methods = [set(named) for _months, named in rows if named]
    return {
        "starts": len(rows),
        "horizons": len(horizons),
        "short": sum(1 for months in horizons if months < SHORT_MONTHS),
        "with_method": len(methods),
        "methods": Counter(name for named in methods for name in named),
    }


def _has_steward(portfolio: Portfolio, on: date) -> bool:
    """Whether somebody is named as its steward, or has a steward's rights. At most two queries."""
    current = Q(until_on__isnull=True) | Q(until_on__gte=on)
    named = PortfolioRole.objects.filter(current, portfolio=portfolio, capacity=Capacity.STEWARD, since_on__lte=on)
    rights = Grant.objects.filter(scope_type="portfolio", scope_id=portfolio.pk, role__in=STEWARDING)
    return named.exists() or rights.exists()


def _count(holding: Holding, at: datetime, **filters: str) -> int:
    found: int = narrowed(holding, filters, at=at).count()
    return found
