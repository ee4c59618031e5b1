"""The marks of pictures: what opens is a link, what does not is named, and what people wrote is escaped."""

from decimal import Decimal

import pytest
from django.utils import translation

from polyfolio.lib.pictures.diamond import Mark
from polyfolio.lib.pictures.money import Bar, Series
from polyfolio.lib.pictures.shapes import Facet
from polyfolio.lib.pictures.world import CountryMark
from polyfolio.lib.pictures.zones import DrawnToken
from polyfolio.web.templatetags import drawing

SHAPE = (
    '<path class="facet-shape" d="M1 2" /><circle class="hit" cx="1.5" cy="2.0" r="12" />'
    '<circle class="focus-ring" cx="1.5" cy="2.0" r="10" />'
)
HALO = '<circle class="halo" cx="1.5" cy="2.0" r="8.0" />'


def mark(href: str, *, is_contested: bool) -> Mark:
    return Mark('A "b"', href, Facet.ADA, 1.5, 2.0, "M1 2", is_contested, 8.0)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (
            mark("/a/", is_contested=True),
            (
                '<a class="point facet-ada" href="/a/" data-item aria-label="A &quot;b&quot;, Adaptive, contested">'
                f"{HALO}{SHAPE}</a>"
            ),
        ),
        (
            mark("", is_contested=False),
            (
                '<g class="point facet-ada" role="img" tabindex="0" data-item aria-label="A &quot;b&quot;, Adaptive">'
                f"{SHAPE}</g>"
            ),
        ),
    ],
)
def test_points_of_the_diamond(drawn: Mark, expected: str) -> None:
    assert drawing.diamond_points([drawn]) == expected


def test_tokens_are_named_where_they_open_something() -> None:
    tokens = [
        DrawnToken("<b>", "/a/?b=1&c=2", Facet.MIS, 1.5, 2.0, "M1 2"),
        DrawnToken("b", "/b/", Facet.UNPLACED, 1.5, 2.0, "M1 2"),
        DrawnToken("", "", Facet.UNPLACED, 1.5, 2.0, "M1 2"),
        DrawnToken("", "", Facet.MIXED, 1.5, 2.0, "M1 2"),
    ]
    shape = '<path class="token-shape" d="M1 2" />'
    rings = '<circle class="hit" cx="1.5" cy="2.0" r="13" /><circle class="focus-ring" cx="1.5" cy="2.0" r="11.5" />'

    assert drawing.zone_tokens(tokens).split("\n") == [
        (
            '<a class="token facet-mis has-facet" href="/a/?b=1&amp;c=2" data-item'
            f' aria-label="&lt;b&gt;, Mission-oriented">{shape}{rings}</a>'
        ),
        f'<a class="token facet-unplaced" href="/b/" data-item aria-label="b">{shape}{rings}</a>',
        f'<g class="token facet-unplaced">{shape}</g>',
        f'<g class="token facet-mixed has-facet">{shape}</g>',
    ]


def test_bars_say_their_sum_and_carry_a_pattern() -> None:
    bar = Bar(2024, Series("spent", "Spent & paid"), 2, Decimal(-1200), 1.5, 2.0, 3.0, 4.0)
    place = 'x="1.5" y="2.0" width="3.0" height="4.0"'

    assert drawing.money_bars([bar], "EUR") == (
        '<g class="bar-item" role="img" tabindex="0" data-item aria-label="2024, Spent &amp; paid: −€1,200">'
        f'<rect class="bar series-2" {place} />'
        f'<rect class="pattern-over" {place} fill="url(#pattern-series-2)" /></g>'
    )


def test_countries_say_their_number() -> None:
    marks = [
        CountryMark("CI", "Côte d'Ivoire", 1200, "/c/", 3, 1.5, 2.0, 9.0, 8.0, True),
        CountryMark("SE", "Sweden", 1, "", 1, 1.5, 2.0, 3.0, 8.0, False),
    ]

    assert drawing.country_marks(marks).split("\n") == [
        (
            '<a class="country-mark" href="/c/" data-item aria-label="Côte d&#x27;Ivoire: 1,200">'
            '<circle class="disc" cx="1.5" cy="2.0" r="9.0" />'
            '<text class="number" x="1.5" y="2.0" font-size="8.0">1200</text>'
            '<circle class="focus-ring" cx="1.5" cy="2.0" r="9.0" /></a>'
        ),
        (
            '<g class="country-mark" role="img" tabindex="0" data-item aria-label="Sweden: 1">'
            '<circle class="disc" cx="1.5" cy="2.0" r="3.0" />'
            '<circle class="focus-ring" cx="1.5" cy="2.0" r="3.0" /></g>'
        ),
    ]


def test_coordinates_stay_as_drawings_need_them_in_every_language() -> None:
    with translation.override("fr"):
        drawn = drawing.diamond_points([mark("", is_contested=True)])

    assert HALO in drawn
