"""The hole matrix: any two dimensions, with the cells that a steward wants filled and that are not standing out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from polyfolio.lib.pictures.scales import HeatScale, heat_scale


class CellKind(StrEnum):
    """A *hole* is below the threshold and wanted; *thin* is below it without anyone wanting it; else it is *filled*."""

    HOLE = "hole"
    THIN = "thin"
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Heading:
    """A row's or column's value: its key in the counts, its label, and the mark (a facet, a zone) shown beside it."""

    key: str
    label: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    column: Heading
    count: int
    level: int
    kind: CellKind
    is_wanted: bool
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    heading: Heading
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole with its place in words, for the list beside the matrix and the sentence above it."""

    row: Heading
    column: Heading
    count: int
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class HoleMatrix:
    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]
    holes: tuple[Hole, ...]
    empty: int
    scale: HeatScale

    @property
    def size(self) -> int:
        return len(self.columns) * len(self.rows)


def hole_matrix(
    *,
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    counts: Mapping[tuple[str, str], int],
    wanted: Mapping[tuple[str, str], str] | None = None,
    threshold: int = 1,
    thresholds: Mapping[tuple[str, str], int] | None = None,
    href: Callable[[str, str], str] = lambda _row, _column: "",
) -> HoleMatrix:
    """The matrix of counts by (row key, column key); `wanted` holds the reason of each cell that is to be filled.

    `thresholds` holds those of single cells, where they differ from `threshold`.
    Rows carry no totals: an initiative may stand in several of them, so they must not be added.
    """
    wishes = wanted or {}
    scale = heat_scale(max(counts.values(), default=0))

    def cell(row: Heading, column: Heading) -> Cell:
        place = (row.key, column.key)
        count = counts.get(place, 0)
        is_wanted = place in wishes
        return Cell(
            column=column,
            count=count,
            level=scale.level(count),
            kind=_kind(count, threshold=(thresholds or {}).get(place, threshold), is_wanted=is_wanted),
            is_wanted=is_wanted,
            reason=wishes.get(place, ""),
            href=href(row.key, column.key),
        )

    drawn = tuple(Row(row, tuple(cell(row, column) for column in columns)) for row in rows)
    return HoleMatrix(
        columns=tuple(columns),
        rows=drawn,
        holes=tuple(
            Hole(row.heading, each.column, each.count, each.reason, each.href)
            for row in drawn
            for each in row.cells
            if each.kind is CellKind.HOLE
        ),
        empty=sum(1 for row in drawn for each in row.cells if each.count == 0),
        scale=scale,
    )


def _kind(count: int, *, threshold: int, is_wanted: bool) -> CellKind:
    if count >= threshold:
        return CellKind.FILLED
    if is_wanted:
        return CellKind.HOLE
    return CellKind.EMPTY if count == 0 else CellKind.THIN
