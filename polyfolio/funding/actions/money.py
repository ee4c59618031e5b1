"""Writing the money of initiatives: whole lists at a time, one initiative or many."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord
from polyfolio.funding.actions import money_years
from polyfolio.funding.models import Budget, PlannedDisbursement, Transaction
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.models import Initiative

CHUNK = 500

Row = Mapping[str, Any]


@dataclass(frozen=True)
class MoneyRows:
    """The money of one initiative: fields of the models by name. A list that is None stays as it is."""

    transactions: Sequence[Row] | None = None
    budgets: Sequence[Row] | None = None
    planned_disbursements: Sequence[Row] | None = None


@dataclass
class _Written:
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    log: list[AuditRecord] = field(default_factory=list)


MODELS: dict[str, type[Transaction | Budget | PlannedDisbursement]] = {
    "transactions": Transaction,
    "budgets": Budget,
    "planned_disbursements": PlannedDisbursement,
}


def write(*, initiative: Initiative, money: MoneyRows, by: User, at: datetime) -> None:
    """Make these the initiative's transactions, budgets and planned disbursements; money years follow."""
    write_many(money={initiative.pk: money}, by=by, at=at)


def write_many(*, money: Mapping[int, MoneyRows], by: User, at: datetime, batch: uuid.UUID | None = None) -> None:
    """The same for many initiatives by id; log rows are written in bulk."""
    ids = list(money)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        with transaction.atomic():
            initiatives = Initiative.objects.kept().in_bulk(chunk)
            written = _Written()
            for pk in chunk:
                initiative = initiatives[pk]
                require(by, "funding.edit_money", initiative)
                _take(written, initiative, money[pk], by=by, at=at, batch=batch)
            for model, rows in written.rows.items():
                model._default_manager.bulk_create(rows, batch_size=CHUNK)
            touch(chunk, at=at)
            changes.write_many(written.log)
            money_years.rebuild(chunk)


def _take(
    written: _Written, initiative: Initiative, money: MoneyRows, *, by: User, at: datetime, batch: uuid.UUID | None
) -> None:
    after: dict[str, Any] = {}
    for name, model in MODELS.items():
        given: Sequence[Row] | None = getattr(money, name)
        if given is None:
            continue
        rows = [_row(model, initiative, row) for row in given]
        getattr(initiative, name).all().delete()
        written.rows.setdefault(model, []).extend(rows)
        after[name] = [f"{row} {_day(row)}".strip() for row in rows]
    written.log.append(
        changes.prepare(record=initiative, verb="initiative.money", by=by, at=at, after=after, batch=batch)
    )


def _row(model: type[models.Model], initiative: Initiative, given: Row) -> Any:
    try:
        amount = Decimal(str(given["amount"]))
    except (InvalidOperation, KeyError):
        raise RefusedError(_("Each amount is a number; a correction is negative."), field="amount") from None
    row = model(initiative=initiative, **(dict(given) | {"amount": amount}))
    row.clean_fields(exclude=["initiative"])
    if not str(row.currency).isupper() or len(str(row.currency)) != 3:  # type: ignore[attr-defined]
        raise RefusedError(_("A currency is three capital letters, such as EUR."), field="currency")
    starts_on, ends_on = getattr(row, "starts_on", None), getattr(row, "ends_on", None)
    if starts_on and ends_on and ends_on < starts_on:
        raise RefusedError(_("The end is before the start."), field="ends_on")
    return row


def _day(row: Any) -> str:
    day = getattr(row, "made_on", None) or getattr(row, "starts_on", None)
    return day.isoformat() if day else ""
