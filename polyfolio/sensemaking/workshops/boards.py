"""What a workshop's acts come to: pure folding of the one order in which they happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Protocol

from polyfolio.sensemaking.choices import ActKind

Where = tuple[int, str]
"""A step and what is placed or voted for in it."""


class Act(Protocol):
    sequence: Any
    seat_id: Any
    step: Any
    kind: Any
    target: Any
    payload: Any


@dataclass(frozen=True)
class Said:
    """A note or a proposal, and the dots it holds."""

    sequence: int
    step: int
    seat: int
    text: str
    layer: str = ""
    kind: str = ""
    target: str = ""
    dots: int = 0


@dataclass
class Board:
    """The state after all acts. `crossed` are moves that their mover made without having seen the one before."""

    places: dict[Where, dict[int, Mapping[str, Any]]] = field(default_factory=dict)
    moves: dict[Where, Mapping[str, Any]] = field(default_factory=dict)
    votes: dict[Where, set[int]] = field(default_factory=dict)
    notes: list[Said] = field(default_factory=list)
    proposals: list[Said] = field(default_factory=list)
    crossed: list[int] = field(default_factory=list)

    def position(self, step: int, target: str) -> Mapping[str, Any] | None:
        """Where a token stands: where it was moved last, else the middle of where people placed it."""
        moved = self.moves.get((step, target))
        if moved is not None:
            return moved
        return middle(list(self.places.get((step, target), {}).values()))

    def dots(self, target: str) -> int:
        return sum(len(seats) for (_step, each), seats in self.votes.items() if each == target)

    def spent(self, step: int, seat: int) -> int:
        """How many dots somebody has given in a step."""
        return sum(1 for (each, _target), seats in self.votes.items() if each == step and seat in seats)


def middle(given: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The median point, or the zone that most chose; a tie goes to the one chosen first."""
    zones = [each["zone"] for each in given if "zone" in each]
    if zones:
        return {"zone": Counter(zones).most_common(1)[0][0]}
    points = [each for each in given if "x" in each]
    if not points:
        return None
    return {"x": median(each["x"] for each in points), "y": median(each["y"] for each in points)}


def fold(acts: Iterable[Act]) -> Board:
    """The board after these acts; order matters only where the last one wins."""
    board = Board()
    said: list[tuple[str, Said]] = []
    for act in sorted(acts, key=lambda each: int(each.sequence)):
        where = (act.step, act.target)
        if act.kind == ActKind.PLACE:
            board.places.setdefault(where, {})[act.seat_id] = act.payload
        elif act.kind == ActKind.MOVE:
            board.moves[where] = act.payload
            if "crossed" in act.payload:
                board.crossed.append(act.sequence)
        elif act.kind == ActKind.VOTE:
            seats = board.votes.setdefault(where, set())
            (seats.add if act.payload.get("on") else seats.discard)(act.seat_id)
        elif act.kind in (ActKind.NOTE, ActKind.PROPOSE):
            said.append((act.kind, _said(act)))
    for kind, each in said:
        target = f"{kind}-{each.sequence}"
        counted = Said(**{**each.__dict__, "dots": board.dots(target)})
        (board.notes if kind == ActKind.NOTE else board.proposals).append(counted)
    board.proposals.sort(key=lambda each: (-each.dots, each.sequence))
    return board


def _said(act: Act) -> Said:
    return Said(
        sequence=act.sequence,
        step=act.step,
        seat=act.seat_id,
        text=str(act.payload.get("text", "")),
        layer=str(act.payload.get("layer", "")),
        kind=str(act.payload.get("kind", "")),
        target=act.target,
    )
