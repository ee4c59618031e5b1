"""Two days of one portfolio beside each other: pure arithmetic over frozen figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polyfolio.sensemaking.choices import Facet

Figures = Mapping[str, Any]
Place = tuple[str, str, str, str]

COUNTS = ("total", "under_way", "organisations", "countries", "placed", "mixed", "unplaced", "contested")


@dataclass(frozen=True)
class Shift:
    """One figure then and now; None where it was not known. Of shares, both are whole percents."""

    key: str
    then: int | None
    now: int | None

    @property
    def change(self) -> int | None:
        """Now less then: of shares, percentage points."""
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True)
class Holes:
    """Wanted places: holes then that are filled now, holes now that were none then, and holes of both days."""

    filled: Sequence[Place]
    opened: Sequence[Place]
    stayed: Sequence[Place]
    given_up: Sequence[Place]


@dataclass(frozen=True)
class Comparison:
    mix: Sequence[Shift]
    money: Sequence[Shift]
    counts: Sequence[Shift]
    zones: Sequence[Shift]
    distance: Shift
    holes: Holes

    @property
    def largest(self) -> Shift | None:
        """The facet whose share changed most; None where none did."""
        moved = [shift for shift in self.mix if shift.change]
        return max(moved, key=lambda shift: abs(shift.change or 0)) if moved else None


def compare(then: Figures, now: Figures) -> Comparison:
    """Either may be empty: what is not known then or now has no change."""
    zones = list(dict.fromkeys([*now.get("zones", {}), *then.get("zones", {})]))
    return Comparison(
        mix=_mix(then.get("mix"), now.get("mix")),
        money=_money(then.get("money"), now.get("money")),
        counts=[Shift(name, then.get(name), now.get(name)) for name in COUNTS],
        zones=[Shift(code, _zone(then, code), _zone(now, code)) for code in zones],
        distance=Shift("distance", _percent(then.get("distance")), _percent(now.get("distance"))),
        holes=_holes(then, now),
    )


def _mix(then: Figures | None, now: Figures | None) -> list[Shift]:
    return [
        Shift(facet.value, _percent((then or {}).get(facet.value)), _percent((now or {}).get(facet.value)))
        for facet in Facet
    ]


def _money(then: Figures | None, now: Figures | None) -> list[Shift]:
    """Of another flow or in another currency nothing can be compared: then what was is left out."""
    if now is None:
        return []
    is_same = then is not None and (then["flow"], then["currency"]) == (now["flow"], now["currency"])
    return _mix(then["mix"] if then is not None and is_same else None, now["mix"])


def _zone(figures: Figures, code: str) -> int | None:
    return figures["zones"].get(code, 0) if "zones" in figures else None


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


def _holes(then: Figures, now: Figures) -> Holes:
    before, after = _cells(then), _cells(now)
    if not then:
        return Holes([], [], [place for place, is_hole in after.items() if is_hole], [])
    holes_before = [place for place, is_hole in before.items() if is_hole]
    return Holes(
        filled=[place for place in holes_before if after.get(place) is False],
        opened=[place for place, is_hole in after.items() if is_hole and not before.get(place)],
        stayed=[place for place in holes_before if after.get(place)],
        given_up=[place for place in holes_before if place not in after],
    )


def _cells(figures: Figures) -> dict[Place, bool]:
    """Wanted places and whether each is a hole."""
    return {
        (each["row_dimension"], each["row"], each["column_dimension"], each["column"]): each["count"]
        < each["threshold"]
        for each in figures.get("wanted", ())
    }
