"""Progress and status bars: parts of a whole side by side, and the mark of a target upon them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyfolio.lib.pictures.shapes import tenths

LENGTH = 100.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole; `tone` chooses its colour and pattern (`good`, `warn`, `bad`, `quiet` or a step 1–6)."""

    label: str
    count: int
    tone: str = "1"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    label: str
    count: int
    percent: int
    tone: str
    href: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class StatusBar:
    """Segments over a length of 100; what the parts do not cover stays empty. `target_x` is None without a target."""

    total: int
    segments: tuple[Segment, ...]
    target_x: float | None

    @property
    def percent(self) -> int:
        """How much of the whole the parts cover, never rounded up to all or down to nothing."""
        count = sum(segment.count for segment in self.segments)
        if not self.total or not count:
            return 0
        if count >= self.total:
            return 100
        return min(99, max(1, round(100 * count / self.total)))


def status_bar(parts: Sequence[Part], *, total: int | None = None, target: float | None = None) -> StatusBar:
    """A bar of the parts out of `total` (their sum unless given); `target` is a share from 0 to 1."""
    whole = sum(part.count for part in parts) if total is None else total
    segments = []
    done = 0
    for part in parts:
        if part.count <= 0 or whole <= 0:
            continue
        start, end = LENGTH * done / whole, LENGTH * (done + part.count) / whole
        done += part.count
        segments.append(
            Segment(
                label=part.label,
                count=part.count,
                percent=round(100 * part.count / whole),
                tone=part.tone,
                href=part.href,
                x=tenths(start),
                width=tenths(end - start),
            )
        )
    return StatusBar(whole, tuple(segments), None if target is None else tenths(LENGTH * target))
