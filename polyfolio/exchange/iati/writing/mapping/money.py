"""Transactions, budgets and planned disbursements as rows of the funding room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Protocol

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.writing.mapping.mentions import Key, Mentions, text_of
from polyfolio.funding.choices import IATI_TRANSACTION_TYPES, BudgetKind, BudgetStatus

CENT = Decimal("0.01")
# Plain text, not members: a driver adapts each member anew.
TRANSACTION_KINDS = {code: kind.value for code, kind in IATI_TRANSACTION_TYPES.items()}
BUDGET_KINDS = {"1": BudgetKind.ORIGINAL.value, "2": BudgetKind.REVISED.value}
BUDGET_STATUSES = {"1": BudgetStatus.INDICATIVE.value, "2": BudgetStatus.COMMITTED.value}
PROVIDER, RECEIVER = 6, 8


class Report(Protocol):
    """Takes note of a problem of the activity at hand."""

    def __call__(self, code: str, element: str, value: str = "", **params: str | int) -> None: ...


def transactions(found: Iterable[data.Transaction], mentions: Mentions, report: Report) -> Iterator[tuple[Any, ...]]:
    """An amount that is not known is no row: it would count as zero. A kind that is not known is none either."""
    for number, item in enumerate(found, start=1):
        kind = TRANSACTION_KINDS.get(item.type)
        if kind is None:
            report("transaction-left-out", f"transaction[{number}]/transaction-type", item.type)
            continue
        if item.amount is None:
            continue
        provider, provider_name = _party(item.provider, mentions)
        receiver, receiver_name = _party(item.receiver, mentions)
        yield (
            item.ref,
            kind,
            item.on,
            rounded(item.amount),
            item.currency,
            item.value_on,
            provider,
            provider_name,
            receiver,
            receiver_name,
            item.descriptions,
            item.is_humanitarian is True,
        )


def settled(row: tuple[Any, ...], ids: dict[Key, int]) -> tuple[Any, ...]:
    """A transaction with ids in place of its parties' keys."""
    if row[PROVIDER] is None and row[RECEIVER] is None:
        return row
    values = list(row)
    values[PROVIDER] = ids.get(row[PROVIDER])
    values[RECEIVER] = ids.get(row[RECEIVER])
    return tuple(values)


def budgets(found: Iterable[data.Budget], report: Report) -> Iterator[tuple[Any, ...]]:
    for number, item in enumerate(found, start=1):
        if item.amount is None:
            continue
        ends_on = item.ends_on
        if ends_on is not None and item.starts_on is not None and ends_on < item.starts_on:
            report("budget-end-left-out", f"budget[{number}]/period-end", ends_on.isoformat())
            ends_on = None
        yield (
            BUDGET_KINDS.get(item.type, BUDGET_KINDS["1"]),
            BUDGET_STATUSES.get(item.status, BUDGET_STATUSES["1"]),
            *_money(item.starts_on, ends_on, item.amount, item.currency, item.value_on),
        )


def planned_disbursements(found: Iterable[data.PlannedDisbursement]) -> Iterator[tuple[Any, ...]]:
    for item in found:
        if item.amount is None:
            continue
        yield (
            BUDGET_KINDS.get(item.type, BUDGET_KINDS["1"]),
            *_money(item.starts_on, item.ends_on, item.amount, item.currency, item.value_on),
            _name(item.provider),
            _name(item.receiver),
        )


def rounded(amount: Decimal) -> Decimal:
    """To the cent, which is what our columns hold; the source keeps all digits."""
    return amount if amount.as_tuple().exponent in {0, -1, -2} else amount.quantize(CENT, ROUND_HALF_EVEN)


def _money(
    starts_on: date | None, ends_on: date | None, amount: Decimal, currency: str, value_on: date | None
) -> tuple[Any, ...]:
    return starts_on, ends_on, rounded(amount), currency, value_on


def _party(party: data.Party | None, mentions: Mentions) -> tuple[Key | None, str]:
    """One without an identifier stays a name, unless a person or a participation has made it known."""
    if party is None:
        return None, ""
    key = mentions.note(party.ref, party.names, party.type, is_wanted=False)
    return key, _name(party)


def _name(party: data.Party | None) -> str:
    return (text_of(party.names) or party.ref)[:300] if party is not None else ""
