"""What the front page shows: which networks and portfolios are open to this reader, and how much is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.world import CountryCount, World, world
from polyfolio.lib.texts import best_text
from polyfolio.network.models import Network, Organisation
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Initiative, InitiativeTerritory, Portfolio
from polyfolio.vocabulary.countries import country_name
from polyfolio.vocabulary.models import Theme

MOST_PORTFOLIOS = 8
LOOKED_AT = 200
MOST_NEWEST = 6
MOST_THEMES = 10


@dataclass(frozen=True)
class Front:
    """The front page for one reader. Each figure counts what this reader sees, on `on`."""

    networks: QuerySet[Network]
    portfolios: list[Portfolio]
    newest: QuerySet[Initiative]
    themes: list[tuple[str, str, int]]
    initiatives: int
    organisations: int
    countries: World
    located: int
    on: date


def front(user: Viewer, on: date) -> Front:
    """Eight queries, however much there is."""
    initiatives = Initiative.objects.visible_to(user)
    places = InitiativeTerritory.objects.filter(initiative__in=initiatives).exclude(country="")
    return Front(
        networks=Network.objects.visible_to(user).order_by("label", "pk"),
        portfolios=_portfolios(user),
        newest=initiatives.select_related("network").order_by("-updated_at", "-pk")[:MOST_NEWEST],
        themes=_themes(initiatives),
        initiatives=initiatives.count(),
        organisations=Organisation.objects.visible_to(user).count(),
        countries=_countries(places),
        located=places.aggregate(initiatives=Count("initiative", distinct=True))["initiatives"],
        on=on,
    )


def _countries(places: QuerySet[InitiativeTerritory]) -> World:
    address = reverse("search")
    rows = places.order_by().values_list("country").annotate(held=Count("initiative", distinct=True))
    return world(
        [
            CountryCount(code, country_name(code), held, f"{address}?kind=initiative&country={code}")
            for code, held in rows
        ]
    )


def _themes(initiatives: QuerySet[Any]) -> list[tuple[str, str, int]]:
    """The themes with most initiatives: slug, label, how many."""
    reading = (get_language() or "en",)
    rows = Initiative.themes.through.objects.filter(initiative__in=initiatives).values("theme_id")
    counted = rows.annotate(held=Count("initiative_id")).order_by("-held", "theme_id")[:MOST_THEMES]
    held = {row["theme_id"]: row["held"] for row in counted}
    named = Theme.objects.in_bulk(held)
    return [(named[pk].slug, best_text(named[pk].title, reading), count) for pk, count in held.items()]


def _portfolios(user: Viewer) -> list[Portfolio]:
    """The portfolios that hold most of what this reader sees, each with that count; of every network its greatest."""
    seen = Q(
        entries__state=AdmissionState.ADMITTED,
        entries__initiative__in=Initiative.objects.visible_to(user),
    )
    found = list(
        Portfolio.objects.visible_to(user)
        .select_related("network")
        .annotate(held=Count("entries", filter=seen))
        .order_by("-held", "label", "pk")[:LOOKED_AT]
    )
    greatest = {each.network_id: each.pk for each in reversed(found)}
    first = [each for each in found if greatest[each.network_id] == each.pk]
    others = [each for each in found if greatest[each.network_id] != each.pk]
    chosen = {each.pk for each in [*first, *others][:MOST_PORTFOLIOS]}
    return [each for each in found if each.pk in chosen]
