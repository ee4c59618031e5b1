import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyfolio.lib.pictures.diamond import MIDDLE, REACH, SIZE, Placed, diamond
from polyfolio.lib.pictures.shapes import Facet, Point

ACTUAL = {"mis": 0.4, "enh": 0.3, "ada": 0.2, "ant": 0.1}
INTENDED = {"mis": 0.25, "enh": 0.25, "ada": 0.25, "ant": 0.25}


def test_empty_diamond_has_a_frame_and_nothing_known():
    drawn = diamond()

    assert (
        drawn.actual,
        drawn.intended,
        drawn.petals,
        drawn.marks,
        drawn.finding,
        [tip.percent for tip in drawn.tips],
        [tip.gap for tip in drawn.tips],
    ) == ("", "", (), (), None, [None] * 4, [None] * 4)


def test_frame_reaches_all_four_tips():
    assert diamond().frame == "M240 36L444 240L240 444L36 240Z"


def test_shares_grow_evenly_towards_a_tip_that_means_half():
    drawn = diamond(actual=ACTUAL)

    assert [tip.vertex for tip in drawn.tips] == [
        Point(MIDDLE, round(MIDDLE - 0.8 * REACH, 1)),
        Point(round(MIDDLE + 0.2 * REACH, 1), MIDDLE),
        Point(MIDDLE, round(MIDDLE + 0.4 * REACH, 1)),
        Point(round(MIDDLE - 0.6 * REACH, 1), MIDDLE),
    ]


@pytest.mark.parametrize(("share", "full"), [(0.5, 50), (0.51, 75), (0.75, 75), (0.9, 100), (1.0, 100)])
def test_tip_means_the_next_step_that_holds_the_greatest_share(share, full):
    assert diamond(actual={"mis": share}).rings[-1].percent == full


def test_intended_mix_widens_the_scale_too():
    assert diamond(actual=ACTUAL, intended={"ant": 0.8}).rings[-1].percent == 100


def test_rings_label_half_and_all():
    assert [(ring.percent, ring.is_labelled) for ring in diamond(actual=ACTUAL).rings] == [
        (12, False),
        (25, True),
        (38, False),
        (50, True),
    ]


def test_gap_is_in_percentage_points():
    drawn = diamond(actual=ACTUAL, intended=INTENDED)

    assert {tip.facet: tip.gap for tip in drawn.tips} == {"mis": 15, "ant": -15, "ada": -5, "enh": 5}


def test_finding_names_strongest_weakest_and_widest_gap():
    finding = diamond(actual=ACTUAL, intended=INTENDED).finding

    assert finding is not None
    assert finding.widest_gap is not None
    assert (finding.strongest.facet, finding.weakest.facet, finding.widest_gap.facet) == ("mis", "ant", "mis")


def test_finding_has_no_gap_where_the_mix_is_as_intended():
    finding = diamond(actual=ACTUAL, intended=ACTUAL).finding

    assert finding is not None
    assert finding.widest_gap is None


def test_none_leads_where_several_stand_level():
    drawn = diamond(actual={"mis": 0.3, "enh": 0.3, "ada": 0.3, "ant": 0.1})

    assert drawn.finding is not None
    assert drawn.finding.level == 3


def test_petals_leave_out_neighbours_that_both_have_nothing():
    drawn = diamond(actual={"mis": 1.0})

    assert [(petal.first, petal.second) for petal in drawn.petals] == [("mis", "ant"), ("enh", "mis")]


def test_tips_lead_to_their_lists():
    drawn = diamond(actual=ACTUAL, hrefs={"mis": "/list/"})

    assert [tip.href for tip in drawn.tips] == ["/list/", "", "", ""]


def test_points_on_one_spot_spread_around_it():
    drawn = diamond(points=[Placed("a", 0, 1), Placed("b", 0, 1), Placed("c", 1, 0)])

    assert len({(mark.x, mark.y) for mark in drawn.marks}) == 3


def test_contested_points_are_counted_and_have_a_wider_halo():
    drawn = diamond(points=[Placed("a", 0, 0, is_contested=True, spread=1.0), Placed("b", 0.5, 0)])

    assert (drawn.contested, [mark.halo for mark in drawn.marks]) == (1, [16.5, 10.5])


def test_point_keeps_its_name_address_and_facet():
    mark = diamond(points=[Placed("Repair", 0, 0, Facet.ADA, "/repair/")]).marks[0]

    assert (mark.label, mark.href, mark.facet, mark.x, mark.y) == ("Repair", "/repair/", "ada", MIDDLE, MIDDLE)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_single_point_never_leaves_the_diamond(x, y):
    mark = diamond(points=[Placed("a", x, y)]).marks[0]

    assert abs(mark.x - MIDDLE) + abs(mark.y - MIDDLE) <= REACH


shares = st.dictionaries(st.sampled_from(["mis", "enh", "ada", "ant"]), st.floats(0, 1), max_size=4)


@given(shares, shares)
def test_everything_drawn_lies_on_the_sheet(actual, intended):
    drawn = diamond(actual=actual, intended=intended)

    numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", drawn.actual + drawn.intended + drawn.frame)]
    assert all(0 <= number <= SIZE for number in numbers)


@given(
    st.lists(
        st.tuples(st.sampled_from([-1.0, -0.5, -0.05, 0.0, 0.04, 0.5, 1.0]), st.sampled_from([-1.0, 0.0, 0.5, 1.0])),
        max_size=80,
    )
)
def test_points_never_cover_one_another(places):
    points = [Placed(str(number), x, y) for number, (x, y) in enumerate(places)]

    first, again = diamond(points=points).marks, diamond(points=points).marks

    gaps = [(one.x - other.x) ** 2 + (one.y - other.y) ** 2 for at, one in enumerate(first) for other in first[:at]]
    assert first == again
    assert all(gap > 6.5**2 for gap in gaps)


def test_earlier_mix_is_an_outline_with_arrows_where_something_moved():
    drawn = diamond(actual={"mis": 0.5, "ada": 0.5}, earlier={"mis": 1.0})

    assert [(tip.change, bool(tip.arrow)) for tip in drawn.tips] == [(-50, True), (0, False), (50, True), (0, False)]
    assert drawn.earlier != ""
    assert diamond(actual={"mis": 1.0}).earlier == ""


def test_what_was_said_stays_with_the_point():
    assert diamond(points=[Placed("x", 0, 0, said="Anna: why")]).marks[0].said == "Anna: why"
