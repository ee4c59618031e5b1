"""What the look needs from a template: icons, marks, and numbers as the reader writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    NumberPattern,
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    parse_pattern,
)
from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_vite.templatetags.django_vite import vite_asset_url

from polyfolio.lib.pictures.bars import Part, StatusBar, status_bar
from polyfolio.lib.pictures.shapes import Facet, facet_mark, line

register = template.Library()

FACET_NAMES: dict[str, Promise] = {
    Facet.MIS: _("Mission-oriented"),
    Facet.ENH: _("Enhancement-oriented"),
    Facet.ADA: _("Adaptive"),
    Facet.ANT: _("Anticipatory"),
    Facet.MIXED: _("Mixed, purpose unclear"),
    Facet.UNPLACED: _("Not placed yet"),
}
SPARK_WIDTH, SPARK_HEIGHT = 96.0, 32.0
UNGROUPED = 1000
"""Whole numbers below it are written alike in every language: most of the numbers on a page, at no cost."""


def _locale() -> Locale:
    return _locale_in(get_language() or "en")


@lru_cache(maxsize=64)
def _locale_in(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is decoration and hidden from screen readers."""
    sprite = vite_asset_url("src/generated/icons.svg")
    spoken = format_html('role="img" aria-label="{}"', label) if label else format_html('aria-hidden="{}"', "true")
    sized = format_html(' width="{0}" height="{0}"', size) if size else ""
    return format_html(
        '<svg class="icon"{} viewBox="0 0 24 24" {}><use href="{}#{}"/></svg>', sized, spoken, sprite, name
    )


@register.simple_tag
@lru_cache(maxsize=64)
def facet_shape(facet: str) -> SafeString:
    """The shape of a facet, to stand before its name; any other key gives the disc of what is not placed."""
    key = Facet(facet) if facet in set(Facet) else Facet.UNPLACED
    return format_html(
        '<svg class="mark facet-{}" viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>',
        key,
        facet_mark(key, x=8, y=8, radius=6.4),
    )


@register.filter
def facet_name(facet: str) -> str:
    """The name of a facet in the reader's language; anything else comes back unchanged."""
    return str(FACET_NAMES.get(facet, facet))


@register.simple_tag
def world_drawing() -> str:
    """The address of the world's outlines, with an id per country."""
    address: str = vite_asset_url("src/generated/world.svg")
    return address


@register.simple_tag
def parts_of(segments: Sequence[Part], total: int | None = None, target: float | None = None) -> StatusBar:
    """The geometry of a status bar, for templates that hold its parts."""
    return status_bar(segments, total=total, target=target)


@register.simple_tag
def spark(values: Sequence[float]) -> SafeString | str:
    """A small line of values without axes; it shows a direction and nothing to read off."""
    drawn = line([float(value) for value in values], width=SPARK_WIDTH, height=SPARK_HEIGHT) if values else ""
    if not drawn:
        return ""
    return format_html(
        '<svg class="spark" viewBox="0 0 96 32" aria-hidden="true"><path d="{}"/></svg>',
        drawn,
    )


@register.filter
def number(value: Decimal | float | None) -> str:
    """A number with the reader's separators; a dash for what is not known."""
    if value is None:
        return "–"
    if type(value) is int and 0 <= value < UNGROUPED:
        return str(value)
    return format_decimal(value, locale=_locale())


@register.filter
def signed(value: int | None) -> str:
    """A difference with its sign; a dash for what is not known."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{format_decimal(abs(value), locale=_locale())}"


@register.filter
def percent(whole_percent: int | None) -> str:
    """A whole percentage as the reader writes it (42%, 42 %); a dash for what is not known."""
    return "–" if whole_percent is None else format_percent(whole_percent / 100, locale=_locale())


@register.filter
def compact(value: Decimal | float | None) -> str:
    """A number in few characters, such as 1.2M; a dash for what is not known."""
    if value is None:
        return "–"
    return format_compact_decimal(value, locale=_locale(), fraction_digits=1).replace("-", "−")


@register.filter
def amount(value: Decimal | float | None, currency: str) -> str:
    """A sum with its currency, to the unit, as the reader writes it; a dash for what is not known."""
    if value is None:
        return "–"
    locale = _locale()
    pattern = _whole_currency(str(locale.currency_formats["standard"].pattern))
    return _spaced(format_currency(value, currency, format=pattern, locale=locale, currency_digits=False))


@lru_cache(maxsize=64)
def _whole_currency(pattern: str) -> NumberPattern:
    """A locale's pattern for sums, without its decimals."""
    return parse_pattern(pattern.replace(".00", ""))


def _spaced(text: str) -> str:
    """A gap between a currency's code and its number, which some locales set solid (SEK1.2M), and a true minus."""
    return re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", text).replace("-", "−")


@register.filter
def compact_amount(value: Decimal | float | None, currency: str) -> str:
    """A sum in few characters with its currency, such as €1.2M; a dash for what is not known."""
    if value is None:
        return "–"
    return _spaced(format_compact_currency(value, currency, locale=_locale(), fraction_digits=1))


@register.filter
def initials(name: str) -> str:
    """At most two letters that stand for a person or an organisation."""
    called = str(name).partition(",")[0]
    words = [word for word in called.replace("@", " ").split() if word[:1].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


@register.simple_tag(takes_context=True)
def shown_as(context: Context, picture: str) -> str:
    """What the address says of a picture (`?picture-<id>=table`), so that a link shows the same view to everyone."""
    request = context.get("request")
    return request.GET.get(f"picture-{picture}", "") if isinstance(request, HttpRequest) else ""


@register.filter
def undo_address(tags: str) -> str:
    """Where a message's Undo goes: messages carry it as the extra tag `undo:<address>`."""
    return next((tag.removeprefix("undo:") for tag in str(tags or "").split() if tag.startswith("undo:")), "")


@register.filter
def page_range(paginator: Paginator[Any], number: int) -> list[int]:
    """The pages to offer around `number`: first, last and its neighbours, with 0 where some are left out."""
    last = paginator.num_pages
    near = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    shown: list[int] = []
    for page in near:
        if shown and page - shown[-1] > 1:
            shown.append(0)
        shown.append(page)
    return shown


@register.filter
def cut_words(words: str) -> list[str]:
    """The words of a string, for short fixed lists in a template."""
    return words.split()
