from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from polyfolio.web.templatetags import look


@pytest.mark.parametrize(
    ("language", "number", "compact", "percent"),
    [
        ("en-gb", "1,234,567.5", "1.2M", "42%"),
        ("fr", "1\u202f234\u202f567,5", "1,2\u00a0M", "42\u00a0%"),
        ("es", "1.234.567,5", "1,2\u00a0M", "42\u00a0%"),
        ("xx", "1,234,567.5", "1.2M", "42%"),
    ],
)
def test_numbers_are_written_as_the_reader_does(language, number, compact, percent):
    with translation.override(language):
        written = (look.number(Decimal("1234567.5")), look.compact(1_234_567), look.percent(42))

    assert written == (number, compact, percent)


@pytest.mark.parametrize(
    ("value", "currency", "whole", "short"),
    [
        (1_234_567.4, "EUR", "€1,234,567", "€1.2M"),
        (1_234_567, "SEK", "SEK\u00a01,234,567", "SEK\u00a01.2M"),
        (-45_000, "EUR", "−€45,000", "−€45K"),
        (0, "VND", "₫0", "₫0"),
        (900, "XYZ", "XYZ\u00a0900", "XYZ\u00a0900"),
    ],
)
def test_sums_carry_their_currency(value, currency, whole, short):
    assert (look.amount(value, currency), look.compact_amount(value, currency)) == (whole, short)


def test_what_is_not_known_is_a_dash():
    assert {
        look.number(None),
        look.compact(None),
        look.percent(None),
        look.signed(None),
        look.amount(None, "EUR"),
        look.compact_amount(None, "EUR"),
    } == {"–"}


@pytest.mark.parametrize(("value", "written"), [(7, "+7"), (-17, "−17"), (0, "0"), (1200, "+1,200")])
def test_differences_carry_their_sign(value, written):
    assert look.signed(value) == written


def test_small_negative_numbers_have_a_true_minus():
    assert look.compact(-80_000) == "−80K"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ilse Brandt", "IB"),
        ("Nguyễn Thị Hạnh", "NH"),
        ("ilse@example.org", "IE"),
        ("Linden", "L"),
        ("", ""),
        ("– –", ""),
    ],
)
def test_initials_are_at_most_two_letters(name, letters):
    assert look.initials(name) == letters


@pytest.mark.parametrize(
    ("key", "shape"), [("mis", "facet-mis"), ("mixed", "facet-mixed"), ("nonsense", "facet-unplaced")]
)
def test_facet_shape_is_known_or_not_placed(key, shape):
    assert f'class="mark {shape}"' in look.facet_shape(key)


def test_facet_name_leaves_other_words_alone():
    assert (look.facet_name("ant"), look.facet_name("Trust")) == ("Anticipatory", "Trust")


def test_spark_needs_two_values():
    assert (look.spark([1]), look.spark([]), "<path" in look.spark([1, Decimal(2)])) == ("", "", True)


@pytest.mark.parametrize(
    ("number", "pages"),
    [(1, [1, 2, 0, 24]), (2, [1, 2, 3, 0, 24]), (7, [1, 0, 6, 7, 8, 0, 24]), (24, [1, 0, 23, 24])],
)
def test_page_range_offers_ends_and_neighbours(number, pages):
    assert look.page_range(Paginator(range(480), 20), number) == pages


@pytest.mark.parametrize(("query", "shown"), [("?picture-mix=table", "table"), ("?picture-zones=table", "")])
def test_the_address_says_which_picture_shows_its_table(query, shown):
    context = Context({"request": RequestFactory().get(f"/{query}")})

    assert look.shown_as(context, "mix") == shown


def test_without_a_request_every_picture_shows_itself():
    assert look.shown_as(Context(), "mix") == ""


@pytest.mark.parametrize(
    ("tags", "address"), [("undo:/undo/7/", "/undo/7/"), ("safe undo:/a/", "/a/"), ("", ""), (None, "")]
)
def test_undo_address_is_an_extra_tag(tags, address):
    assert look.undo_address(tags) == address


def test_parts_become_a_bar():
    drawn = Template("{% load look %}{% parts_of parts 4 0.5 as bar %}{{ bar.total }} {{ bar.target_x }}").render(
        Context({"parts": []})
    )

    assert drawn == "4 50.0"


def test_labelled_icon_is_spoken_and_an_unlabelled_one_is_not():
    spoken, silent = look.icon("search", "", "Search"), look.icon("search", "20")

    assert (
        'role="img" aria-label="Search"' in spoken,
        'aria-hidden="true"' in silent,
        'width="20" height="20"' in silent,
        silent.endswith('#search"/></svg>'),
    ) == (True, True, True, True)
