import pytest

from polyfolio.lib.pictures.shapes import Facet, Point, facet_mark, line, path, sunflower, tenths


def test_tenths_has_no_minus_zero():
    assert str(tenths(-0.01)) == "0.0"


def test_path_closes_by_default():
    assert path([Point(0, 0), Point(1.04, 2), Point(3, 4.06)]) == "M0 0L1 2L3 4.1Z"


def test_path_stays_open_when_asked():
    assert path([Point(0, 0), Point(1, 2)], is_closed=False) == "M0 0L1 2"


def test_path_of_nothing_is_empty():
    assert path([]) == ""


@pytest.mark.parametrize(
    ("facet", "tip"),
    [(Facet.MIS, "M8 0.5"), (Facet.ANT, "M15.5 8"), (Facet.ADA, "M8 15.5"), (Facet.ENH, "M0.5 8")],
)
def test_facet_mark_points_to_its_tip(facet, tip):
    assert facet_mark(facet, x=8, y=8, radius=6.5).startswith(tip)


def test_mixed_is_a_diamond():
    assert facet_mark(Facet.MIXED, x=10, y=10, radius=10) == "M10 -1.5L21.5 10L10 21.5L-1.5 10Z"


def test_unplaced_is_a_disc():
    assert facet_mark(Facet.UNPLACED, x=10, y=10, radius=10) == "M1 10a9 9 0 1 0 18 0a9 9 0 1 0 -18 0Z"


def test_sunflower_begins_in_the_middle_and_never_meets_itself():
    seeds = sunflower(50, spacing=5)

    distances = [((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 for i, a in enumerate(seeds) for b in seeds[i + 1 :]]
    assert (seeds[0], len(seeds), min(distances) > 4) == (Point(0, 0), 50, True)


def test_line_runs_from_zero_to_its_greatest():
    assert line([0, 5, 10], width=20, height=10) == "M0 10L10 5L20 0"


def test_line_of_one_value_is_empty():
    assert line([3], width=20, height=10) == ""


def test_line_of_nothing_but_zeros_lies_on_the_ground():
    assert line([0, 0], width=20, height=10) == "M0 10L20 10"
