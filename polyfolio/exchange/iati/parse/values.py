"""Single values: codes, dates, numbers, yes or no, addresses. Each gives a value that is safe to keep, or reports why
not.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from lxml import etree

from polyfolio.exchange.iati.parse.context import Context

LONGEST_REF = 200
LONGEST_CODE = 80
LONGEST_VOCABULARY = 20
LONGEST_ADDRESS = 2000
LARGEST_AMOUNT = Decimal(10) ** 18
HUNDRED = Decimal(100)
LIKELY = (1900, 2200)

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
PLAIN_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
EXPONENT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]{1,3}")
# 1,234,567.89 and 1 234 567,89 and 1.234.567,89 and 1'234'567.89
GROUPED = re.compile(r"([+-]?)([0-9]{1,3}(?:([,.'\u2019\u00a0\u202f ])[0-9]{3})(?:\3[0-9]{3})*)(?:([.,])([0-9]+))?")
COMMA = re.compile(r"[+-]?[0-9]+,[0-9]{1,2}")
DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2}|T.*)?", re.DOTALL)
LOOSE_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
CURRENCY = re.compile(r"[A-Z]{3}")
CURRENCY_LIST = "Currency"
ADDRESS = re.compile(r"(?:https?|ftp):[^\s]+", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:][^\s]*)?")
TRUE = frozenset({"1", "true"})
FALSE = frozenset({"0", "false"})


def short(ctx: Context, element: etree._Element, text: str | None, longest: int = LONGEST_REF) -> str:
    """A reference without spaces around it; blank where it is longer than any column holds."""
    if not text:
        return ""
    text = text.strip()
    if len(text) > longest:
        ctx.report(element, "value-too-long", text, longest=longest)
        return ""
    return text


def code(ctx: Context, element: etree._Element, attribute: str, code_list: str) -> str:
    """The code in `attribute`, checked against `code_list`; one that is not in the list is kept and reported."""
    text = element.get(attribute)
    if not text:
        return ""
    if text in ctx.clean[code_list]:
        return text
    stripped = text.strip()
    if stripped and not ctx.codes.has(code_list, stripped):
        ctx.report(element, "code-unknown", stripped, attribute=attribute, code_list=code_list)
    elif stripped == text and len(text) <= LONGEST_CODE:
        ctx.memory.note_clean(code_list, text)
    return short(ctx, element, stripped, LONGEST_CODE)


def needed_code(ctx: Context, element: etree._Element, attribute: str, code_list: str) -> str:
    """The same for a code without which the element says nothing."""
    text = code(ctx, element, attribute, code_list)
    if not text and not (element.get(attribute) or "").strip():
        ctx.report(element, "attribute-missing", attribute=attribute)
    return text


def vocabulary(ctx: Context, element: etree._Element, code_list: str, default: str = "") -> str:
    """The vocabulary that a code is from, `default` where none is stated."""
    text = code(ctx, element, "vocabulary", code_list)
    if len(text) > LONGEST_VOCABULARY:
        text = short(ctx, element, text, LONGEST_VOCABULARY)
    return text or default


@lru_cache(maxsize=20_000)
def _plain_date(text: str) -> date | None:
    """A date in order; anything that has to be talked about is None."""
    match = DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        found = date.fromisoformat(match[1])
    except ValueError:
        return None
    return found if LIKELY[0] <= found.year <= LIKELY[1] else None


def day(ctx: Context, element: etree._Element, attribute: str = "iso-date") -> date | None:
    """The date in `attribute`; one that is none is reported and left out."""
    text = element.get(attribute)
    if text is None:
        return None
    found = _plain_date(text) if len(text) < 40 else None
    return found if found is not None else _odd_date(ctx, element, text)


def needed_day(ctx: Context, element: etree._Element) -> date | None:
    """The same for an element that is nothing but a date."""
    text = element.get("iso-date")
    found = _plain_date(text) if text is not None and len(text) < 40 else None
    if found is None:
        if text is None or not text.strip():
            ctx.report(element, "attribute-missing", attribute="iso-date")
        else:
            found = _odd_date(ctx, element, text)
    return found


def _odd_date(ctx: Context, element: etree._Element, text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    is_plain = DATE.fullmatch(text)
    match = LOOSE_DATE.fullmatch(is_plain[1] if is_plain else text)
    if match is None:
        ctx.report(element, "date-unreadable", text)
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        ctx.report(element, "date-impossible", text)
        return None
    if not is_plain:
        ctx.report(element, "date-form", text)
    if not LIKELY[0] <= found.year <= LIKELY[1]:
        ctx.report(element, "date-unlikely", text)
    return found


def instant(ctx: Context, element: etree._Element, attribute: str) -> datetime | None:
    """A date and time in UTC; a bare date is its midnight, a time without a zone is taken for UTC."""
    text = (element.get(attribute) or "").strip()
    if not text:
        return None
    match = INSTANT.fullmatch(text)
    try:
        if match is not None:
            fraction = (match[3] or "")[:7]
            return datetime.fromisoformat(f"{match[1]}T{match[2]}{fraction}{match[4] or 'Z'}").astimezone(UTC)
        midnight = _plain_date(text) if len(text) < 40 else None
        if midnight is not None:
            return datetime(midnight.year, midnight.month, midnight.day, tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    ctx.report(element, "instant-unreadable", text, attribute=attribute)
    return None


def truth(ctx: Context, element: etree._Element, attribute: str) -> bool | None:
    """1/true or 0/false; None where it is not stated."""
    text = element.get(attribute)
    if text is None:
        return None
    word = text.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    if word:
        ctx.report(element, "not-yes-or-no", text, attribute=attribute)
    return None


def whole(ctx: Context, element: etree._Element, attribute: str, highest: int) -> int | None:
    """A whole number from 0 to `highest`."""
    text = (element.get(attribute) or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= highest:
        return int(text)
    ctx.report(element, "number-unreadable", text)
    return None


def percentage(ctx: Context, element: etree._Element, attribute: str = "percentage") -> Decimal | None:
    """A percentage as stated, from 0 to 100."""
    text = element.get(attribute)
    if text is None:
        return None
    text = text.strip()
    bare = text.removesuffix("%").strip()
    if not bare:
        return None
    found = plain_number(bare)
    if found is None and COMMA.fullmatch(bare):
        found = Decimal(bare.replace(",", "."))
    if found is None:
        ctx.report(element, "percentage-unreadable", text)
        return None
    if not 0 <= found <= HUNDRED:
        ctx.report(element, "percentage-impossible", text)
        return None
    if bare != text or "," in text:
        ctx.report(element, "percentage-form", text)
    return round(found, 6) if len(bare) > 8 else found


def plain_number(text: str) -> Decimal | None:
    """A number in the one form that IATI knows; never NaN or infinity, never longer than what can be kept."""
    if NUMBER.fullmatch(text) is None or len(text) > 60:
        return None
    return Decimal(text)


def amount(ctx: Context, element: etree._Element) -> Decimal | None:
    """The money in an element's text. Thousands separators are understood and reported; what is no number is
    unknown.
    """
    text = (element.text or "").strip()
    if len(text) < 18 and PLAIN_AMOUNT.fullmatch(text) is not None:
        return Decimal(text)
    found = plain_number(text)
    if found is None:
        found = _odd_amount(ctx, element, text)
    if found is None:
        return None
    if abs(found) >= LARGEST_AMOUNT:
        ctx.report(element, "amount-too-large", text)
        return None
    if found < 0:
        ctx.report(element, "amount-negative", text)
    return round(found, 9) if len(text) > 20 else found


def _odd_amount(ctx: Context, element: etree._Element, text: str) -> Decimal | None:
    if not text:
        ctx.report(element, "amount-missing")
        return None
    found = None
    if EXPONENT.fullmatch(text):
        found = Decimal(text)
    elif COMMA.fullmatch(text):
        found = Decimal(text.replace(",", "."))
    elif match := GROUPED.fullmatch(text):
        sign, digits, separator, point, decimals = match.groups()
        if point != separator:
            found = Decimal(f"{sign}{digits.replace(separator, '')}.{decimals or '0'}")
    if found is None:
        ctx.report(element, "amount-unreadable", text)
        return None
    ctx.report(element, "amount-form", text, read_as=f"{found:f}")
    return found


def currency(ctx: Context, element: etree._Element, attribute: str = "currency") -> str:
    """The currency's three letters, or blank where there are none."""
    text = element.get(attribute)
    if not text:
        return ""
    if text in ctx.clean[CURRENCY_LIST]:
        return text
    text = text.strip()
    letters = text.upper()
    if CURRENCY.fullmatch(letters) is None:
        if text:
            ctx.report(element, "currency-unreadable", text)
        return ""
    if not ctx.codes.has(CURRENCY_LIST, letters):
        ctx.report(element, "currency-unknown", text)
    elif letters != text:
        ctx.report(element, "currency-form", text)
    else:
        ctx.memory.note_clean(CURRENCY_LIST, text)
    return letters


def address(ctx: Context, element: etree._Element, text: str | None) -> str:
    """A web address that is safe to link to, or blank."""
    text = (text or "").strip()
    if not text:
        return ""
    if len(text) > LONGEST_ADDRESS:
        ctx.report(element, "value-too-long", text, longest=LONGEST_ADDRESS)
        return ""
    if ADDRESS.match(text):
        return "%20".join(text.split())
    if BARE_ADDRESS.fullmatch(text):
        return f"http://{text}"
    ctx.report(element, "address-unsafe", text)
    return ""
