"""The zones as fields with tokens: how many initiatives stand in each, countable by eye (after Neurath)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from polyfolio.lib.pictures.shapes import Facet, facet_mark, tenths

COLUMNS = 6
PITCH = 24.0
EDGE = 18.0
TOKEN_RADIUS = 7.0
LINE = 1.5
MOST_TOKENS = 60
"""More tokens in one field than this, and each stands for several initiatives."""
FEWEST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Token:
    """One initiative in a zone."""

    label: str
    href: str = ""
    facet: Facet = Facet.UNPLACED


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as a network names it; `key` chooses colour and pattern (`yellow`, `green`, `blue` or another)."""

    key: str
    label: str
    meaning: str
    count: int
    href: str = ""
    tokens: Sequence[Token] = ()


@dataclass(frozen=True, slots=True)
class DrawnToken:
    label: str
    href: str
    facet: Facet
    x: float
    y: float
    path: str


@dataclass(frozen=True, slots=True)
class Field:
    """A zone as drawn; `percent` is its part of everything in a zone."""

    key: str
    label: str
    meaning: str
    count: int
    href: str
    percent: int
    tokens: tuple[DrawnToken, ...]


@dataclass(frozen=True, slots=True)
class Zones:
    """All fields in the same size; a token stands for `per_token` initiatives."""

    width: float
    height: float
    edge_width: float
    edge_height: float
    per_token: int
    total: int
    fields: tuple[Field, ...]

    @property
    def has_facets(self) -> bool:
        """Whether the tokens' shapes say something."""
        return any(token.facet is not Facet.UNPLACED for field in self.fields for token in field.tokens)

    @property
    def fullest(self) -> Field | None:
        """The field with most in it, None where nothing is in any or two share the first place."""
        ranked = sorted(self.fields, key=lambda field: field.count, reverse=True)
        if not ranked or ranked[0].count == 0 or (len(ranked) > 1 and ranked[0].count == ranked[1].count):
            return None
        return ranked[0]

    @property
    def empty(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.count == 0)


def zones(given: Sequence[Zone]) -> Zones:
    """The fields for the zones in their order; with many initiatives a token stands for 2, 5, 10, … and has no name."""
    total = sum(zone.count for zone in given)
    most = max((zone.count for zone in given), default=0)
    per_token = _per_token(most)
    rows = max(FEWEST_ROWS, math.ceil(math.ceil(most / per_token) / COLUMNS))
    width, height = 2 * EDGE + (COLUMNS - 1) * PITCH, 2 * EDGE + (rows - 1) * PITCH
    return Zones(
        width=tenths(width),
        height=tenths(height),
        edge_width=tenths(width - LINE),
        edge_height=tenths(height - LINE),
        per_token=per_token,
        total=total,
        fields=tuple(_field(zone, total=total, per_token=per_token) for zone in given),
    )


def _per_token(most: int) -> int:
    step = 1
    while math.ceil(most / step) > MOST_TOKENS:
        step = {1: 2, 2: 5, 5: 10}[int(str(step)[0])] * 10 ** (len(str(step)) - 1)
    return step


def _field(zone: Zone, *, total: int, per_token: int) -> Field:
    return Field(
        key=zone.key,
        label=zone.label,
        meaning=zone.meaning,
        count=zone.count,
        href=zone.href,
        percent=round(100 * zone.count / total) if total else 0,
        tokens=tuple(_drawn(index, token) for index, token in enumerate(_tokens(zone, per_token=per_token))),
    )


def _tokens(zone: Zone, *, per_token: int) -> list[Token]:
    """The named tokens where each stands for one and all are given, else nameless ones."""
    count = math.ceil(zone.count / per_token)
    if per_token == 1 and len(zone.tokens) == zone.count:
        return sorted(zone.tokens, key=lambda token: (list(Facet).index(token.facet), token.label))
    return [Token(label="")] * count


def _drawn(index: int, token: Token) -> DrawnToken:
    row, column = divmod(index, COLUMNS)
    x = tenths(EDGE + column * PITCH)
    y = tenths(EDGE + row * PITCH)
    return DrawnToken(
        token.label, token.href, token.facet, x, y, facet_mark(token.facet, x=x, y=y, radius=TOKEN_RADIUS)
    )
