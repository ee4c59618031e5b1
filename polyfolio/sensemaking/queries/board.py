"""Who stands where on a board, how each came there, and what its stays come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Initiative, InitiativeSector, Participation, PortfolioRole
from polyfolio.sensemaking.arithmetic.measures import Span
from polyfolio.sensemaking.models import Region, ZoneStay
from polyfolio.sensemaking.queries.dimensions import DAC
from polyfolio.sensemaking.queries.holdings import Holding


@dataclass(frozen=True)
class Member:
    """An initiative on the board: its present stay (None where it is in no zone) and those before, the newest first."""

    pk: int
    slug: str
    label: str
    facets: str | None = None
    is_contested: bool = False
    stay: ZoneStay | None = None
    earlier: Sequence[ZoneStay] = field(default_factory=tuple)


def members(holding: Holding, chosen: QuerySet[Initiative, Any]) -> list[Member]:
    """The chosen initiatives of the holding by name, each with its stays in the holding's frame. Three queries."""
    rows = list(chosen.order_by("label", "pk").values_list("pk", "slug", "label"))
    standings = holding.standings().values_list("initiative_id", "facets", "is_contested")
    places = {pk: (facets, contested) for pk, facets, contested in standings}
    trails = _trails(holding)
    found = []
    for pk, slug, label in rows:
        facets, is_contested = places.get(pk, (None, False))
        stay, earlier = trails.get(pk, (None, []))
        found.append(Member(pk, slug, label, facets, is_contested, stay, earlier))
    return found


def _trails(holding: Holding) -> dict[int, tuple[ZoneStay | None, list[ZoneStay]]]:
    """By initiative the present stay and the earlier ones, as the nearest portfolio tells them. One query."""
    by_initiative: dict[int, dict[int, list[ZoneStay]]] = defaultdict(lambda: defaultdict(list))
    rows = ever(holding).select_related("zone").order_by("-since_on", "-pk")
    for stay in rows:
        by_initiative[stay.initiative_id][stay.portfolio_id].append(stay)
    found = {}
    for pk, by_portfolio in by_initiative.items():
        nearest = next(each for each in holding.portfolio_ids if each in by_portfolio)
        present = next(
            (each for place in holding.portfolio_ids for each in by_portfolio.get(place, []) if each.until_on is None),
            None,
        )
        told = by_portfolio[present.portfolio_id if present else nearest]
        found[pk] = (present, [each for each in told if each is not present])
    return found


def ever(holding: Holding) -> QuerySet[ZoneStay, Any]:
    """Every stay, present and past, in the holding's frame of zones."""
    return ZoneStay.objects.filter(frame=holding.zone_frame, portfolio__in=holding.portfolio_ids)


def spans(holding: Holding, ids: set[int]) -> Mapping[int, list[Span]]:
    """The stays of these initiatives by initiative, for the measures. One query."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = ever(holding).order_by("since_on", "pk")
    for pk, position, since, until in rows.values_list("initiative_id", "zone__position", "since_on", "until_on"):
        if pk in ids:
            found[pk].append(Span(position, since, until))
    return found


def groups(colour: str, holding: Holding) -> dict[int, str]:
    """By initiative the key that colours it: its first theme, its first sector, or its class. One query."""
    held = holding.entries()
    if colour == "class":
        return dict(held.order_by("-pk").values_list("initiative_id", "portfolio_class"))
    inside = held.values("initiative_id")
    if colour == "sector":
        sectors = InitiativeSector.objects.filter(initiative__in=inside).order_by("-pk")
        rows = sectors.values_list("initiative_id", "vocabulary", "code")
        return {pk: code[:3] if vocabulary in DAC else f"{vocabulary}-{code}" for pk, vocabulary, code in rows}
    themes: QuerySet[Any, Any] = Initiative.themes.through.objects.filter(initiative__in=inside)
    return dict(themes.order_by("-theme__label", "-theme_id").values_list("initiative_id", "theme__slug"))


# What a measure counts, as conditions of the list that it opens ------------------------------------


def stood(holding: Holding, code: str) -> Q:
    """Initiatives that stand or ever stood in a zone."""
    return Q(pk__in=ever(holding).filter(zone__code=code).values("initiative_id"))


def went_on(holding: Holding, code: str) -> Q:
    """Those of them that came into a zone further on, on the day they first stood in this one or later."""
    later = ever(holding).filter(
        initiative=OuterRef("initiative"),
        zone__position__gt=OuterRef("zone__position"),
        since_on__gte=OuterRef("since_on"),
    )
    return Q(pk__in=ever(holding).filter(Exists(later), zone__code=code).values("initiative_id"))


def handed_over(holding: Holding) -> Q:
    """Those that came from another zone into the last one, where nobody who looks after the portfolio takes part.

    Who looks after it are the organisations with a role in the portfolio, as far as the viewer sees them.
    """
    last = Region.objects.filter(frame=holding.zone_frame).order_by("-position", "-pk").values("pk")[:1]
    before = ever(holding).filter(initiative=OuterRef("initiative"), since_on__lte=OuterRef("since_on"))
    before = before.exclude(zone__in=last)
    arrived = ever(holding).filter(Exists(before), zone__in=last, until_on__isnull=True)
    keepers = Participation.objects.filter(organisation__in=platform(holding))
    return Q(pk__in=arrived.values("initiative_id")) & ~Q(pk__in=keepers.values("initiative_id"))


def platform(holding: Holding) -> QuerySet[Organisation, Any]:
    """The organisations that look after the portfolio, as far as the viewer sees them."""
    roles = PortfolioRole.objects.filter(portfolio=holding.portfolio, organisation__isnull=False)
    seen: QuerySet[Organisation, Any] = Organisation.objects.visible_to(holding.viewer)
    return seen.filter(pk__in=roles.values("organisation_id"))
