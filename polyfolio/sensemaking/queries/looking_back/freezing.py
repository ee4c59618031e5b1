"""A portfolio's figures on one day, as JSON to be kept: what a stocktake freezes and the next one compares with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from polyfolio.sensemaking.arithmetic.mixes import Mix, Weight, distance
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.queries.dimensions import counts
from polyfolio.sensemaking.queries.figures import mix_of
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.intentions import target_mix, wanted
from polyfolio.sensemaking.queries.overview import Snapshot, organisations_seen, snapshot

Contribution = Callable[[Holding], Any]

_contributions: dict[str, Contribution] = {}


def contribute(name: str, figures: Contribution) -> None:
    """Let another part of the room freeze figures of its own under `name`: `figures(holding)` gives JSON values."""
    _contributions[name] = figures


def frozen(holding: Holding, on: date) -> dict[str, Any]:
    """What the holding's viewer can count: members, mix by count and by money, zones, wanted places and their counts.

    The number of queries does not grow with the portfolio.
    """
    found = snapshot(holding)
    mix, target = found.mix, target_mix(holding.portfolio)
    intended = None if target is None else dict(target.shares)
    shares = _shares(mix)
    return {
        "on": on.isoformat(),
        "total": found.total,
        "under_way": found.under_way,
        "organisations": organisations_seen(holding, found),
        "countries": len(found.countries),
        "placed": mix.placed,
        "mixed": mix.mixed,
        "unplaced": mix.unplaced,
        "contested": found.contested,
        "mix": shares,
        "money": _money(holding, found),
        "target": intended,
        "distance": None if mix.shares is None or target is None else round(distance(mix.shares, target.shares), 6),
        "zones": _zones(holding, found),
        "wanted": _wanted(holding),
        "more": {name: figures(holding) for name, figures in _contributions.items()},
    }


def _shares(mix: Mix) -> dict[str, float] | None:
    return None if mix.shares is None else {facet.value: round(share, 6) for facet, share in mix.shares.items()}


def _money(holding: Holding, found: Snapshot) -> dict[str, Any] | None:
    """The mix weighed by the flow that the overview shows, in the currency that most initiatives carry."""
    if not found.money:
        return None
    carried: dict[str, int] = {}
    for each in found.money:
        carried[each.currency] = carried.get(each.currency, 0) + each.initiatives
    currency = min(carried, key=lambda code: (-carried[code], code))
    flow = found.money[0].flow
    mix = mix_of(holding, total=found.total, weight=Weight.BUDGET, flow=flow, currency=currency)
    return {"flow": flow.value, "currency": currency, "known": mix.known, "mix": _shares(mix)}


def _zones(holding: Holding, found: Snapshot) -> dict[str, int]:
    codes = {zone.pk: zone.code for zone in regions_of(holding.portfolio, FrameKind.ZONES)}
    return {codes.get(zone, "") if zone else "": number for zone, number in found.zones.items()}


def _wanted(holding: Holding) -> list[Mapping[str, Any]]:
    cells = wanted(holding.portfolio)
    held = {
        pair: counts(holding, *pair)
        for pair in dict.fromkeys((cell.row_dimension, cell.column_dimension) for cell in cells)
    }
    return [
        {
            "row_dimension": cell.row_dimension,
            "row": cell.row,
            "column_dimension": cell.column_dimension,
            "column": cell.column,
            "threshold": cell.threshold,
            "count": held[cell.row_dimension, cell.column_dimension].get((cell.row, cell.column), 0),
        }
        for cell in cells
    ]
