"""Deriving what money comes to by year, flow and currency. Flows are never mixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Case, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Round, Substr

from polyfolio.funding.choices import BudgetKind, MoneyFlow, TransactionKind
from polyfolio.funding.events import MoneyChanged
from polyfolio.funding.models import Budget, MoneyYear, PlannedDisbursement, Transaction
from polyfolio.lib.events import publish

CHUNK = 500
YEAR_NOT_KNOWN = 0

FLOWS: dict[str, MoneyFlow] = {
    TransactionKind.OUTGOING_COMMITMENT: MoneyFlow.COMMITTED,
    TransactionKind.DISBURSEMENT: MoneyFlow.SPENT,
    TransactionKind.EXPENDITURE: MoneyFlow.SPENT,
    TransactionKind.INCOMING_FUNDS: MoneyFlow.INCOMING,
}
"""Transactions of other kinds (pledges, loans, equity, interest) are shown one by one and stand in no sum."""

BUDGET_FLOWS = {BudgetKind.ORIGINAL: MoneyFlow.BUDGETED, BudgetKind.REVISED: MoneyFlow.REVISED}
PLANNED_FLOWS = {BudgetKind.ORIGINAL: MoneyFlow.PLANNED, BudgetKind.REVISED: MoneyFlow.REPLANNED}


def rebuild(initiative_ids: Iterable[int]) -> None:
    """Derive the money years of these initiatives anew. Four statements for every 500; safe to run again.

    A transaction counts in the year it was made (else of its value date), a budget in the year its period begins; 0 is
    a year nobody gave.
    """
    ids = list(dict.fromkeys(initiative_ids))
    for start in range(0, len(ids), CHUNK):
        _rebuild_chunk(ids[start : start + CHUNK])
    if ids:
        publish(MoneyChanged(tuple(ids)))


def _rebuild_chunk(ids: Collection[int]) -> None:
    with transaction.atomic():
        MoneyYear.objects.filter(initiative__in=ids).delete()
        for rows, flows, day in (
            (Transaction.objects.filter(kind__in=FLOWS), FLOWS, "made_on"),
            (Budget.objects.all(), BUDGET_FLOWS, "starts_on"),
            (PlannedDisbursement.objects.all(), PLANNED_FLOWS, "starts_on"),
        ):
            _derive(rows.filter(initiative__in=ids).order_by(), flows, day)


def _derive(rows: QuerySet[Any, Any], flows: Mapping[Any, MoneyFlow], day: str) -> None:
    """Sum `rows` into money years inside the database: an import does this for hundreds of thousands of rows."""
    whens = [When(kind=kind, then=Value(flow.value)) for kind, flow in flows.items()]
    found = rows.annotate(flow=Case(*whens, output_field=models.CharField()), year=_year(day))
    grouped = found.values("initiative_id", "flow", "year", "currency").annotate(sum=Round(Sum("amount"), 2))
    select, params = grouped.values_list("initiative_id", "flow", "year", "currency", "sum").query.sql_with_params()
    columns = "initiative_id, flow, year, currency, amount"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {MoneyYear._meta.db_table} ({columns}) {select}", params)  # our own


def _year(day: str) -> Coalesce:
    """The year of a day as it is written, which SQLite finds without asking Python for every row."""
    written = Cast(Coalesce(day, "value_on"), models.CharField())
    return Coalesce(Cast(Substr(written, 1, 4), models.IntegerField()), Value(YEAR_NOT_KNOWN))
