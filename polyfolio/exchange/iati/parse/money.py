"""Budgets, planned disbursements, transactions: each amount with its currency, its dates and its parties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.file.markup import children
from polyfolio.exchange.iati.parse import classify, values
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.parse.texts import names, texts
from polyfolio.lib.texts import Texts

NONE: tuple[etree._Element, ...] = ()


# What an element's <value> says: amount, currency, value date, whether it is a correction.
_Money = tuple[Decimal | None, str, date | None, bool]
_NO_MONEY: _Money = (None, "", None, False)


def _money(ctx: Context, element: etree._Element) -> _Money:
    found = values.amount(ctx, element)
    currency = values.currency(ctx, element) if element.get("currency") else ctx.currency
    if not currency and not element.get("currency"):
        ctx.report(element, "currency-missing")
    return found, currency, values.day(ctx, element, "value-date"), found is not None and found < 0


def budget(ctx: Context, element: etree._Element) -> data.Budget:
    starts_on = ends_on = None
    money = _NO_MONEY
    for child in children(element):
        tag = child.tag
        if tag == "period-start":
            starts_on = values.needed_day(ctx, child)
        elif tag == "period-end":
            ends_on = values.needed_day(ctx, child)
        elif tag == "value":
            money = _money(ctx, child)
    _check_money(ctx, element, money)
    check_period(ctx, element, starts_on, ends_on)
    return data.Budget(
        values.code(ctx, element, "type", "BudgetType") or "1",
        values.code(ctx, element, "status", "BudgetStatus") or "1",
        starts_on,
        ends_on,
        *money,
    )


def planned_disbursement(ctx: Context, element: etree._Element) -> data.PlannedDisbursement:
    starts_on = ends_on = provider = receiver = None
    money = _NO_MONEY
    for child in children(element):
        tag = child.tag
        if tag == "period-start":
            starts_on = values.needed_day(ctx, child)
        elif tag == "period-end":
            ends_on = values.needed_day(ctx, child)
        elif tag == "value":
            money = _money(ctx, child)
        elif tag == "provider-org":
            provider = _party(ctx, child, "provider-activity-id")
        elif tag == "receiver-org":
            receiver = _party(ctx, child, "receiver-activity-id")
    _check_money(ctx, element, money)
    check_period(ctx, element, starts_on, ends_on)
    kind = values.code(ctx, element, "type", "BudgetType") or "1"
    return data.PlannedDisbursement(kind, starts_on, ends_on, *money, provider, receiver)


def check_period(ctx: Context, element: etree._Element, starts_on: date | None, ends_on: date | None) -> None:
    """Report a period that ends before it begins."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        ctx.report(element, "period-backwards", f"{starts_on} – {ends_on}")


def _check_money(ctx: Context, element: etree._Element, money: _Money) -> None:
    if money is _NO_MONEY:
        ctx.report(element, "element-missing", name="value")


def _party(ctx: Context, element: etree._Element, activity: str) -> data.Party:
    return data.Party(
        values.short(ctx, element, element.get("ref")),
        values.code(ctx, element, "type", "OrganisationType"),
        names(ctx, element),
        values.short(ctx, element, element.get(activity), 300),
    )


def transaction(ctx: Context, element: etree._Element) -> data.Transaction:
    # Longer than other functions here: of all elements there are most of these, and each call would count.
    kind = on = provider = receiver = None
    descriptions: Texts = {}
    money = _NO_MONEY
    rest: dict[str, list[etree._Element]] = {}
    for child in children(element):
        tag = child.tag
        if tag == "transaction-type":
            kind = values.needed_code(ctx, child, "code", "TransactionType")
        elif tag == "transaction-date":
            on = values.needed_day(ctx, child)
            if on is not None and on > ctx.today:
                ctx.report(element, "transaction-in-future", on.isoformat())
        elif tag == "value":
            money = _money(ctx, child)
        elif tag == "description":
            descriptions = texts(ctx, child)
        elif tag == "provider-org":
            provider = _party(ctx, child, "provider-activity-id")
        elif tag == "receiver-org":
            receiver = _party(ctx, child, "receiver-activity-id")
        else:
            rest.setdefault(str(tag), []).append(child)
    if kind is None or on is None or money is _NO_MONEY:
        _check_transaction(ctx, element)
    get = rest.get
    return data.Transaction(
        values.short(ctx, element, element.get("ref")),
        kind or "",
        on,
        *money,
        values.truth(ctx, element, "humanitarian"),
        descriptions,
        provider,
        receiver,
        _code(ctx, get("disbursement-channel"), "DisbursementChannel"),
        tuple([classify.sector(ctx, item) for item in get("sector", NONE)]),
        tuple([classify.country(ctx, item) for item in get("recipient-country", NONE)]),
        tuple([classify.region(ctx, item) for item in get("recipient-region", NONE)]),
        _code(ctx, get("flow-type"), "FlowType"),
        _code(ctx, get("finance-type"), "FinanceType"),
        tuple([classify.aid_type(ctx, item) for item in get("aid-type", NONE)]),
        _code(ctx, get("tied-status"), "TiedStatus"),
    )


def _code(ctx: Context, elements: list[etree._Element] | None, code_list: str) -> str:
    return values.code(ctx, elements[0], "code", code_list) if elements else ""


def _check_transaction(ctx: Context, element: etree._Element) -> None:
    for name in ("transaction-type", "transaction-date", "value"):
        if element.find(name) is None:
            ctx.report(element, "element-missing", name=name)
