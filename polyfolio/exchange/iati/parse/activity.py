"""The activity as a whole: its parts by name, each given to whoever knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.file.markup import LANGUAGE, children
from polyfolio.exchange.iati.parse import classify, money, people, values
from polyfolio.exchange.iati.parse.checks import check
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.parse.documents import document_link
from polyfolio.exchange.iati.parse.results import result
from polyfolio.exchange.iati.parse.texts import NO_LANGUAGE, first_names, joined_texts, language_code, merge, texts
from polyfolio.lib.texts import Texts

NONE: tuple[etree._Element, ...] = ()
DESCRIPTION_GENERAL = "1"


def parse_activity(ctx: Context, root: etree._Element) -> data.ActivityData:
    """What the activity says. Reports every problem to `ctx`; raises nothing."""
    language = root.get(LANGUAGE)
    ctx.language = ctx.language or NO_LANGUAGE
    if language is not None:
        ctx.language = language_code(ctx, root, language)
    ctx.currency = values.currency(ctx, root, "default-currency")
    parts: dict[str, list[etree._Element]] = {}
    for child in children(root):
        parts.setdefault(str(child.tag), []).append(child)
    found = _collect(ctx, root, parts)
    check(ctx, root, found, parts)
    return found


def _collect(ctx: Context, root: etree._Element, parts: dict[str, list[etree._Element]]) -> data.ActivityData:
    get = parts.get
    dates = tuple([_date(ctx, element) for element in get("activity-date", NONE)])
    by_type = _by_type(ctx, root, dates)
    reporting = _only(ctx, parts, "reporting-org")
    sectors = tuple([classify.sector(ctx, element) for element in get("sector", NONE)])
    tags = tuple([classify.tag(ctx, element) for element in get("tag", NONE)])
    transactions = tuple([money.transaction(ctx, element) for element in get("transaction", NONE)])
    capital = _only(ctx, parts, "capital-spend")
    conditions = _only(ctx, parts, "conditions")
    return data.ActivityData(
        identifier=ctx.identifier,
        language="" if ctx.language == NO_LANGUAGE else ctx.language,
        currency=ctx.currency,
        is_humanitarian=values.truth(ctx, root, "humanitarian"),
        hierarchy=values.whole(ctx, root, "hierarchy", 32_000),
        last_updated_at=values.instant(ctx, root, "last-updated-datetime"),
        linked_data_uri=values.address(ctx, root, root.get("linked-data-uri")),
        budget_not_provided=values.code(ctx, root, "budget-not-provided", "BudgetNotProvided"),
        reporting=people.reporting_organisation(ctx, reporting) if reporting is not None else None,
        titles=first_names(ctx, get("title", NONE)),
        descriptions=_descriptions(ctx, get("description", [])),
        participations=tuple([people.participation(ctx, element) for element in get("participating-org", NONE)]),
        other_identifiers=tuple([people.other_identifier(ctx, element) for element in get("other-identifier", NONE)]),
        status=_code(ctx, parts, "activity-status", "ActivityStatus"),
        dates=dates,
        planned_start_on=by_type.get("1"),
        actual_start_on=by_type.get("2"),
        planned_end_on=by_type.get("3"),
        actual_end_on=by_type.get("4"),
        contacts=tuple([people.contact(ctx, element) for element in get("contact-info", NONE)]),
        scope=_code(ctx, parts, "activity-scope", "ActivityScope"),
        countries=tuple([classify.country(ctx, element) for element in get("recipient-country", NONE)]),
        regions=tuple([classify.region(ctx, element) for element in get("recipient-region", NONE)]),
        locations=tuple([classify.location(ctx, element) for element in get("location", NONE)]),
        sectors=sectors,
        tags=tags,
        sdgs=classify.sdgs(ctx, tags, sectors, transactions),
        country_budget_items=_budget_items(ctx, get("country-budget-items", [])),
        humanitarian_scopes=tuple([classify.humanitarian_scope(ctx, item) for item in get("humanitarian-scope", NONE)]),
        policy_markers=tuple([classify.policy_marker(ctx, element) for element in get("policy-marker", NONE)]),
        collaboration_type=_code(ctx, parts, "collaboration-type", "CollaborationType"),
        flow_type=_code(ctx, parts, "default-flow-type", "FlowType"),
        finance_type=_code(ctx, parts, "default-finance-type", "FinanceType"),
        aid_types=tuple([classify.aid_type(ctx, element) for element in get("default-aid-type", NONE)]),
        tied_status=_code(ctx, parts, "default-tied-status", "TiedStatus"),
        budgets=tuple([money.budget(ctx, element) for element in get("budget", NONE)]),
        planned_disbursements=tuple(
            [money.planned_disbursement(ctx, element) for element in get("planned-disbursement", NONE)]
        ),
        capital_spend=values.percentage(ctx, capital) if capital is not None else None,
        transactions=transactions,
        documents=tuple([document_link(ctx, element) for element in get("document-link", NONE)]),
        related_activities=tuple([_related(ctx, element) for element in get("related-activity", NONE)]),
        legacy=tuple([_legacy(ctx, element) for element in get("legacy-data", NONE)]),
        has_conditions=values.truth(ctx, conditions, "attached") if conditions is not None else None,
        conditions=_conditions(ctx, conditions),
        results=tuple([result(ctx, element) for element in get("result", NONE)]),
    )


def _only(ctx: Context, parts: dict[str, list[etree._Element]], name: str) -> etree._Element | None:
    """The one element of this name; the first where there are several."""
    elements = parts.get(name)
    if not elements:
        return None
    if len(elements) > 1:
        ctx.report(elements[1], "element-twice", name=name)
    return elements[0]


def _code(ctx: Context, parts: dict[str, list[etree._Element]], name: str, code_list: str) -> str:
    element = _only(ctx, parts, name)
    return values.needed_code(ctx, element, "code", code_list) if element is not None else ""


def _descriptions(ctx: Context, elements: list[etree._Element]) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for element in elements:
        kind = values.code(ctx, element, "type", "DescriptionType") or DESCRIPTION_GENERAL
        said = texts(ctx, element)
        if said:
            merge(found.setdefault(kind, {}), said)
    return found


def _date(ctx: Context, element: etree._Element) -> data.ActivityDate:
    return data.ActivityDate(
        values.needed_code(ctx, element, "type", "ActivityDateType"),
        values.needed_day(ctx, element),
        texts(ctx, element),
    )


def _by_type(ctx: Context, root: etree._Element, dates: tuple[data.ActivityDate, ...]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for item in dates:
        if item.on is not None and found.setdefault(item.type, item.on) != item.on:
            ctx.report(root, "date-twice", item.on.isoformat(), type=item.type)
    return found


def _budget_items(ctx: Context, groups: list[etree._Element]) -> tuple[data.CountryBudgetItem, ...]:
    return tuple(
        data.CountryBudgetItem(
            values.vocabulary(ctx, group, "BudgetIdentifierVocabulary"),
            classify.listed_code(ctx, item, group.get("vocabulary", ""), {"1": "BudgetIdentifier"}),
            values.percentage(ctx, item),
            joined_texts(ctx, item.findall("description")),
        )
        for group in groups
        for item in group.iterfind("budget-item")
    )


def _related(ctx: Context, element: etree._Element) -> data.RelatedActivity:
    ref = values.short(ctx, element, element.get("ref"), 300)
    if not ref:
        ctx.report(element, "attribute-missing", attribute="ref")
    return data.RelatedActivity(ref, values.needed_code(ctx, element, "type", "RelatedActivityType"))


def _legacy(ctx: Context, element: etree._Element) -> data.LegacyDatum:
    return data.LegacyDatum(
        values.short(ctx, element, element.get("name")),
        (element.get("value") or "").strip(),
        values.short(ctx, element, element.get("iati-equivalent")),
    )


def _conditions(ctx: Context, element: etree._Element | None) -> tuple[data.Condition, ...]:
    if element is None:
        return ()
    return tuple(
        data.Condition(values.code(ctx, item, "type", "ConditionType"), texts(ctx, item))
        for item in element.iterfind("condition")
    )
