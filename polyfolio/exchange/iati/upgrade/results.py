"""Results and what was added for the CRS and FSS of version 1."""

from __future__ import annotations

from lxml import etree

from polyfolio.exchange.iati.upgrade.codes import INDICATOR_MEASURE, RESULT_TYPE
from polyfolio.exchange.iati.upgrade.money import upgrade_period
from polyfolio.exchange.iati.upgrade.tree import Upgrade, rename, sort_children, wrap_and_merge


def upgrade_result(up: Upgrade, element: etree._Element) -> None:
    up.recode(element, "type", RESULT_TYPE)
    _titled(up, element)
    for indicator in element.findall("indicator"):
        up.recode(indicator, "measure", INDICATOR_MEASURE)
        _titled(up, indicator)
        for baseline in indicator.findall("baseline"):
            wrap_and_merge(baseline, "comment", always=True)
        for period in indicator.findall("period"):
            upgrade_period(up, period)
            for value in [*period.findall("target"), *period.findall("actual")]:
                wrap_and_merge(value, "comment", always=True)
            sort_children(period)
        sort_children(indicator)
    sort_children(element)


def _titled(up: Upgrade, element: etree._Element) -> None:
    for description in element.findall("description"):
        up.keep_attribute(description, "type")
    wrap_and_merge(element, "title", always=True)
    wrap_and_merge(element, "description", always=True)


def upgrade_crs_add(up: Upgrade, element: etree._Element) -> None:
    for flag in element.findall("aidtype-flag"):
        rename(flag, "other-flags")
        up.drop_label(flag)
    for terms in element.findall("loan-terms"):
        for child in list(terms):
            if child.tag in {"repayment-type", "repayment-plan"}:
                up.drop_label(child)
            elif isinstance(child.tag, str) and child.tag.endswith("-date"):
                up.date_label(child)
    sort_children(element)
