"""Codes of version 1 and what they became. Keys are in lower case; 1.01 let some be written out in English."""

from __future__ import annotations

Codes = dict[str, str]

ACTIVITY_STATUS: Codes = {
    "pipeline/identification": "1",
    "pipeline": "1",
    "implementation": "2",
    "active": "2",
    "finalisation": "3",
    "completion": "3",
    "closed": "4",
    "post-completion": "4",
    "cancelled": "5",
    "suspended": "6",
}
ACTIVITY_DATE_TYPE: Codes = {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"}
ORGANISATION_ROLE: Codes = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
DESCRIPTION_TYPE: Codes = {"general": "1", "objectives": "2", "target groups": "3", "other": "4"}
BUDGET_TYPE: Codes = {"original": "1", "revised": "2"}
RELATED_ACTIVITY_TYPE: Codes = {"parent": "1", "child": "2", "sibling": "3", "co-funded": "4", "third party": "5"}
RESULT_TYPE: Codes = {"output": "1", "outcome": "2", "impact": "3", "other": "9"}
INDICATOR_MEASURE: Codes = {"unit": "1", "percentage": "2"}
TRANSACTION_TYPE: Codes = {
    "if": "1",
    "incoming funds": "1",
    "c": "2",
    "commitment": "2",
    "d": "3",
    "disbursement": "3",
    "e": "4",
    "expenditure": "4",
    "ir": "5",
    "interest repayment": "5",
    "lr": "6",
    "loan repayment": "6",
    "r": "7",
    "reimbursement": "7",
    "qp": "8",
    "purchase of equity": "8",
    "qs": "9",
    "sale of equity": "9",
    "cg": "10",
    "credit guarantee": "10",
}
# ISO and WB have no vocabulary of their own any more; 99 is the publisher's own.
SECTOR_VOCABULARY: Codes = {
    "dac": "1",
    "dac-3": "2",
    "cofog": "3",
    "nace": "4",
    "ntee": "5",
    "adt": "6",
    "iso": "99",
    "wb": "99",
    "ro": "99",
    "ro2": "98",
}
MARKER_VOCABULARY: Codes = {"dac": "1", "ro": "99", "ro2": "99"}
REGION_VOCABULARY: Codes = {"dac": "1", "un": "2", "ro": "99", "ro2": "99"}
GAZETTEER: Codes = {"geo": "G1", "1": "G1", "osm": "G2", "3": "G2"}
WITHOUT_SUCCESSOR = frozenset({"iso", "wb"})

# The order that version 2 demands of children.
ORDER: dict[str, tuple[str, ...]] = {
    "iati-activity": (
        "iati-identifier", "reporting-org", "title", "description", "participating-org", "other-identifier",
        "activity-status", "activity-date", "contact-info", "activity-scope", "recipient-country",
        "recipient-region", "location", "sector", "tag", "country-budget-items", "humanitarian-scope",
        "policy-marker", "collaboration-type", "default-flow-type", "default-finance-type", "default-aid-type",
        "default-tied-status", "budget", "planned-disbursement", "capital-spend", "transaction", "document-link",
        "related-activity", "legacy-data", "conditions", "result", "crs-add", "fss",
    ),
    "contact-info": (
        "organisation", "department", "person-name", "job-title", "telephone", "email", "website",
        "mailing-address",
    ),
    "location": (
        "location-reach", "location-id", "name", "description", "activity-description", "administrative", "point",
        "exactness", "location-class", "feature-designation",
    ),
    "transaction": (
        "transaction-type", "transaction-date", "value", "description", "provider-org", "receiver-org",
        "disbursement-channel", "sector", "recipient-country", "recipient-region", "flow-type", "finance-type",
        "aid-type", "tied-status",
    ),
    "document-link": ("title", "description", "category", "language", "document-date"),
    "budget": ("period-start", "period-end", "value"),
    "planned-disbursement": ("period-start", "period-end", "value"),
    "result": ("title", "description", "document-link", "reference", "indicator"),
    "indicator": ("title", "description", "document-link", "reference", "baseline", "period"),
    "period": ("period-start", "period-end", "target", "actual"),
    "crs-add": ("other-flags", "loan-terms", "loan-status"),
}  # fmt: skip
