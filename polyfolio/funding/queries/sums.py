"""Sums of money: by year and currency, never flows together, never a part beside its whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.models import MoneyYear
from polyfolio.portfolios.choices import LinkKind
from polyfolio.portfolios.models import InitiativeLink

Members = QuerySet[Any, Any]


@dataclass(frozen=True)
class YearSum:
    """What one flow comes to in a year and currency, and over how many initiatives; year 0 is not known."""

    flow: MoneyFlow
    year: int
    currency: str
    amount: Decimal
    initiatives: int


@dataclass(frozen=True)
class CurrencySum:
    """What one flow comes to in a currency over all years. `initiatives` is how many carry such an amount."""

    flow: MoneyFlow
    currency: str
    amount: Decimal
    initiatives: int


def counted(members: Members) -> QuerySet[MoneyYear, Any]:
    """The money years of `members` that stand in sums."""
    return not_in_a_whole(members).filter(initiative__in=members.values("pk"))


def not_in_a_whole(members: Members) -> QuerySet[MoneyYear, Any]:
    """All money years but those of parts whose whole carries money of the same flow among `members`.

    What such a part carries is in the whole's amount already.
    """
    whole = InitiativeLink.objects.filter(
        kind=LinkKind.PARENT,
        source=OuterRef("initiative"),
        target__in=members.values("pk"),
        target__money_years__flow=OuterRef("flow"),
    )
    return MoneyYear.objects.filter(~Exists(whole))


def by_year(members: Members) -> list[YearSum]:
    """Every flow by year and currency. One query."""
    rows = counted(members).values("flow", "year", "currency")
    summed = rows.annotate(amount=Sum("amount"), initiatives=Count("initiative", distinct=True))
    return [
        YearSum(MoneyFlow(each["flow"]), each["year"], each["currency"], each["amount"], each["initiatives"])
        for each in summed.order_by("flow", "currency", "year")
    ]


def by_currency(members: Members) -> list[CurrencySum]:
    """Every flow by currency, that of most initiatives first. One query."""
    rows = counted(members).values("flow", "currency")
    summed = rows.annotate(amount=Sum("amount"), initiatives=Count("initiative", distinct=True))
    return [
        CurrencySum(MoneyFlow(each["flow"]), each["currency"], each["amount"], each["initiatives"])
        for each in summed.order_by("flow", "-initiatives", "currency")
    ]


def first_flow(sums: Iterable[YearSum], order: Iterable[MoneyFlow]) -> MoneyFlow | None:
    """The first flow of `order` of which anything is known."""
    known = {each.flow for each in sums}
    return next((flow for flow in order if flow in known), None)


def of_initiative(initiative_id: int) -> dict[MoneyFlow, dict[str, Decimal]]:
    """One initiative's sums by flow and currency, for its page. One query."""
    found: dict[MoneyFlow, dict[str, Decimal]] = defaultdict(dict)
    rows = MoneyYear.objects.filter(initiative=initiative_id).values_list("flow", "currency")
    for flow, currency, amount in rows.annotate(sum=Sum("amount")).order_by("flow", "currency"):
        found[MoneyFlow(flow)][currency] = amount
    return dict(found)
