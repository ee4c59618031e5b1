"""What the stays on a board come to, as rows of numbers that each open the list they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from polyfolio.sensemaking.arithmetic.measures import Conversion, Days, Spans, conversion, days
from polyfolio.sensemaking.models import Region


@dataclass(frozen=True)
class ZoneMeasures:
    """One zone: days in it, and who went on from it; the last zone leads nowhere."""

    region: Region
    days: Days
    conversion: Conversion | None
    stood_href: str
    went_href: str


@dataclass(frozen=True)
class Measures:
    zones: Sequence[ZoneMeasures]
    last: Region | None
    platform: Sequence[str]
    handed_over: int
    handed_href: str


def measures(
    regions: Sequence[Region],
    spans: Spans,
    *,
    today: date,
    platform: Sequence[str],
    handed_over: int,
    href: Callable[..., str],
) -> Measures:
    """Every zone in its order, and how many were handed over."""
    last = regions[-1] if regions else None
    return Measures(
        zones=[
            ZoneMeasures(
                region=region,
                days=days(spans, region.position, today),
                conversion=conversion(spans, region.position) if region is not last else None,
                stood_href=href(stood=region.code),
                went_href=href(went_on=region.code),
            )
            for region in regions
        ],
        last=last,
        platform=platform,
        handed_over=handed_over,
        handed_href=href(handed_over="yes"),
    )
