"""How the mix stood on past days, from the placements made by then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from polyfolio.sensemaking.arithmetic.diamond import Spot, facets_at, stand
from polyfolio.sensemaking.arithmetic.flags import Look
from polyfolio.sensemaking.arithmetic.mixes import Weighed, distance, mix
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Placement, TargetMix
from polyfolio.sensemaking.queries.holdings import Holding


def looks(holding: Holding, target: TargetMix | None, on: date, count: int) -> list[Look]:
    """The distance to the present target on `count` yearly days up to `on`, by count of initiatives. One query.

    Today's members are looked at, as they were placed by each day: a stand-in until looks are kept as records.
    """
    days = [_years_before(on, years) for years in reversed(range(count))]
    if target is None:
        return [Look(day, None) for day in days]
    intended = {Facet(name): float(share) for name, share in target.shares.items()}
    made = _placements(holding)
    found = []
    for day in days:
        shares = _shares(holding, made, datetime.combine(day, time.max, UTC))
        found.append(Look(day, None if shares is None else distance(shares, intended)))
    return found


Row = tuple[int, int, str, datetime, bool, float, float]


def _placements(holding: Holding) -> list[Row]:
    """Initiative, portfolio, assessor, when, whether agreed, x and y; the oldest first."""
    members = holding.members().order_by().values("pk")
    rows = Placement.objects.filter(
        portfolio__in=holding.portfolio_ids, frame=holding.facet_frame, initiative__in=members
    )
    names = ("initiative_id", "portfolio_id", "assessor_id", "assessor_label", "placed_at", "is_agreed", "x", "y")
    found = rows.order_by("placed_at", "pk").values_list(*names)
    return [(pk, where, f"{who or label}", at, agreed, x, y) for pk, where, who, label, at, agreed, x, y in found]


def _shares(holding: Holding, made: Sequence[Row], until: datetime) -> Mapping[Facet, float] | None:
    """The shares of the mix from what was said by then; each initiative stands where the nearest portfolio puts it."""
    said: dict[int, dict[int, dict[str, Spot]]] = defaultdict(lambda: defaultdict(dict))
    agreed: dict[tuple[int, int], Spot] = {}
    for pk, where, who, at, is_agreed, x, y in made:
        if at > until:
            break
        spots = said[pk][where]
        if is_agreed:
            agreed[pk, where] = (x, y)
        else:
            spots[who] = (x, y)
    stands: Counter[tuple[Facet, ...]] = Counter()
    for pk, places in said.items():
        where = next(each for each in holding.portfolio_ids if each in places)
        stands[_facets(list(places[where].values()), agreed.get((pk, where)))] += 1
    return mix([Weighed(facets, number, number, float(number)) for facets, number in stands.items()], unplaced=0).shares


def _facets(spots: Sequence[Spot], agreed: Spot | None) -> tuple[Facet, ...]:
    """The median is only asked where there is more than one view."""
    if agreed is not None:
        return facets_at(*agreed)
    return facets_at(*spots[0]) if len(spots) == 1 else stand(spots).facets


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
