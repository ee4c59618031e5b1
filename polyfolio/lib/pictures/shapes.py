"""Points, paths and the marks that carry a facet without colour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice


class Facet(StrEnum):
    """The four tips of the diamond, and what stands on none of them."""

    MIS = "mis"
    ENH = "enh"
    ADA = "ada"
    ANT = "ant"
    MIXED = "mixed"
    UNPLACED = "unplaced"


TIPS = (Facet.MIS, Facet.ANT, Facet.ADA, Facet.ENH)
"""The tips clockwise from the top; neighbours in this ring share an edge of the diamond."""


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


DIRECTIONS: dict[Facet, Point] = {
    Facet.MIS: Point(0, -1),
    Facet.ANT: Point(1, 0),
    Facet.ADA: Point(0, 1),
    Facet.ENH: Point(-1, 0),
}
"""Where each tip lies from the middle, with y growing downwards as on a screen."""

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def tenths(value: float) -> float:
    """Rounded to what an eye can tell apart, and never minus zero."""
    return round(value, 1) + 0.0


def path(points: Iterable[Point], *, is_closed: bool = True) -> str:
    """The points as the `d` of an SVG path."""
    steps = [f"{tenths(point.x):g} {tenths(point.y):g}" for point in points]
    if not steps:
        return ""
    return f"M{'L'.join(steps)}{'Z' if is_closed else ''}"


def facet_mark(facet: Facet, *, x: float, y: float, radius: float) -> str:
    """The path of a facet's shape around a point: a triangle towards its tip, a diamond if mixed, a disc if unplaced.

    The shapes have about the same area, so that none seems to count more.
    """
    if facet is Facet.UNPLACED:
        small = tenths(radius * 0.9)
        return (
            f"M{tenths(x - small):g} {tenths(y):g}a{small:g} {small:g} 0 1 0 {tenths(2 * small):g} 0"
            f"a{small:g} {small:g} 0 1 0 {tenths(-2 * small):g} 0Z"
        )
    if facet is Facet.MIXED:
        return path(
            Point(x + direction.x * radius * 1.15, y + direction.y * radius * 1.15)
            for direction in (DIRECTIONS[tip] for tip in TIPS)
        )
    towards = DIRECTIONS[facet]
    tip = Point(x + towards.x * radius * 1.15, y + towards.y * radius * 1.15)
    base = Point(x - towards.x * radius * 0.75, y - towards.y * radius * 0.75)
    across = Point(-towards.y * radius * 1.15, towards.x * radius * 1.15)
    return path((tip, Point(base.x + across.x, base.y + across.y), Point(base.x - across.x, base.y - across.y)))


def spiral(*, spacing: float) -> Iterator[Point]:
    """Offsets that spread things evenly around one point, the first upon it, without end (Vogel, 1979)."""
    for index in count():
        radius, angle = spacing * math.sqrt(index), index * GOLDEN_ANGLE
        yield Point(radius * math.cos(angle), radius * math.sin(angle))


def sunflower(number: int, *, spacing: float) -> list[Point]:
    """The first offsets of that spiral."""
    return list(islice(spiral(spacing=spacing), number))


def line(values: Sequence[float], *, width: float, height: float) -> str:
    """A small line of values from left to right between zero and their greatest; empty for fewer than two."""
    if len(values) < 2:
        return ""
    top = max(*values, 0.0) or 1.0
    step = width / (len(values) - 1)
    return path(
        (Point(index * step, height - height * value / top) for index, value in enumerate(values)),
        is_closed=False,
    )
