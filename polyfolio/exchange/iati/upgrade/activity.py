"""One activity of version 1, element by element, to the form of 2.03."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from polyfolio.exchange.iati.file.markup import LANGUAGE
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.upgrade import codes
from polyfolio.exchange.iati.upgrade.money import upgrade_budget, upgrade_planned_disbursement, upgrade_transaction
from polyfolio.exchange.iati.upgrade.places import upgrade_location
from polyfolio.exchange.iati.upgrade.results import upgrade_crs_add, upgrade_result
from polyfolio.exchange.iati.upgrade.tree import (
    Upgrade,
    remove,
    sort_children,
    take_attribute,
    take_text,
    wrap_and_merge,
)

WEB_PAGE = "A12"
REPORTERS_OWN, OTHER = "A1", "A9"
LABELLED = frozenset(
    {
        "activity-scope",
        "collaboration-type",
        "default-flow-type",
        "default-finance-type",
        "default-aid-type",
        "default-tied-status",
    }
)


def upgrade_activity(ctx: Context, root: etree._Element) -> None:
    """Change an `iati-activity` of versions 1.01 to 1.05 into one of 2.03, in place. What 2.03 has no place for goes
    to the end of the activity as text in elements of our own namespace, and is reported to `ctx`.
    """
    up = Upgrade(ctx, root)
    take_attribute(root, "version")
    for child in list(root):
        upgrade = CHILDREN.get(str(child.tag))
        if upgrade is not None:
            upgrade(up, child)
        elif child.tag in LABELLED:
            up.drop_label(child)
        elif isinstance(child.tag, str) and child.tag not in KNOWN and not child.tag.startswith("{"):
            up.keep_element(child)
    wrap_and_merge(root, "title", always=True)
    wrap_and_merge(root, "reporting-org", always=True)
    for name in MERGED:
        wrap_and_merge(root, name)
    sort_children(root)
    up.finish()


def _activity_date(up: Upgrade, element: etree._Element) -> None:
    up.recode(element, "type", codes.ACTIVITY_DATE_TYPE)
    if not (element.get("iso-date") or "").strip():
        text = (element.text or "").strip()
        up.date_label(element)
        # Words that are no date are a narrative here, unlike elsewhere.
        if not element.get("iso-date"):
            element.text = text


def _activity_status(up: Upgrade, element: etree._Element) -> None:
    up.drop_label(element, codes=codes.ACTIVITY_STATUS)


def _activity_website(_up: Upgrade, element: etree._Element) -> None:
    address = take_text(element)
    if not address:
        remove(element)
        return
    element.attrib.clear()
    element.tag = "document-link"
    element.set("format", "text/html")
    element.set("url", address)
    narrative = etree.SubElement(etree.SubElement(element, "title"), "narrative", {LANGUAGE: "en"})
    narrative.text = "Activity website"
    etree.SubElement(element, "category", {"code": WEB_PAGE})


def _other_identifier(up: Upgrade, element: etree._Element) -> None:
    if element.get("ref"):
        return
    owner_ref = (take_attribute(element, "owner-ref") or "").strip()
    owner_name = (take_attribute(element, "owner-name") or "").strip()
    element.set("ref", take_text(element))
    reporter = up.root.find("reporting-org")
    is_own = reporter is not None and owner_ref != "" and reporter.get("ref") == owner_ref
    element.set("type", REPORTERS_OWN if is_own else OTHER)
    if owner_ref or owner_name:
        owner = etree.SubElement(element, "owner-org", {"ref": owner_ref} if owner_ref else {})
        if owner_name:
            etree.SubElement(owner, "narrative").text = owner_name


def _contact(_up: Upgrade, element: etree._Element) -> None:
    for name in ("organisation", "department", "person-name", "job-title"):
        wrap_and_merge(element, name, always=True)
    wrap_and_merge(element, "mailing-address")
    sort_children(element)


def _participating(up: Upgrade, element: etree._Element) -> None:
    up.recode(element, "role", codes.ORGANISATION_ROLE)


def _description(up: Upgrade, element: etree._Element) -> None:
    up.recode(element, "type", codes.DESCRIPTION_TYPE)


def _vocabulary(vocabularies: codes.Codes) -> Callable[[Upgrade, etree._Element], None]:
    def upgrade(up: Upgrade, element: etree._Element) -> None:
        written = element.get("vocabulary")
        if written is not None and written.strip().lower() in codes.WITHOUT_SUCCESSOR:
            up.ctx.report(element, "upgrade-vocabulary", written)
        up.recode(element, "vocabulary", vocabularies)

    return upgrade


def _budget_items(up: Upgrade, element: etree._Element) -> None:
    for item in element.findall("budget-item"):
        for description in item.findall("description"):
            up.keep_attribute(description, "type")
        wrap_and_merge(item, "description", always=True)


def _document_link(up: Upgrade, element: etree._Element) -> None:
    language = take_attribute(element, "language")
    if language:
        etree.SubElement(element, "language", {"code": language})
    wrap_and_merge(element, "title", always=True)
    for child in element:
        if child.tag in {"category", "language"}:
            up.drop_label(child)
    sort_children(element)


def _related(up: Upgrade, element: etree._Element) -> None:
    up.recode(element, "type", codes.RELATED_ACTIVITY_TYPE)
    up.keep_text(element)
    take_attribute(element, LANGUAGE)


def _legacy(up: Upgrade, element: etree._Element) -> None:
    up.keep_text(element)


def _conditions(_up: Upgrade, element: etree._Element) -> None:
    wrap_and_merge(element, "condition")


KNOWN = frozenset(codes.ORDER["iati-activity"])
MERGED = (
    "description",
    "participating-org",
    "activity-date",
    "recipient-country",
    "recipient-region",
    "sector",
    "policy-marker",
)
CHILDREN: dict[str, Callable[[Upgrade, etree._Element], None]] = {
    "activity-date": _activity_date,
    "activity-status": _activity_status,
    "activity-website": _activity_website,
    "budget": upgrade_budget,
    "conditions": _conditions,
    "contact-info": _contact,
    "country-budget-items": _budget_items,
    "crs-add": upgrade_crs_add,
    "description": _description,
    "document-link": _document_link,
    "legacy-data": _legacy,
    "location": upgrade_location,
    "other-identifier": _other_identifier,
    "participating-org": _participating,
    "planned-disbursement": upgrade_planned_disbursement,
    "policy-marker": _vocabulary(codes.MARKER_VOCABULARY),
    "recipient-region": _vocabulary(codes.REGION_VOCABULARY),
    "related-activity": _related,
    "result": upgrade_result,
    "sector": _vocabulary(codes.SECTOR_VOCABULARY),
    "transaction": upgrade_transaction,
}
