import pytest

from polyfolio.lib.pictures.holes import CellKind, Heading, Hole, hole_matrix

ROWS = [Heading("food", "Food"), Heading("heat", "Heat")]
COLUMNS = [Heading("yellow", "Yellow", "yellow"), Heading("blue", "Blue", "blue")]
COUNTS = {("food", "yellow"): 3, ("heat", "blue"): 1}


def test_empty_matrix():
    matrix = hole_matrix(rows=[], columns=[], counts={})

    assert (matrix.rows, matrix.holes, matrix.empty, matrix.size, matrix.scale.limits) == ((), (), 0, 0, ())


def test_cells_count_and_lead_to_their_lists():
    matrix = hole_matrix(rows=ROWS, columns=COLUMNS, counts=COUNTS, href=lambda row, column: f"/{row}/{column}/")

    assert [[(cell.count, cell.level, cell.href) for cell in row.cells] for row in matrix.rows] == [
        [(3, 3, "/food/yellow/"), (0, 0, "/food/blue/")],
        [(0, 0, "/heat/yellow/"), (1, 1, "/heat/blue/")],
    ]
    assert (matrix.empty, matrix.size) == (2, 4)


@pytest.mark.parametrize(
    ("count", "is_wanted", "kind"),
    [
        (0, True, CellKind.HOLE),
        (1, True, CellKind.HOLE),
        (2, True, CellKind.FILLED),
        (2, False, CellKind.FILLED),
        (1, False, CellKind.THIN),
        (0, False, CellKind.EMPTY),
    ],
)
def test_only_a_wanted_cell_below_the_threshold_is_a_hole(count, is_wanted, kind):
    matrix = hole_matrix(
        rows=ROWS[:1],
        columns=COLUMNS[:1],
        counts={("food", "yellow"): count},
        wanted={("food", "yellow"): "why"} if is_wanted else {},
        threshold=2,
    )

    assert matrix.rows[0].cells[0].kind == kind


def test_holes_are_listed_with_their_reason():
    matrix = hole_matrix(
        rows=ROWS, columns=COLUMNS, counts=COUNTS, wanted={("heat", "yellow"): "law of 2027", ("food", "yellow"): "x"}
    )

    assert matrix.holes == (Hole(ROWS[1], COLUMNS[0], 0, "law of 2027", ""),)
