"""What several people's scores say together."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration import scoring
from polyfolio.sensemaking.exploration.scoring import Spread, spread
from tests.sensemaking.exploration.answering import favouring

MIS, ENH, ADA, ANT = Facet


def fractions(*values: int) -> list[Fraction | None]:
    return [Fraction(value) for value in values]


def test_five_by_hand() -> None:
    assert spread(fractions(80, 20, 40, 60, 50)) == Spread(5, Fraction(50), Fraction(40), Fraction(60), Fraction(3, 5))


def test_quartiles_lie_between_the_values() -> None:
    found = spread(fractions(0, 10, 20, 30, 40, 50))

    assert found == Spread(6, Fraction(25), Fraction("12.5"), Fraction("37.5"), Fraction(1, 6))
    assert found.range == 25


@pytest.mark.parametrize("scores", [fractions(), fractions(1, 2, 3, 4), [*fractions(1, 2, 3, 4), None, None]])
def test_fewer_than_five_scores_are_not_told(scores: list[Fraction | None]) -> None:
    assert spread(scores) is None


def test_a_group_is_shown_from_five() -> None:
    four = scoring.group([scoring.result(favouring(MIS))] * 4)
    five = scoring.group([*[scoring.result(favouring(MIS))] * 4, scoring.result(favouring(ANT, others=False))])

    assert (four.is_shown, set(four.facets.values()), four.tendency) == (False, {None}, frozenset())
    assert five.is_shown
    assert five.medians == {MIS: 100, ENH: Fraction("87.5"), ADA: Fraction("81.25"), ANT: 75}
    assert five.tendency == set(Facet)
    assert five.facets[ANT] == Spread(5, Fraction(75), Fraction(75), Fraction(75), Fraction(1))
    assert five.capability is None


def test_a_facet_that_four_of_five_answered_is_not_told() -> None:
    """The fifth person's open question would else let four people's answers be read."""
    whole = [scoring.result({"focus": {"mis": 4, "enh": 4, "ada": 4, "ant": 4}})] * 4
    made = scoring.group([*whole, scoring.result({"focus": {"mis": 0}})])

    assert made.medians == {MIS: 100, ENH: None, ADA: None, ANT: None}


def test_support_is_shared_out() -> None:
    assert scoring.support_shares({MIS: Fraction(60), ENH: Fraction(30), ADA: Fraction(10), ANT: Fraction(0)}) == {
        MIS: Fraction(3, 5),
        ENH: Fraction(3, 10),
        ADA: Fraction(1, 10),
        ANT: Fraction(0),
    }
    assert scoring.support_shares(dict.fromkeys(Facet, Fraction(0))) is None
    assert scoring.support_shares({MIS: Fraction(60), ENH: Fraction(30), ADA: Fraction(10), ANT: None}) is None


def test_support_beside_activity() -> None:
    support = dict(zip(Facet, fractions(1, 0, 0, 0), strict=True))
    gap = scoring.support_gap(
        {facet: share or Fraction(0) for facet, share in support.items()}, {"mis": 0.25, "enh": 0.75}
    )

    assert gap == {MIS: Fraction(3, 4), ENH: Fraction(-3, 4), ADA: 0, ANT: 0}


@given(st.lists(st.fractions(0, 100), min_size=4, max_size=4))
def test_shares_of_support_sum_to_one(values: list[Fraction]) -> None:
    shares = scoring.support_shares(dict(zip(Facet, values, strict=True)))

    assert shares is None or sum(shares.values()) == 1


@given(st.lists(st.fractions(0, 100), min_size=5, max_size=30))
def test_quartiles_are_in_order(values: list[Fraction]) -> None:
    found = spread(values)

    assert found is not None
    assert min(values) <= found.lower <= found.median <= found.upper <= max(values)
    assert 0 <= found.share_high <= 1
