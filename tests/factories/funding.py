"""Transactions and budgets, written straight into the database, with the money years derived from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from polyfolio.funding.actions.money_years import rebuild
from polyfolio.funding.choices import BudgetKind, TransactionKind
from polyfolio.funding.models import Budget, PlannedDisbursement, Transaction
from polyfolio.portfolios.models import Initiative

COMMITMENT = TransactionKind.OUTGOING_COMMITMENT


def make_transaction(
    initiative: Initiative, amount: int | str = 1000, kind: str = COMMITMENT, *, year: int | None = 2024, **fields: Any
) -> Transaction:
    made_on = date(year, 6, 1) if year else None
    values = {"currency": "EUR", "made_on": made_on} | fields
    made = Transaction.objects.create(initiative=initiative, amount=Decimal(amount), kind=kind, **values)
    rebuild([initiative.pk])
    return made


def make_budget(
    initiative: Initiative,
    amount: int | str = 1000,
    kind: str = BudgetKind.ORIGINAL,
    *,
    year: int = 2024,
    **fields: Any,
) -> Budget:
    values = {"currency": "EUR", "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)} | fields
    made = Budget.objects.create(initiative=initiative, amount=Decimal(amount), kind=kind, **values)
    rebuild([initiative.pk])
    return made


def make_planned(
    initiative: Initiative, amount: int | str = 1000, kind: str = BudgetKind.ORIGINAL, **fields: Any
) -> PlannedDisbursement:
    values = {"currency": "EUR", "starts_on": date(2024, 1, 1)} | fields
    made = PlannedDisbursement.objects.create(initiative=initiative, amount=Decimal(amount), kind=kind, **values)
    rebuild([initiative.pk])
    return made
