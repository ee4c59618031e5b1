"""Budgets, planned disbursements and transactions of version 1."""

from __future__ import annotations

from lxml import etree

from polyfolio.exchange.iati.upgrade.codes import BUDGET_TYPE, TRANSACTION_TYPE
from polyfolio.exchange.iati.upgrade.tree import Upgrade, sort_children, wrap_and_merge

LABELLED = frozenset({"flow-type", "finance-type", "aid-type", "tied-status", "disbursement-channel"})


def upgrade_budget(up: Upgrade, element: etree._Element) -> None:
    up.recode(element, "type", BUDGET_TYPE)
    upgrade_period(up, element)
    sort_children(element)


def upgrade_planned_disbursement(up: Upgrade, element: etree._Element) -> None:
    up.keep_attribute(element, "updated")
    upgrade_period(up, element)
    sort_children(element)


def upgrade_period(up: Upgrade, element: etree._Element) -> None:
    """The two dates of a period, wherever it stands."""
    for name in ("period-start", "period-end"):
        for child in element.findall(name):
            up.date_label(child)


def upgrade_transaction(up: Upgrade, element: etree._Element) -> None:
    for child in list(element):
        if child.tag == "transaction-type":
            up.recode(child, "code", TRANSACTION_TYPE)
            up.drop_label(child, codes=TRANSACTION_TYPE)
        elif child.tag == "transaction-date":
            up.date_label(child)
        elif child.tag in LABELLED:
            up.drop_label(child)
    for name in ("description", "provider-org", "receiver-org"):
        wrap_and_merge(element, name, always=True)
    sort_children(element)
