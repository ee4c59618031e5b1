"""What an activity is about and where: sectors, tags, goals, markers, countries, regions, locations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.file.markup import children
from polyfolio.exchange.iati.parse import values
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.parse.texts import joined_texts, names

SECTOR_LISTS = {"1": "Sector", "2": "SectorCategory", "7": "UNSDG-Goals", "8": "UNSDG-Targets"}
TAG_LISTS = {"2": "UNSDG-Goals", "3": "UNSDG-Targets"}
AID_TYPE_LISTS = {"1": "AidType", "2": "EarmarkingCategory", "4": "CashandVoucherModalities"}
SDG_SECTORS = {"7": "goal", "8": "target"}
SDG_TAGS = {"2": "goal", "3": "target"}
GOAL = re.compile(r"(?:SDG)?[ -]?0?([1-9]|1[0-7])", re.IGNORECASE)
TARGET = re.compile(r"(?:SDG)?[ -]?0?([1-9]|1[0-7])\.([0-9]{1,2}|[a-d])", re.IGNORECASE)
COUNTRY = re.compile(r"[A-Z]{2}")
POSITION = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{0,20})?)[\s,;]+(-?[0-9]{1,3}(?:\.[0-9]{0,20})?)")
NOTHING: tuple[etree._Element, ...] = ()


def sector(ctx: Context, element: etree._Element) -> data.Sector:
    vocabulary = values.vocabulary(ctx, element, "SectorVocabulary", "1")
    return data.Sector(
        vocabulary,
        values.address(ctx, element, element.get("vocabulary-uri")),
        listed_code(ctx, element, vocabulary, SECTOR_LISTS),
        values.percentage(ctx, element),
        names(ctx, element),
    )


def listed_code(ctx: Context, element: etree._Element, vocabulary: str, lists: dict[str, str]) -> str:
    """The `code` of an element whose vocabulary says which list it is from."""
    code_list = lists.get(vocabulary)
    if code_list is not None:
        return values.needed_code(ctx, element, "code", code_list)
    text = values.short(ctx, element, element.get("code"), values.LONGEST_CODE)
    if not text and not (element.get("code") or "").strip():
        ctx.report(element, "attribute-missing", attribute="code")
    return text


def tag(ctx: Context, element: etree._Element) -> data.Tag:
    vocabulary = values.vocabulary(ctx, element, "TagVocabulary")
    return data.Tag(
        vocabulary,
        values.address(ctx, element, element.get("vocabulary-uri")),
        listed_code(ctx, element, vocabulary, TAG_LISTS),
        names(ctx, element),
    )


def sdgs(
    ctx: Context,
    tags: Iterable[data.Tag],
    sectors: Iterable[data.Sector],
    transactions: Iterable[data.Transaction],
) -> tuple[data.SdgMention, ...]:
    """The goals and targets named anywhere in an activity, each once, in the order in which they are named."""
    named: list[tuple[str | None, str, str, Decimal | None]] = [
        (SDG_TAGS.get(tag.vocabulary), tag.code, "tag", None) for tag in tags
    ]
    named += [(SDG_SECTORS.get(item.vocabulary), item.code, "sector", item.percentage) for item in sectors]
    for transaction in transactions:
        named += [(SDG_SECTORS.get(item.vocabulary), item.code, "transaction", None) for item in transaction.sectors]
    found: dict[tuple[int, str], data.SdgMention] = {}
    for level, code, source, percentage in named:
        place = _goal_or_target(ctx, level, code) if level else None
        if place is not None:
            found.setdefault(place, data.SdgMention(*place, source, percentage))
    return tuple(found.values())


def _goal_or_target(ctx: Context, level: str, code: str) -> tuple[int, str] | None:
    match = (GOAL if level == "goal" else TARGET).fullmatch(code)
    if match is None:
        return None
    goal = int(match[1])
    if level == "goal":
        return goal, ""
    target = f"{goal}.{match[2].lower().lstrip('0')}"
    return (goal, target) if ctx.codes.has("UNSDG-Targets", target) else None


def policy_marker(ctx: Context, element: etree._Element) -> data.PolicyMarker:
    vocabulary = values.vocabulary(ctx, element, "PolicyMarkerVocabulary", "1")
    return data.PolicyMarker(
        vocabulary,
        values.address(ctx, element, element.get("vocabulary-uri")),
        listed_code(ctx, element, vocabulary, {"1": "PolicyMarker"}),
        values.code(ctx, element, "significance", "PolicySignificance"),
        names(ctx, element),
    )


def humanitarian_scope(ctx: Context, element: etree._Element) -> data.HumanitarianScope:
    return data.HumanitarianScope(
        values.code(ctx, element, "type", "HumanitarianScopeType"),
        values.vocabulary(ctx, element, "HumanitarianScopeVocabulary"),
        values.address(ctx, element, element.get("vocabulary-uri")),
        listed_code(ctx, element, "", {}),
        names(ctx, element),
    )


def aid_type(ctx: Context, element: etree._Element) -> data.AidType:
    vocabulary = values.vocabulary(ctx, element, "AidTypeVocabulary", "1")
    return data.AidType(vocabulary, listed_code(ctx, element, vocabulary, AID_TYPE_LISTS))


def country(ctx: Context, element: etree._Element) -> data.Country:
    written = (element.get("code") or "").strip()
    code = written.upper()
    if COUNTRY.fullmatch(code):
        if not ctx.codes.has("Country", code):
            ctx.report(element, "code-unknown", written, attribute="code", code_list="Country")
    else:
        ctx.report(element, "country-unreadable", written)
        code = ""
    return data.Country(code, values.percentage(ctx, element), names(ctx, element))


def region(ctx: Context, element: etree._Element) -> data.Region:
    vocabulary = values.vocabulary(ctx, element, "RegionVocabulary", "1")
    return data.Region(
        vocabulary,
        values.address(ctx, element, element.get("vocabulary-uri")),
        listed_code(ctx, element, vocabulary, {"1": "Region"}),
        values.percentage(ctx, element),
        names(ctx, element),
    )


def location(ctx: Context, element: etree._Element) -> data.Location:
    parts: dict[str, list[etree._Element]] = {}
    for child in children(element):
        parts.setdefault(str(child.tag), []).append(child)
    latitude, longitude = _point(ctx, parts.get("point", NOTHING))
    return data.Location(
        values.short(ctx, element, element.get("ref")),
        _first_code(ctx, parts, "location-reach", "GeographicLocationReach"),
        tuple(_place(ctx, child) for child in parts.get("location-id", NOTHING)),
        tuple(_place(ctx, child) for child in parts.get("administrative", NOTHING)),
        joined_texts(ctx, parts.get("name", NOTHING)),
        joined_texts(ctx, parts.get("description", NOTHING)),
        joined_texts(ctx, parts.get("activity-description", NOTHING)),
        latitude,
        longitude,
        _first_code(ctx, parts, "exactness", "GeographicExactness"),
        _first_code(ctx, parts, "location-class", "GeographicLocationClass"),
        _first_code(ctx, parts, "feature-designation", "LocationType"),
    )


def _first_code(ctx: Context, parts: dict[str, list[etree._Element]], name: str, code_list: str) -> str:
    return values.code(ctx, parts[name][0], "code", code_list) if name in parts else ""


def _place(ctx: Context, element: etree._Element) -> data.PlaceCode:
    return data.PlaceCode(
        values.vocabulary(ctx, element, "GeographicVocabulary"),
        values.short(ctx, element, element.get("code"), values.LONGEST_CODE),
        values.short(ctx, element, element.get("level"), values.LONGEST_VOCABULARY),
    )


def _point(ctx: Context, points: Iterable[etree._Element]) -> tuple[float | None, float | None]:
    for point in points:
        text = (point.findtext("pos") or "").strip()
        if not text:
            continue
        match = POSITION.fullmatch(text)
        if match is None:
            ctx.report(point, "point-unreadable", text)
            continue
        latitude, longitude = float(match[1]), float(match[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            ctx.report(point, "point-impossible", text)
            continue
        if latitude == longitude == 0:
            ctx.report(point, "point-nowhere", text)
        return latitude, longitude
    return None, None
