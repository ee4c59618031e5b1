"""What can only be seen with the whole activity in hand: parts that are missing, sums that are not 100, dates at
odds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.parse.context import Context

HUNDRED = Decimal(100)
# Thirds and sevenths, rounded to two decimals by the publisher.
TOLERANCE = Decimal("0.1")
# What the standard wants of every activity, and the problem where it is missing.
WANTED = (
    ("reporting-org", "reporting-missing"),
    ("title", "title-missing"),
    ("description", "description-missing"),
    ("participating-org", "participants-missing"),
    ("activity-status", "status-missing"),
    ("activity-date", "dates-missing"),
)


def check(ctx: Context, element: etree._Element, found: data.ActivityData, present: Iterable[str]) -> None:
    """Report what the activity as a whole lacks or contradicts. `present` are the names of its child elements."""
    there = set(present)
    for name, code in WANTED:
        if name not in there:
            ctx.report(element, code)
    if "title" in there and not found.titles:
        ctx.report(element, "title-missing")
    _check_place(ctx, element, found)
    _check_sectors(ctx, element, found)
    _check_shares(ctx, element, found)
    _check_dates(ctx, element, found)


def _check_place(ctx: Context, element: etree._Element, found: data.ActivityData) -> None:
    if found.countries or found.regions or any(item.countries or item.regions for item in found.transactions):
        return
    ctx.report(element, "place-missing")


def _check_sectors(ctx: Context, element: etree._Element, found: data.ActivityData) -> None:
    if not found.sectors and not any(item.sectors for item in found.transactions):
        ctx.report(element, "sector-missing")


def _check_shares(ctx: Context, element: etree._Element, found: data.ActivityData) -> None:
    by_vocabulary: dict[str, list[Decimal | None]] = {}
    for sector in found.sectors:
        by_vocabulary.setdefault(sector.vocabulary, []).append(sector.percentage)
    for vocabulary, shares in by_vocabulary.items():
        _check_sum(ctx, element, shares, "sector-shares", vocabulary)
    countries = [country.percentage for country in found.countries]
    everywhere = countries + [region.percentage for region in found.regions]
    if _is_whole(everywhere):
        return
    vocabularies = {region.vocabulary for region in found.regions} or {""}
    for vocabulary in sorted(vocabularies):
        regions = [region.percentage for region in found.regions if region.vocabulary == vocabulary]
        _check_sum(ctx, element, countries + regions, "place-shares", vocabulary)


def _is_whole(shares: list[Decimal | None]) -> bool:
    """Whether all are stated and add to 100."""
    stated = [share for share in shares if share is not None]
    return len(stated) == len(shares) and abs(sum(stated, -HUNDRED)) <= TOLERANCE


def _check_sum(ctx: Context, element: etree._Element, shares: list[Decimal | None], code: str, vocabulary: str) -> None:
    """Shares of a whole must say so: all of them, adding to 100. One alone without a percentage is the whole."""
    stated = [share for share in shares if share is not None]
    if _is_whole(shares) or (len(shares) < 2 and not stated):
        return
    total = sum(stated, Decimal(0))
    ctx.report(element, code, f"{total:f}", vocabulary=vocabulary, stated=len(stated), count=len(shares))


def _check_dates(ctx: Context, element: etree._Element, found: data.ActivityData) -> None:
    for starts_on, ends_on in (
        (found.planned_start_on, found.planned_end_on),
        (found.actual_start_on, found.actual_end_on),
    ):
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            ctx.report(element, "period-backwards", f"{starts_on} – {ends_on}")
    for actual in (found.actual_start_on, found.actual_end_on):
        _check_past(ctx, element, actual)


def _check_past(ctx: Context, element: etree._Element, actual: date | None) -> None:
    if actual is not None and actual > ctx.today:
        ctx.report(element, "actual-in-future", actual.isoformat())
