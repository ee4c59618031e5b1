"""Figures are frozen twice, compared exactly, and never told to those who may not count them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.choices import Visibility
from polyfolio.people.rules import NotAllowedError
from polyfolio.sensemaking.actions import stocktakes
from polyfolio.sensemaking.arithmetic.comparisons import Shift, compare
from polyfolio.sensemaking.models import Stocktake
from polyfolio.sensemaking.queries.looking_back import stocktakes as queries
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, make_stocktake, make_target_mix

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
database = pytest.mark.django_db


@database
def test_closing_freezes_what_stewards_count_and_what_everybody_counts() -> None:
    seen, hidden = make_initiative(), make_initiative(visibility=Visibility.STEWARDS)
    portfolio = make_portfolio(core=[seen])
    make_entry(portfolio, hidden)
    make_placement(portfolio, seen, "mis")
    make_placement(portfolio, hidden, "ant")
    make_stay(portfolio, hidden, "green")
    make_target_mix(portfolio)
    steward = make_steward(portfolio)
    begun = stocktakes.begin(portfolio=portfolio, title=" Spring ", by=steward, at=AT, values={"purpose": "Look."})

    stocktakes.close(stocktake=begun, by=steward, at=AT)

    kept = Stocktake.objects.get()
    assert (kept.title, kept.held_on, kept.state, kept.closed_at) == ("Spring", AT.date(), "closed", AT)
    assert (kept.figures["total"], kept.open_figures["total"]) == (2, 1)
    assert kept.figures["mix"] == {"mis": 0.5, "enh": 0.0, "ada": 0.0, "ant": 0.5}
    assert kept.open_figures["mix"] == {"mis": 1.0, "enh": 0.0, "ada": 0.0, "ant": 0.0}
    assert (kept.figures["distance"], kept.figures["zones"]) == (0.5, {"": 1, "green": 1})
    assert queries.figures(steward, kept, AT.date()) == kept.figures
    assert queries.figures(make_user(), kept, AT.date()) == kept.open_figures
    logged = AuditRecord.objects.filter(subject_type="stocktake").values_list("after", flat=True)
    assert all("figures" not in after for after in logged)


@database
@pytest.mark.parametrize(
    "values",
    [
        {"title": " "},
        {"held_on": None},
        {"notes": {"weather": "x"}},
        {"notes": {"levers": "x" * 20_001}},
        {"gaps": "x" * 20_001},
    ],
)
def test_what_does_not_fit_is_refused(values: dict[str, Any]) -> None:
    portfolio = make_portfolio()
    stocktake = make_stocktake(portfolio)

    with pytest.raises(RefusedError):
        stocktakes.edit(stocktake=stocktake, values=values, by=make_steward(portfolio), at=AT)


@database
def test_a_closed_one_is_opened_before_it_changes_and_only_stewards_do() -> None:
    portfolio = make_portfolio()
    steward, stocktake = make_steward(portfolio), make_stocktake(portfolio)
    stocktakes.close(stocktake=stocktake, by=steward, at=AT)
    with pytest.raises(RefusedError):
        stocktakes.edit(stocktake=stocktake, values={"title": "x"}, by=steward, at=AT)
    with pytest.raises(RefusedError):
        stocktakes.close(stocktake=stocktake, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        stocktakes.reopen(stocktake=stocktake, by=make_user(), at=AT)

    stocktakes.reopen(stocktake=stocktake, by=steward, at=AT)

    assert stocktakes.edit(stocktake=stocktake, values={"title": "x"}, by=steward, at=AT) is not None


@database
def test_the_one_before_is_the_last_that_was_closed() -> None:
    portfolio = make_portfolio()
    make_stocktake(portfolio, held_on=date(2025, 1, 1), state="closed")
    before = make_stocktake(portfolio, held_on=date(2025, 6, 1), state="closed")
    make_stocktake(portfolio, held_on=date(2025, 9, 1))
    make_stocktake(make_portfolio(), held_on=date(2025, 12, 1), state="closed")
    now = make_stocktake(portfolio, held_on=date(2026, 1, 1))

    assert queries.previous(None, now) == before


def want(row: str, count: int, threshold: int = 2) -> dict[str, Any]:
    place = {"row_dimension": "theme", "row": row, "column_dimension": "zone", "column": "blue"}
    return place | {"count": count, "threshold": threshold}


def test_compare_says_points_and_which_holes_were_filled_or_opened() -> None:
    then = {"mix": {"mis": 0.5, "enh": 0.5, "ada": 0, "ant": 0}, "distance": 0.25, "total": 4}
    now = {"mix": {"mis": 0.25, "enh": 0.5, "ada": 0, "ant": 0.25}, "distance": 0.1, "total": 8}
    then |= {"wanted": [want("a", 0), want("b", 2), want("c", 1), want("d", 0)], "zones": {"blue": 1}}
    now |= {"wanted": [want("a", 2), want("b", 1), want("c", 0), want("e", 0)], "zones": {"": 2}}

    found = compare(then, now)

    assert [(shift.key, shift.change) for shift in found.mix] == [("mis", -25), ("enh", 0), ("ada", 0), ("ant", 25)]
    assert found.largest == Shift("mis", 50, 25)
    assert (found.distance.change, found.counts[0]) == (-15, Shift("total", 4, 8))
    assert found.zones == [Shift("", 0, 2), Shift("blue", 1, 0)]
    rows = {name: [place[1] for place in getattr(found.holes, name)] for name in found.holes.__dataclass_fields__}
    assert rows == {"filled": ["a"], "opened": ["b", "e"], "stayed": ["c"], "given_up": ["d"]}


def test_money_of_another_currency_is_not_compared() -> None:
    shares = {"mis": 1, "enh": 0, "ada": 0, "ant": 0}
    money = {"flow": "spent", "currency": "EUR", "mix": shares}

    assert compare({"money": money}, {"money": money | {"currency": "KES"}}).money[0] == Shift("mis", None, 100)
    assert compare({"money": money}, {"money": money}).money[0] == Shift("mis", 100, 100)


figures = st.fixed_dictionaries(
    {
        "total": st.integers(0, 99),
        "mix": st.none() | st.fixed_dictionaries({name: st.floats(0, 1) for name in ("mis", "enh", "ada", "ant")}),
        "zones": st.dictionaries(st.sampled_from(["yellow", "green", "blue", ""]), st.integers(0, 9)),
        "wanted": st.lists(
            st.builds(want, st.sampled_from("abcde"), st.integers(0, 4)), unique_by=lambda cell: cell["row"]
        ),
    }
)


@given(figures, figures)
def test_every_hole_is_said_once_and_backwards_is_the_opposite(then: dict[str, Any], now: dict[str, Any]) -> None:
    holes, back = compare(then, now).holes, compare(now, then)
    said = [*holes.filled, *holes.opened, *holes.stayed, *holes.given_up]

    assert len(said) == len(set(said))
    assert set(holes.stayed) == set(back.holes.stayed)
    assert set(holes.filled) <= set(back.holes.opened)
    changes = [shift.change for shift in compare(then, now).mix]
    assert changes == [None if each.change is None else -each.change for each in back.mix]


@given(figures)
def test_compared_with_itself_nothing_changed(same: dict[str, Any]) -> None:
    found = compare(same, same)

    assert found.largest is None
    assert (found.holes.filled, found.holes.opened, found.holes.given_up) == ([], [], [])
