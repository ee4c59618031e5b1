"""Tables of placements: what each row comes to, taking over, and taking back exactly that."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.models import Initiative, InitiativeIdentifier, Portfolio
from polyfolio.sensemaking.actions import placements, sheets, zones
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.models import Placement, PlacementSheet, Standing, ZoneStay
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, standing_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def portfolio() -> Portfolio:
    network = make_network()
    apples = make_initiative(network, slug="apples", title={"en": "Apples for all", "fr": "Des pommes"})
    berries = make_initiative(network, slug="berries", title={"en": "Berries"})
    InitiativeIdentifier.objects.create(initiative=berries, network=network, scheme="iati", value="XM-1")
    return make_portfolio(network, core=[apples, berries])


def check(portfolio: Portfolio, text: str, by: Any = None) -> PlacementSheet:
    person = by or make_steward(portfolio)
    return sheets.check(portfolio=portfolio, name="a.csv", content=text.encode(), by=person, at=AT)


def problems(sheet: PlacementSheet) -> list[tuple[int, str, str, str]]:
    return [(each["row"], each["column"], each["value"], each["message"]) for each in sheet.problems]


def test_initiatives_are_known_by_title_slug_and_identifier(portfolio: Portfolio) -> None:
    text = "Titre;But;Moteur\nDES POMMES;mis;Mission\nXM-1;amélioration;enh\n"

    found = check(portfolio, text)

    assert [(row["label"], row["purpose"], row["driver"]) for row in found.rows] == [
        ("Apples for all", "mis", "mis"),
        ("Berries", "enh", "enh"),
    ]
    assert (found.problems, found.unchanged, Placement.objects.count()) == ([], 0, 0)


def test_slugs_are_known_by_their_address_and_shares_by_any_spelling(portfolio: Portfolio) -> None:
    text = 'Slug,MIS,ENH,ADA,ANT\nhttps://x/initiatives/apples/,"33,3",33.3 %,33.4,\nberries,0.5,,0.5,0\n'

    assert [row["shares"] for row in check(portfolio, text).rows] == [
        {"mis": 33.3, "enh": 33.3, "ada": 33.4},
        {"mis": 50, "ada": 50, "ant": 0},
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Initiative,Purpose,Driver\nAples for all,mis,mis",
            (2, "Initiative", "Aples for all", "Is it “Apples for all”?"),
        ),
        ("Initiative,Purpose,Driver\n,mis,mis", (2, "Initiative", "", "Give its title")),
        ("Initiative,Purpose,Driver\nBerries,mission,", (2, "Driver", "", "One of mis, enh, ada, ant or all in each")),
        ("Initiative,Purpose,Driver\nBerries,x,mis", (2, "Purpose", "x", "One of mis, enh, ada, ant or all.")),
        ("Initiative,Why\nBerries,because", (2, "Why", "because", "One of mis")),
        ("Initiative,MIS,ENH\nBerries,40,40", (2, "MIS", "40", "Change them")),
        ("Initiative,MIS,ENH\nBerries,-1,101", (2, "MIS", "-1", "")),
        ("Initiative,MIS\nBerries,nan", (2, "MIS", "nan", "")),
        ("Initiative,MIS\nBerries,=SUM(A1)", (2, "MIS", "=SUM(A1)", "")),
        ("Initiative,Zone,Since\nBerries,purple,2026-01-01", (2, "Zone", "purple", "One of yellow, green, blue.")),
        ("Initiative,Zone,Since\nBerries,green,", (2, "Since", "", "As year-month-day.")),
        ("Initiative,Zone,Since\nBerries,green,2026-02-31", (2, "Since", "2026-02-31", "Write it as")),
        ("Initiative,Zone,Since\nBerries,green,03/04/2026", (2, "Since", "03/04/2026", "Write it as")),
        ("Initiative,Zone,Since\nBerries,green,2027-01-01", (2, "Since", "2027-01-01", "")),
        ("Colour,Taste\nred,sweet", (1, "", "", "Call a column")),
    ],
)
def test_problems_are_named_by_row_column_value_and_hint(text: str, expected: Any, portfolio: Portfolio) -> None:
    found = check(portfolio, text).problems[-1]

    row, column, value, hint = expected
    assert (found["row"], found["column"], found["value"]) == (row, column, value)
    assert hint in found["hint"]
    assert found["message"]


def test_a_second_row_for_one_initiative_is_named(portfolio: Portfolio) -> None:
    found = check(portfolio, "Name,Purpose,Driver\nBerries,mis,mis\n\nXM-1,ada,ada")

    assert [row["number"] for row in found.rows] == [2]
    assert problems(found) == [(4, "Name", "XM-1", "Row 2 speaks of this initiative already.")]


def test_titles_that_two_bear_ask_for_the_slug(portfolio: Portfolio) -> None:
    make_entry(portfolio, make_initiative(portfolio.network, title={"en": "berries"}))

    found = check(portfolio, "Title,Purpose,Driver\nBerries,mis,mis")

    assert problems(found) == [(2, "Title", "Berries", "Several initiatives have this title.")]


def test_what_one_may_not_see_is_unknown_and_never_hinted_at(portfolio: Portfolio) -> None:
    hidden = make_initiative(portfolio.network, slug="secret", title={"en": "Secret plan"}, visibility="private")
    make_entry(portfolio, hidden)

    found = check(portfolio, "Title,Purpose,Driver\nSecret plan,mis,mis\nsecret,mis,mis\nSecret plam,mis,mis")

    assert [each["message"] for each in found.problems] == ["No such initiative is in this portfolio."] * 3
    assert not any("Secret" in each["hint"] for each in found.problems)


def test_what_one_said_already_is_unchanged(portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)
    for slug in ("apples", "berries"):
        make_placement(portfolio, Initiative.objects.get(slug=slug), "mis", assessor=steward, rationale="So")
    make_stay(portfolio, Initiative.objects.get(slug="apples"), "yellow")
    text = "Slug,Purpose,Driver,Why,Zone,Since\napples,mis,mis,So,Jaune,2024-01-01\nberries,mis,mis,Otherwise,,\n"

    found = check(portfolio, text, steward)

    assert (found.unchanged, [row["rationale"] for row in found.rows], found.problems) == (1, ["Otherwise"], [])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("green,2023-12-31,learning", "Since"),
        ("green,2025-01-01,", "Driver of change"),
        ("green,2025-01-01,magic", "Driver of change"),
        ("yellow,2025-01-01,learning", "Since"),
    ],
)
def test_zones_follow_what_stands(cells: str, column: str, portfolio: Portfolio) -> None:
    make_stay(portfolio, Initiative.objects.get(slug="apples"), "yellow")

    found = check(portfolio, f"Slug,Zone,Since,Driver of change\napples,{cells}")

    assert [each["column"] for each in found.problems] == [column]


def test_members_place_and_change_no_zones(portfolio: Portfolio) -> None:
    member = make_member(portfolio)
    text = "Slug,Purpose,Driver,Zone,Since\napples,mis,mis,,\nberries,mis,mis,green,2025-01-01"

    found = check(portfolio, text, member)

    assert ([row["label"] for row in found.rows], [each["column"] for each in found.problems]) == (
        ["Apples for all"],
        ["Zone"],
    )
    with pytest.raises(NotAllowedError):
        check(portfolio, text, make_user())


def test_taken_over_and_taken_back_as_one_batch(portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)
    apples, berries = (Initiative.objects.get(slug=slug) for slug in ("apples", "berries"))
    other = make_placement(portfolio, apples, "ada")
    make_stay(portfolio, apples, "yellow")
    before = state(portfolio)
    text = (
        "Slug,Purpose,Driver,Why,Zone,Since,Driver of change\n"
        "apples,mis,mis,Said so,green,01.02.2025,Apprentissage\nberries,ant,ant,,blue,2025-03-01,\nnobody,mis,mis,,,,\n"
    )
    sheet = check(portfolio, text, steward)

    sheets.take_over(sheet=sheet, by=steward, at=AT)
    after = state(portfolio)
    batch = set(AuditRecord.objects.exclude(batch=None).values_list("batch", flat=True))
    kept = placements.place(
        initiative=berries, portfolio=portfolio, answers=Answers("enh", "enh"), by=steward, at=LATER
    )
    sheets.undo(sheet=sheet, by=steward, at=LATER)

    assert [row[1:] for row in after["stays"]] == [
        ("yellow", date(2024, 1, 1), date(2025, 2, 1)),
        ("green", date(2025, 2, 1), None),
        ("blue", date(2025, 3, 1), None),
    ]
    assert batch == {sheet.batch}
    assert set(Placement.objects.all()) == {other, kept}
    assert standing_of(portfolio, berries).facets == "enh"
    kept.delete()
    placements.rebuild(portfolio=portfolio, frame=kept.frame, initiative_ids=[berries.pk])
    assert state(portfolio) == before


def test_taking_over_and_back_asks_for_the_right_state_and_person(portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)
    sheet = check(portfolio, "Slug,Purpose,Driver\napples,mis,mis", steward)
    empty = check(portfolio, "Slug\napples", steward)

    for act, refused in ((sheets.undo, sheet), (sheets.take_over, empty)):
        with pytest.raises(RefusedError):
            act(sheet=refused, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        sheets.take_over(sheet=sheet, by=make_steward(portfolio), at=AT)
    sheets.take_over(sheet=sheet, by=steward, at=AT)
    with pytest.raises(RefusedError):
        sheets.take_over(sheet=sheet, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        sheets.undo(sheet=sheet, by=make_member(portfolio), at=AT)
    sheets.undo(sheet=sheet, by=make_steward(portfolio), at=AT)
    with pytest.raises(RefusedError):
        sheets.undo(sheet=sheet, by=steward, at=AT)


def test_what_left_the_portfolio_meanwhile_stops_all(portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)
    sheet = check(portfolio, "Slug,Purpose,Driver\napples,mis,mis\nberries,mis,mis", steward)
    portfolio.entries.get(initiative__slug="berries").delete()

    with pytest.raises(RefusedError):
        sheets.take_over(sheet=sheet, by=steward, at=AT)

    assert (Placement.objects.count(), PlacementSheet.objects.get().state) == (0, "checked")


def state(portfolio: Portfolio) -> dict[str, Any]:
    """Everything that a table may change, without its keys."""
    stays = ZoneStay.objects.filter(portfolio=portfolio).order_by("initiative__slug", "pk")
    views = Placement.objects.filter(portfolio=portfolio).order_by("pk")
    standings = Standing.objects.filter(portfolio=portfolio).order_by("initiative")
    return {
        "stays": list(stays.values_list("initiative", "zone__code", "since_on", "until_on")),
        "placements": list(views.values_list("pk", flat=True)),
        "standings": list(standings.values_list("initiative", "x", "y", "facets", "assessors", "is_contested")),
    }


MOVES = st.lists(st.tuples(st.sampled_from(["yellow", "green", "blue"]), st.integers(1, 40)), max_size=3)


@given(before=MOVES, sheet_zone=st.sampled_from(["yellow", "green", "blue"]), after=MOVES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_leaves_the_zones_as_if_the_table_had_not_been(before: Any, sheet_zone: str, after: Any) -> None:
    network = make_network()
    initiative = make_initiative(network)
    portfolio = make_portfolio(network, core=[initiative])
    steward = make_steward(portfolio)
    day = move(portfolio, initiative, steward, before, date(2020, 1, 1))
    day = date.fromordinal(day.toordinal() + 1)
    sheet = check(
        portfolio, f"Slug,Zone,Since,Driver of change\n{initiative.slug},{sheet_zone},{day},learning", steward
    )
    if not sheet.rows:
        return
    kept = list(ZoneStay.objects.filter(initiative=initiative).values_list("pk", flat=True))
    sheets.take_over(sheet=sheet, by=steward, at=AT)
    move(portfolio, initiative, steward, after, day)
    sheets.undo(sheet=sheet, by=steward, at=AT)

    left = list(ZoneStay.objects.filter(initiative=initiative).order_by("since_on", "pk"))
    assert set(kept) <= {each.pk for each in left}
    assert [each.until_on for each in left[:-1]] == [each.since_on for each in left[1:]]
    assert not left or left[-1].until_on is None


def move(portfolio: Portfolio, initiative: Initiative, by: Any, moves: Any, day: date) -> date:
    for zone, days in moves:
        current = ZoneStay.objects.filter(initiative=initiative, until_on=None).first()
        day = date.fromordinal(day.toordinal() + days)
        if current is None or current.zone.code != zone:
            change = zones.Change(zone, day, "learning")
            zones.change(initiative=initiative, portfolio=portfolio, change=change, by=by, at=AT)
    return day
