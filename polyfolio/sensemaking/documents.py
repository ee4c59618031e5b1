"""What this room adds to initiatives in the search index: their facets and zones in public portfolios.

What a portfolio that not everybody sees says of an initiative stays there: codes and their counts are everybody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q

from polyfolio.people.choices import Visibility
from polyfolio.sensemaking.models import Standing, ZoneStay

OPEN = {"portfolio__visibility": Visibility.PUBLIC, "portfolio__network__visibility": Visibility.PUBLIC}


def facets_and_zones(ids: Sequence[int]) -> Mapping[int, Mapping[str, tuple[str, ...]]]:
    """Facets (`mixed` where they are unclear) and current zones by initiative. Two queries."""
    facets: dict[int, dict[str, None]] = defaultdict(dict)
    zones: dict[int, dict[str, None]] = defaultdict(dict)
    standings = Standing.objects.filter(initiative__in=ids, region__isnull=True, **OPEN)
    for initiative, names in standings.values_list("initiative_id", "facets"):
        facets[initiative] |= dict.fromkeys(names.split() or ["mixed"])
    stays = ZoneStay.objects.filter(initiative__in=ids, **OPEN)
    looked_through = Q(frame__is_default=True) | Q(frame__portfolio__isnull=True)
    current = stays.filter(looked_through, until_on__isnull=True).order_by("pk")
    for initiative, zone in current.values_list("initiative_id", "zone__code"):
        zones[initiative][zone] = None
    return {pk: {"facet": tuple(facets[pk]), "zone": tuple(zones[pk])} for pk in dict.fromkeys([*facets, *zones])}
