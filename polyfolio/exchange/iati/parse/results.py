"""Results, their indicators, and what was planned and reached."""

from __future__ import annotations

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.file.markup import children
from polyfolio.exchange.iati.parse import values
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.parse.documents import document_link
from polyfolio.exchange.iati.parse.money import check_period
from polyfolio.exchange.iati.parse.texts import first_names, joined_texts

NONE: tuple[etree._Element, ...] = ()


def _parts(element: etree._Element) -> dict[str, list[etree._Element]]:
    parts: dict[str, list[etree._Element]] = {}
    for child in children(element):
        parts.setdefault(str(child.tag), []).append(child)
    return parts


def result(ctx: Context, element: etree._Element) -> data.Result:
    parts = _parts(element)
    return data.Result(
        values.needed_code(ctx, element, "type", "ResultType"),
        values.truth(ctx, element, "aggregation-status"),
        first_names(ctx, parts.get("title", NONE)),
        joined_texts(ctx, parts.get("description", NONE)),
        tuple([document_link(ctx, child) for child in parts.get("document-link", NONE)]),
        tuple([_reference(ctx, child, "ResultVocabulary", "vocabulary-uri") for child in parts.get("reference", NONE)]),
        tuple([_indicator(ctx, child) for child in parts.get("indicator", NONE)]),
    )


def _indicator(ctx: Context, element: etree._Element) -> data.Indicator:
    parts = _parts(element)
    is_ascending = values.truth(ctx, element, "ascending")
    return data.Indicator(
        values.needed_code(ctx, element, "measure", "IndicatorMeasure"),
        is_ascending is not False,
        values.truth(ctx, element, "aggregation-status"),
        first_names(ctx, parts.get("title", NONE)),
        joined_texts(ctx, parts.get("description", NONE)),
        tuple([document_link(ctx, child) for child in parts.get("document-link", NONE)]),
        tuple(
            [_reference(ctx, child, "IndicatorVocabulary", "indicator-uri") for child in parts.get("reference", NONE)]
        ),
        tuple([_baseline(ctx, child) for child in parts.get("baseline", NONE)]),
        tuple([_period(ctx, child) for child in parts.get("period", NONE)]),
    )


def _reference(ctx: Context, element: etree._Element, code_list: str, uri: str) -> data.Reference:
    return data.Reference(
        values.vocabulary(ctx, element, code_list),
        values.short(ctx, element, element.get("code"), values.LONGEST_CODE),
        values.address(ctx, element, element.get(uri)),
    )


def _baseline(ctx: Context, element: etree._Element) -> data.Baseline:
    return data.Baseline(values.whole(ctx, element, "year", 9999), values.day(ctx, element), _measurement(ctx, element))


def _period(ctx: Context, element: etree._Element) -> data.Period:
    starts_on = ends_on = None
    targets: list[data.Measurement] = []
    actuals: list[data.Measurement] = []
    for child in children(element):
        tag = child.tag
        if tag == "period-start":
            starts_on = values.needed_day(ctx, child)
        elif tag == "period-end":
            ends_on = values.needed_day(ctx, child)
        elif tag == "target":
            targets.append(_measurement(ctx, child))
        elif tag == "actual":
            actuals.append(_measurement(ctx, child))
    check_period(ctx, element, starts_on, ends_on)
    return data.Period(starts_on, ends_on, tuple(targets), tuple(actuals))


def _measurement(ctx: Context, element: etree._Element) -> data.Measurement:
    parts = _parts(element)
    value = values.short(ctx, element, element.get("value"), 500)
    number = values.plain_number(value)
    if number is not None and abs(number) >= values.LARGEST_AMOUNT:
        number = None
    return data.Measurement(
        value,
        number,
        joined_texts(ctx, parts.get("comment", NONE)),
        tuple([values.short(ctx, child, child.get("ref")) for child in parts.get("location", NONE)]),
        tuple(
            (values.short(ctx, child, child.get("name")), values.short(ctx, child, child.get("value")))
            for child in parts.get("dimension", NONE)
        ),
        tuple([document_link(ctx, child) for child in parts.get("document-link", NONE)]),
    )
