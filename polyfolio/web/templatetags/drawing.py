"""Marks that pictures repeat, each written in one go: a page has hundreds, and templates are slow at small parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polyfolio.lib.pictures.diamond import Mark
from polyfolio.lib.pictures.money import Bar
from polyfolio.lib.pictures.shapes import Facet
from polyfolio.lib.pictures.world import CountryMark
from polyfolio.lib.pictures.zones import DrawnToken
from polyfolio.web.templatetags.look import amount, facet_name, number

register = template.Library()


def _item(href: str, classes: str, label: str, drawn: SafeString) -> SafeString:
    """A mark that opens something, or that can only be reached and heard where there is nothing to open."""
    if href:
        return format_html('<a class="{}" href="{}" data-item aria-label="{}">{}</a>', classes, href, label, drawn)
    return format_html('<g class="{}" role="img" tabindex="0" data-item aria-label="{}">{}</g>', classes, label, drawn)


def _joined(marks: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((mark,) for mark in marks))


@register.simple_tag
def diamond_points(marks: Sequence[Mark]) -> SafeString:
    """The initiatives on the diamond, the contested ones with a halo."""
    return _joined(map(_point, marks))


def _point(mark: Mark) -> SafeString:
    label = f"{mark.label}, {facet_name(mark.facet)}"
    halo = SafeString()
    if mark.is_contested:
        halo = format_html('<circle class="halo" cx="{}" cy="{}" r="{}" />', mark.x, mark.y, mark.halo)
        label = f"{label}, {_('contested')}" if mark.href else label
    if mark.said and mark.href:
        label = f"{label}. {mark.said}"
    drawn = format_html(
        '{0}<path class="facet-shape" d="{1}" /><circle class="hit" cx="{2}" cy="{3}" r="12" />'
        '<circle class="focus-ring" cx="{2}" cy="{3}" r="10" />',
        halo,
        mark.path,
        mark.x,
        mark.y,
    )
    return _item(mark.href, f"point facet-{mark.facet}", label, drawn)


@register.simple_tag
def zone_tokens(tokens: Sequence[DrawnToken]) -> SafeString:
    """The initiatives in a zone; what stands for several has no name and opens nothing."""
    return _joined(map(_token, tokens))


def _token(token: DrawnToken) -> SafeString:
    is_placed = token.facet is not Facet.UNPLACED
    classes = f"token facet-{token.facet}{' has-facet' if is_placed else ''}"
    if not token.href:
        return format_html('<g class="{}"><path class="token-shape" d="{}" /></g>', classes, token.path)
    drawn = format_html(
        '<path class="token-shape" d="{0}" /><circle class="hit" cx="{1}" cy="{2}" r="13" />'
        '<circle class="focus-ring" cx="{1}" cy="{2}" r="11.5" />',
        token.path,
        token.x,
        token.y,
    )
    label = f"{token.label}, {facet_name(token.facet)}" if is_placed else token.label
    return _item(token.href, classes, label, drawn)


@register.simple_tag
def money_bars(bars: Sequence[Bar], currency: str) -> SafeString:
    """The sums of a panel, each with its pattern over its colour."""
    return format_html_join(
        "\n",
        '<g class="bar-item" role="img" tabindex="0" data-item aria-label="{0}, {1}: {2}">'
        '<rect class="bar series-{3}" x="{4}" y="{5}" width="{6}" height="{7}" />'
        '<rect class="pattern-over" x="{4}" y="{5}" width="{6}" height="{7}" fill="url(#pattern-series-{3})" /></g>',
        (
            (bar.year, bar.series.label, amount(bar.value, currency), bar.step, bar.x, bar.y, bar.width, bar.height)
            for bar in bars
        ),
    )


@register.simple_tag
def country_marks(marks: Sequence[CountryMark]) -> SafeString:
    """The discs on the map, the larger ones with their number."""
    return _joined(map(_country, marks))


def _country(mark: CountryMark) -> SafeString:
    written = SafeString()
    if mark.has_number:
        written = format_html(
            '<text class="number" x="{}" y="{}" font-size="{}">{}</text>', mark.x, mark.y, mark.font, mark.count
        )
    drawn = format_html(
        '<circle class="disc" cx="{0}" cy="{1}" r="{2}" />{3}<circle class="focus-ring" cx="{0}" cy="{1}" r="{2}" />',
        mark.x,
        mark.y,
        mark.radius,
        written,
    )
    return _item(mark.href, "country-mark", f"{mark.name}: {number(mark.count)}", drawn)
