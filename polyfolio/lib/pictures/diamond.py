"""The diamond: activity mix as a filled shape on the four tips, intended mix as an outline, initiatives as points.

The innovation facets are OECD OPSI's; that a share grows linearly from the middle to its tip is ours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyfolio.lib.pictures.shapes import DIRECTIONS, TIPS, Facet, Point, facet_mark, path, spiral, tenths

SIZE = 480.0
MIDDLE = SIZE / 2
REACH = 204.0
POINT_REACH = 0.9
"""Points stay a little inside, so that those upon a tip have room to spread."""
POINT_RADIUS = 5.5
SPACING = 7.4
NEAREST = 6.8
"""Marks never stand nearer to one another than this, whatever their positions."""
SHORTEST_ARROW = 8.0
HEAD = 9.0
QUARTERS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """One initiative on the diamond: x from exploiting (−1) to exploring (+1), y from responding (−1) to shaping (+1).

    `spread` is the greater interquartile range of x and y over its assessors; it sizes the halo of a contested one.
    """

    label: str
    x: float
    y: float
    facet: Facet = Facet.MIXED
    href: str = ""
    is_contested: bool = False
    spread: float = 0.0
    said: str = ""
    """Who placed it where and why, for hover and focus."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip with the share of activity upon it and the intended one (0–1), None where nothing is known."""

    facet: Facet
    x: float
    y: float
    mark: str
    share: float | None
    intended: float | None
    vertex: Point | None
    intended_vertex: Point | None
    href: str = ""
    earlier: float | None = None
    earlier_vertex: Point | None = None
    arrow: str = ""

    @property
    def earlier_percent(self) -> int | None:
        return None if self.earlier is None else round(self.earlier * 100)

    @property
    def change(self) -> int | None:
        """Percentage points more (+) or less (−) than before."""
        if self.percent is None or self.earlier_percent is None:
            return None
        return self.percent - self.earlier_percent

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(self.share * 100)

    @property
    def intended_percent(self) -> int | None:
        return None if self.intended is None else round(self.intended * 100)

    @property
    def gap(self) -> int | None:
        """Percentage points above (+) or below (−) what is intended."""
        if self.percent is None or self.intended_percent is None:
            return None
        return self.percent - self.intended_percent


@dataclass(frozen=True, slots=True)
class Ring:
    """A diamond of equal share."""

    percent: int
    path: str
    label_at: Point
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Petal:
    """The part of the mix between two neighbouring tips, shaded from one facet's colour to the other's."""

    first: Facet
    second: Facet
    path: str
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Mark:
    """An initiative as drawn."""

    label: str
    href: str
    facet: Facet
    x: float
    y: float
    path: str
    is_contested: bool
    halo: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the mix says, for the sentence above the picture."""

    strongest: Tip
    weakest: Tip
    widest_gap: Tip | None
    level: int = 1
    """How many facets share the greatest percentage: none of them leads where there are several."""


@dataclass(frozen=True, slots=True)
class Diamond:
    size: float
    middle: float
    frame: str
    rings: tuple[Ring, ...]
    tips: tuple[Tip, ...]
    petals: tuple[Petal, ...]
    actual: str
    intended: str
    marks: tuple[Mark, ...]
    finding: Finding | None
    earlier: str = ""
    band: str = ""

    @property
    def contested(self) -> int:
        return sum(1 for mark in self.marks if mark.is_contested)


def diamond(
    *,
    actual: Mapping[str, float | None] | None = None,
    intended: Mapping[str, float] | None = None,
    earlier: Mapping[str, float] | None = None,
    points: Sequence[Placed] = (),
    hrefs: Mapping[str, str] | None = None,
    spread: tuple[Mapping[str, float], Mapping[str, float]] | None = None,
    full: float | None = None,
) -> Diamond:
    """The drawing for shares (0–1, keys `mis`, `enh`, `ada`, `ant`; a missing one is none) and single initiatives.

    `earlier` is the mix to compare with, drawn as a line with arrows from it; `hrefs` holds the address of the list
    behind each tip. `spread` is the lower and upper end of a band around `actual`; `full` is the value that reaches a
    tip, chosen by the greatest one unless given. A share that is None is not known, and its tip says so.
    """
    full = full or _full_scale(actual, intended, earlier)
    tips = tuple(_tip(facet, (actual, intended, earlier), full, (hrefs or {}).get(facet, "")) for facet in TIPS)
    return Diamond(
        size=SIZE,
        middle=MIDDLE,
        frame=_outline(1.0),
        rings=_rings(full),
        tips=tips,
        petals=_petals(tips) if actual else (),
        actual=path(tip.vertex for tip in tips if tip.vertex) if actual else "",
        intended=path(tip.intended_vertex for tip in tips if tip.intended_vertex) if intended else "",
        marks=_marks(points),
        finding=_finding(tips) if actual else None,
        earlier=path(tip.earlier_vertex for tip in tips if tip.earlier_vertex) if earlier else "",
        band=_band(*spread, full) if spread else "",
    )


def _band(lower: Mapping[str, float], upper: Mapping[str, float], full: float) -> str:
    """The ring between two outlines, to be filled by the even-odd rule."""
    return " ".join(path(_at(facet, ends.get(facet, 0.0) / full) for facet in TIPS) for ends in (upper, lower))


def _full_scale(*mixes: Mapping[str, float | None] | Mapping[str, float] | None) -> float:
    """The share that reaches a tip: half, three quarters or all, whichever holds the greatest."""
    greatest = max((share or 0.0 for mix in mixes if mix for share in mix.values()), default=0.0)
    return next(full for full in (0.5, 0.75, 1.0) if greatest <= full or full == 1.0)


def _at(facet: Facet, part: float) -> Point:
    direction = DIRECTIONS[facet]
    return Point(tenths(MIDDLE + direction.x * part * REACH), tenths(MIDDLE + direction.y * part * REACH))


def _outline(part: float) -> str:
    return path(_at(facet, part) for facet in TIPS)


def _rings(full: float) -> tuple[Ring, ...]:
    return tuple(
        Ring(
            percent=round(part * full * 100),
            path=_outline(part),
            label_at=_at(Facet.MIS, part),
            is_labelled=part in {0.5, 1.0},
        )
        for part in QUARTERS
    )


def _tip(
    facet: Facet, mixes: Sequence[Mapping[str, float | None] | Mapping[str, float] | None], full: float, href: str
) -> Tip:
    end = _at(facet, 1.0)
    direction = DIRECTIONS[facet]
    share, wish, before = (mix.get(facet, 0.0) if mix else None for mix in mixes)
    vertex, intended_vertex, earlier_vertex = (
        None if each is None else _at(facet, each / full) for each in (share, wish, before)
    )
    return Tip(
        facet=facet,
        x=end.x,
        y=end.y,
        mark=facet_mark(facet, x=end.x + direction.x * 16, y=end.y + direction.y * 16, radius=9),
        share=share,
        intended=wish,
        vertex=vertex,
        intended_vertex=intended_vertex,
        href=href,
        earlier=before,
        earlier_vertex=earlier_vertex,
        arrow=_arrow(earlier_vertex, vertex),
    )


def _arrow(start: Point | None, end: Point | None) -> str:
    """A line from where a share stood to where it stands, with a head; none where that is too short to be seen."""
    if start is None or end is None:
        return ""
    length = math.hypot(end.x - start.x, end.y - start.y)
    if length < SHORTEST_ARROW:
        return ""
    along = Point((end.x - start.x) / length, (end.y - start.y) / length)
    back = Point(end.x - along.x * HEAD, end.y - along.y * HEAD)
    wings = [Point(back.x - side * along.y * HEAD / 2, back.y + side * along.x * HEAD / 2) for side in (1, -1)]
    return path((start, end), is_closed=False) + path((wings[0], end, wings[1]), is_closed=False)


def _petals(tips: Sequence[Tip]) -> tuple[Petal, ...]:
    centre = Point(MIDDLE, MIDDLE)
    petals = []
    for index, first in enumerate(tips):
        second = tips[(index + 1) % len(tips)]
        if first.vertex and second.vertex and (first.share or second.share):
            outline = path((centre, first.vertex, second.vertex))
            petals.append(Petal(first.facet, second.facet, outline, first.vertex, second.vertex))
    return tuple(petals)


def _marks(points: Sequence[Placed]) -> tuple[Mark, ...]:
    """The points where they stand; one whose spot is taken goes to the first free place on a spiral around it."""
    places: dict[tuple[float, float], Iterator[Point]] = {}
    taken: dict[tuple[int, int], list[Point]] = defaultdict(list)
    marks = []
    for point in points:
        spot = (round(point.x, 1), round(point.y, 1))
        if spot not in places:
            places[spot] = _around(spot)
        at = next(each for each in places[spot] if _is_free(each, taken))
        taken[_square(at)].append(at)
        marks.append(_mark(point, at))
    return tuple(marks)


def _around(spot: tuple[float, float]) -> Iterator[Point]:
    """Places from a spot outwards, without end."""
    x, y = spot
    room = _room(x, y)
    for offset in spiral(spacing=SPACING):
        yield Point(MIDDLE + x * room + offset.x, MIDDLE - y * room + offset.y)


def _square(at: Point) -> tuple[int, int]:
    return (math.floor(at.x / NEAREST), math.floor(at.y / NEAREST))


def _is_free(at: Point, taken: Mapping[tuple[int, int], Sequence[Point]]) -> bool:
    column, row = _square(at)
    near = ((column + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1))
    return all(math.hypot(at.x - each.x, at.y - each.y) >= NEAREST for square in near for each in taken.get(square, ()))


def _room(x: float, y: float) -> float:
    """How far a unit reaches; positions beyond the edge (|x| + |y| > 1) are drawn back onto it."""
    return REACH * POINT_REACH / max(1.0, abs(x) + abs(y))


def _mark(point: Placed, at: Point) -> Mark:
    return Mark(
        label=point.label,
        href=point.href,
        facet=point.facet,
        x=tenths(at.x),
        y=tenths(at.y),
        path=facet_mark(point.facet, x=at.x, y=at.y, radius=POINT_RADIUS),
        is_contested=point.is_contested,
        halo=tenths(POINT_RADIUS + 5 + 6 * min(point.spread, 2.0)),
        said=point.said,
    )


def _finding(tips: Sequence[Tip]) -> Finding:
    ranked = sorted(tips, key=lambda tip: tip.share or 0.0, reverse=True)
    gaps = [tip for tip in tips if tip.gap]
    return Finding(
        strongest=ranked[0],
        weakest=ranked[-1],
        widest_gap=max(gaps, key=lambda tip: abs(tip.gap or 0), default=None),
        level=sum(tip.percent == ranked[0].percent for tip in tips),
    )
