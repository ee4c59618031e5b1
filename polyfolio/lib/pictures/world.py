"""The world by country: a mark at each country whose area follows its count, so that it reads without colour.

The outlines stand in a file of the front-end build; `world_anchors.json` is written by the same script and says where
each country's mark belongs in the same drawing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from polyfolio.lib.pictures.scales import HeatScale, heat_scale
from polyfolio.lib.pictures.shapes import tenths

GREATEST_RADIUS = 0.024
"""Of the width shown: the mark of the country with most."""
LEAST_RADIUS = 0.0045
LABELLED_FROM = 0.0115
"""Of the width shown: smaller marks have no number inside."""
MARGIN = 0.2
NARROWEST = 420.0
ASPECT = 0.5


@dataclass(frozen=True, slots=True)
class Atlas:
    width: int
    height: int
    places: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CountryCount:
    """A country by its ISO 3166-1 alpha-2 code."""

    code: str
    name: str
    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class CountryMark:
    code: str
    name: str
    count: int
    href: str
    level: int
    x: float
    y: float
    radius: float
    font: float
    has_number: bool


@dataclass(frozen=True, slots=True)
class View:
    """The part of the drawing that is shown."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class World:
    """Marks from the greatest to the least, so that small ones stay reachable above; `off_map` have no place on it."""

    atlas_width: int
    atlas_height: int
    view: View
    marks: tuple[CountryMark, ...]
    off_map: tuple[CountryCount, ...]
    scale: HeatScale

    @property
    def countries(self) -> int:
        return len(self.marks) + len(self.off_map)

    @property
    def first(self) -> CountryMark | None:
        return self.marks[0] if self.marks else None


@cache
def atlas() -> Atlas:
    """The drawing's size and each country's place, read once."""
    read = json.loads(files("polyfolio.lib.pictures").joinpath("world_anchors.json").read_text())
    return Atlas(read["width"], read["height"], {code: (x, y) for code, (x, y) in read["countries"].items()})


def world(given: Sequence[CountryCount], *, is_cropped: bool = True) -> World:
    """The map for countries with at least one; cropped to them where they lie close together."""
    drawing = atlas()
    counted = sorted((each for each in given if each.count > 0), key=lambda each: (-each.count, each.name))
    on_map = [each for each in counted if each.code in drawing.places]
    scale = heat_scale(counted[0].count if counted else 0)
    view = _view([drawing.places[each.code] for each in on_map], drawing) if is_cropped else _whole(drawing)
    most = on_map[0].count if on_map else 1
    return World(
        atlas_width=drawing.width,
        atlas_height=drawing.height,
        view=view,
        marks=tuple(_mark(each, drawing.places[each.code], most=most, view=view, scale=scale) for each in on_map),
        off_map=tuple(each for each in counted if each.code not in drawing.places),
        scale=scale,
    )


def _whole(drawing: Atlas) -> View:
    return View(0.0, 0.0, float(drawing.width), float(drawing.height))


def _view(places: Sequence[tuple[int, int]], drawing: Atlas) -> View:
    """A frame around the places, half as high as wide, inside the drawing; the whole where they lie far apart."""
    if not places:
        return _whole(drawing)
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    width = max(right - left, (bottom - top) / ASPECT, NARROWEST) * (1 + 2 * MARGIN)
    if width > 0.62 * drawing.width:
        return _whole(drawing)
    height = width * ASPECT
    x = min(max((left + right - width) / 2, 0.0), drawing.width - width)
    y = min(max((top + bottom - height) / 2, 0.0), drawing.height - height)
    return View(tenths(x), tenths(y), tenths(width), tenths(height))


def _mark(country: CountryCount, place: tuple[int, int], *, most: int, view: View, scale: HeatScale) -> CountryMark:
    radius = view.width * max(LEAST_RADIUS, GREATEST_RADIUS * math.sqrt(country.count / most))
    digits = len(str(country.count))
    return CountryMark(
        code=country.code,
        name=country.name,
        count=country.count,
        href=country.href,
        level=scale.level(country.count),
        x=float(place[0]),
        y=float(place[1]),
        radius=tenths(radius),
        font=tenths(radius * (1.15 if digits == 1 else 1.9 / digits)),
        has_number=radius >= view.width * LABELLED_FROM,
    )
