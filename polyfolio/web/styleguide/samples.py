"""Sample data for the style page: invented initiatives, real places and goals, every picture and component once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from polyfolio.lib.pictures.bars import Part
from polyfolio.lib.pictures.diamond import Diamond, Placed, diamond
from polyfolio.lib.pictures.holes import Heading, HoleMatrix, hole_matrix
from polyfolio.lib.pictures.money import Amount, MoneyPicture, Series, money
from polyfolio.lib.pictures.sdgs import SdgStrip, sdg_strip
from polyfolio.lib.pictures.shapes import Facet
from polyfolio.lib.pictures.world import CountryCount, World, world
from polyfolio.lib.pictures.zones import Token, Zone, Zones, zones

HERE = "#"

TITLES = (
    "Repair counters in twelve libraries",
    "A deposit for takeaway bowls on the river front",
    "Waste pickers as contractors of the city",
    "Heat from the data centre for the market halls",
    "A shared kitchen for food that shops would bin",
    "School roofs that drink the rain",
    "Night buses on demand for hospital shifts",
    "Second life for fishing nets",
    "A building passport for every public tender",
    "Neighbourhood budgets for cool streets",
    "Cargo bikes for the covered market",
    "What will the port be in 2050?",
)

GOALS = (
    "No poverty",
    "Zero hunger",
    "Good health",
    "Quality education",
    "Gender equality",
    "Clean water",
    "Clean energy",
    "Decent work",
    "Industry and innovation",
    "Fewer inequalities",
    "Sustainable cities",
    "Responsible consumption",
    "Climate action",
    "Life below water",
    "Life on land",
    "Peace and justice",
    "Partnerships",
)

COUNTRIES = (
    ("VN", "Viet Nam", 34),
    ("SE", "Sweden", 27),
    ("CO", "Colombia", 19),
    ("KE", "Kenya", 16),
    ("IN", "India", 15),
    ("BR", "Brazil", 13),
    ("ZA", "South Africa", 11),
    ("ID", "Indonesia", 9),
    ("MX", "Mexico", 8),
    ("PT", "Portugal", 7),
    ("MA", "Morocco", 6),
    ("PH", "Philippines", 6),
    ("CL", "Chile", 5),
    ("GH", "Ghana", 4),
    ("UA", "Ukraine", 4),
    ("JP", "Japan", 3),
    ("SG", "Singapore", 2),
    ("BB", "Barbados", 2),
    ("WS", "Samoa", 1),
    ("MU", "Mauritius", 1),
)

NORDIC = (
    ("SE", "Sweden", 23),
    ("DK", "Denmark", 9),
    ("FI", "Finland", 7),
    ("NO", "Norway", 5),
    ("EE", "Estonia", 3),
    ("LV", "Latvia", 2),
    ("DE", "Germany", 2),
)


def mix() -> Diamond:
    return diamond(
        actual={Facet.MIS: 0.42, Facet.ENH: 0.31, Facet.ADA: 0.19, Facet.ANT: 0.08},
        intended={Facet.MIS: 0.35, Facet.ENH: 0.2, Facet.ADA: 0.2, Facet.ANT: 0.25},
        hrefs=dict.fromkeys((Facet.MIS, Facet.ENH, Facet.ADA, Facet.ANT), HERE),
    )


def points() -> Diamond:
    places = (
        (0.0, 1.0, Facet.MIS, 11),
        (-1.0, 0.0, Facet.ENH, 8),
        (0.0, -1.0, Facet.ADA, 6),
        (1.0, 0.0, Facet.ANT, 2),
        (-0.5, 0.5, Facet.MIS, 3),
        (0.5, 0.5, Facet.MIS, 1),
        (-0.5, -0.5, Facet.ENH, 4),
        (0.1, 0.2, Facet.MIXED, 3),
    )
    placed = [
        Placed(
            label=TITLES[(index + int(x * 3)) % len(TITLES)],
            x=x,
            y=y,
            facet=facet,
            href=HERE,
            is_contested=facet is Facet.MIXED and index < 2,
            spread=0.9,
        )
        for x, y, facet, count in places
        for index in range(count)
    ]
    return diamond(actual={Facet.MIS: 0.42, Facet.ENH: 0.31, Facet.ADA: 0.19, Facet.ANT: 0.08}, points=placed)


def field() -> Zones:
    facets = (Facet.MIS, Facet.ENH, Facet.ADA, Facet.ANT, Facet.MIXED)

    def tokens(count: int) -> list[Token]:
        return [Token(TITLES[index % len(TITLES)], HERE, facets[(index * index + count) % 5]) for index in range(count)]

    return zones(
        (
            Zone("yellow", "Yellow", "Exploring together, mandate unclear, seed money.", 21, HERE, tokens(21)),
            Zone("green", "Green", "Between organisations, a shared mandate, project money.", 13, HERE, tokens(13)),
            Zone("blue", "Blue", "One organisation implements in its own operations.", 4, HERE, tokens(4)),
        )
    )


def crowded_field() -> Zones:
    return zones(
        (
            Zone("yellow", "Yellow", "Exploring together.", 318, HERE),
            Zone("green", "Green", "Between organisations.", 944, HERE),
            Zone("blue", "Blue", "One organisation implements.", 212, HERE),
        )
    )


def holes() -> HoleMatrix:
    rows = [
        Heading(key, label)
        for key, label in (
            ("mobility", "Mobility"),
            ("food", "Food and kitchens"),
            ("building", "Buildings"),
            ("energy", "Energy and heat"),
            ("waste", "Things that last"),
            ("water", "Water and green"),
        )
    ]
    columns = [
        Heading("yellow", "Yellow", "yellow"),
        Heading("green", "Green", "green"),
        Heading("blue", "Blue", "blue"),
    ]
    numbers = ((5, 3, 0), (7, 0, 1), (2, 4, 2), (0, 1, 1), (9, 5, 0), (1, 0, 0))
    counts = {(row.key, column.key): numbers[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)}
    wanted = {
        ("energy", "yellow"): "nobody explores heat for old houses, and the law changes in 2027",
        ("food", "green"): "seven ideas, and no two kitchens share a cold store",
        ("waste", "blue"): "the city's own workshops repair nothing yet",
        ("building", "green"): "",
    }
    return hole_matrix(rows=rows, columns=columns, counts=counts, wanted=wanted, href=lambda _row, _column: HERE)


def goals() -> SdgStrip:
    main = {1: 3, 2: 6, 3: 4, 4: 2, 6: 5, 7: 8, 8: 5, 9: 7, 10: 1, 11: 31, 12: 44, 13: 18, 14: 2, 15: 4, 17: 2}
    other = {1: 4, 2: 3, 3: 8, 4: 6, 5: 7, 6: 3, 7: 9, 8: 14, 9: 8, 10: 5, 11: 16, 12: 12, 13: 25, 15: 6, 17: 19}
    return sdg_strip(main=main, other=other, labels=dict(enumerate(GOALS, start=1)), href=lambda _number: HERE)


def funds() -> MoneyPicture:
    series = (
        Series("base", "Base funding"),
        Series("led", "Projects it leads or joins"),
        Series("partner", "Partners' own"),
    )
    amounts = []
    for index, year in enumerate(range(2018, 2026)):
        amounts += [
            Amount(year, "SEK", "base", Decimal(4_000_000)),
            Amount(year, "SEK", "led", Decimal(6_200_000 + index * 2_150_000)),
            Amount(year, "SEK", "partner", Decimal(2_000_000 + index * index * 410_000)),
        ]
    for index, year in enumerate(range(2021, 2026)):
        amounts.append(Amount(year, "EUR", "led", Decimal(180_000 + 95_000 * index)))
        if year == 2024:
            amounts.append(Amount(year, "EUR", "partner", Decimal(-60_000)))
    return money(amounts, series=series)


def flows() -> MoneyPicture:
    series = (Series("commitment", "Committed"), Series("disbursement", "Paid out"))
    amounts = [
        Amount(year, "USD", key, Decimal(value))
        for year, committed, paid in ((2022, 840_000, 310_000), (2023, 910_000, 760_000), (2024, 420_000, 690_000))
        for key, value in (("commitment", committed), ("disbursement", paid))
    ]
    return money(amounts, series=series, is_stacked=False)


def map_of(countries: tuple[tuple[str, str, int], ...]) -> World:
    return world([CountryCount(code, name, count, HERE) for code, name, count in countries])


class SampleForm(forms.Form):
    """A form with everything a form can have."""

    title = forms.CharField(help_text="Plain words, at most 80 characters. A neighbour should understand it.")
    summary = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you do, with whom, and what is different when it has worked.",
    )
    status = forms.ChoiceField(choices=[("pipeline", "In preparation"), ("running", "Under way"), ("closed", "Closed")])
    starts_on = forms.DateField(
        label="Starts on",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The planned day, if it is not known yet.",
    )
    is_shown = forms.BooleanField(
        label="Show this to everyone", required=False, help_text="Without it only the network sees it."
    )


def form() -> SampleForm:
    bound = SampleForm({"title": "", "summary": TITLES[0], "status": "running", "starts_on": "31 February"})
    bound.fields["title"].error_messages["required"] = "Give it a title, so that people can find it."
    bound.fields["starts_on"].error_messages["invalid"] = "There is no such day. Write it like 28/02/2026."
    return bound


def everything() -> dict[str, Any]:
    """The whole context of the style page."""
    return {
        "today": date(2025, 11, 3),
        "now": datetime(2025, 11, 3, 9, 30, tzinfo=UTC),
        "titles": TITLES,
        "mix": mix(),
        "points": points(),
        "field": field(),
        "crowded": crowded_field(),
        "holes": holes(),
        "goals": goals(),
        "funds": funds(),
        "flows": flows(),
        "countries": map_of(COUNTRIES),
        "nordic": map_of(NORDIC),
        "nothing": diamond(),
        "parts": [Part("validated", 98, "good"), Part("submitted", 21, "2"), Part("draft", 34, "warn")],
        "trend": [12, 15, 14, 22, 28, 35, 41],
        "sample": form(),
        "changes": [
            {"label": "Title", "before": "Repair cafés", "after": "Repair counters in twelve libraries"},
            {"label": "Budget", "before": "", "after": "€180,000"},
            {"label": "Lead", "before": "Linden Workshops", "after": ""},
        ],
        "crumbs": [("Öresund hub", HERE), ("Circular city", HERE), ("Mix", "")],
        "tabs": [
            {"label": "Overview", "href": HERE, "is_current": True, "count": None},
            {"label": "Initiatives", "href": HERE, "is_current": False, "count": 38},
            {"label": "Decisions", "href": HERE, "is_current": False, "count": 5},
        ],
        "page": Paginator(range(480), 20).page(7),
        "groups": [
            (
                "Initiatives",
                [{"title": [("Waste", True), (" pickers as contractors", False)], "href": HERE, "icon": "bulb"}],
            ),
            ("Organisations", [{"title": [("City of Đà Nẵng", False)], "href": HERE, "icon": "building"}]),
        ],
    }
