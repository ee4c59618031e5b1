"""The diamond: activity mix as a filled shape on the four tips, intended mix as an outline, initiatives as points.

The innovation facets are OECD OPSI's; that a share grows linearly from the middle to its tip is ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polyfolio.lib.pictures.shapes import DIRECTIONS, TIPS, Facet, Point, facet_mark, path, sunflower, tenths

SIZE = 480.0
MIDDLE = SIZE / 2
REACH = 204.0
POINT_REACH = 0.9
"""Points stay a little inside, so that those upon a tip have room to spread."""
POINT_RADIUS = 5.5
SPACING = 7.4
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


@dataclass(frozen=True, slots=True)
class Finding:
    """What the mix says, for the sentence above the picture."""

    strongest: Tip
    weakest: Tip
    widest_gap: Tip | None


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
    band: str = ""

    @property
    def contested(self) -> int:
        return sum(1 for mark in self.marks if mark.is_contested)


def diamond(
    *,
    actual: Mapping[str, float | None] | None = None,
    intended: Mapping[str, float] | None = None,
    points: Sequence[Placed] = (),
    hrefs: Mapping[str, str] | None = None,
    spread: tuple[Mapping[str, float], Mapping[str, float]] | None = None,
    full: float | None = None,
) -> Diamond:
    """The drawing for shares (0–1, keys `mis`, `enh`, `ada`, `ant`; a missing one is none) and single initiatives.

    `hrefs` holds the address of the list behind each tip. `spread` is the lower and upper end of a band around
    `actual`; `full` is the value that reaches a tip, chosen by the greatest one unless given. A share that is None is
    not known, and its tip says so.
    """
    full = full or _full_scale(actual, intended)
    tips = tuple(_tip(facet, actual, intended, full, (hrefs or {}).get(facet, "")) for facet in TIPS)
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
    facet: Facet,
    actual: Mapping[str, float | None] | None,
    intended: Mapping[str, float] | None,
    full: float,
    href: str,
) -> Tip:
    end = _at(facet, 1.0)
    direction = DIRECTIONS[facet]
    share = actual.get(facet, 0.0) if actual else None
    wish = intended.get(facet, 0.0) if intended else None
    return Tip(
        facet=facet,
        x=end.x,
        y=end.y,
        mark=facet_mark(facet, x=end.x + direction.x * 16, y=end.y + direction.y * 16, radius=9),
        share=share,
        intended=wish,
        vertex=None if share is None else _at(facet, share / full),
        intended_vertex=None if wish is None else _at(facet, wish / full),
        href=href,
    )


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
    """The points where they stand, those on one spot spread around it."""
    spots: dict[tuple[float, float], list[Placed]] = defaultdict(list)
    for point in points:
        spots[(round(point.x, 1), round(point.y, 1))].append(point)
    marks = []
    for (x, y), together in spots.items():
        room = _room(x, y)
        for point, offset in zip(together, sunflower(len(together), spacing=SPACING), strict=True):
            marks.append(_mark(point, Point(MIDDLE + x * room + offset.x, MIDDLE - y * room + offset.y)))
    return tuple(marks)


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
    )


def _finding(tips: Sequence[Tip]) -> Finding:
    ranked = sorted(tips, key=lambda tip: tip.share or 0.0, reverse=True)
    gaps = [tip for tip in tips if tip.gap]
    return Finding(
        strongest=ranked[0],
        weakest=ranked[-1],
        widest_gap=max(gaps, key=lambda tip: abs(tip.gap or 0), default=None),
    )
