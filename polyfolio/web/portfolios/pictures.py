"""The pictures of a portfolio, drawn from its figures; every mark opens the list it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from polyfolio.funding.queries.sums import YearSum
from polyfolio.lib.pictures import diamond, holes, sdgs, zones
from polyfolio.lib.pictures.money import Amount, MoneyPicture, Series
from polyfolio.lib.pictures.money import money as money_picture
from polyfolio.lib.pictures.shapes import Facet as Mark
from polyfolio.lib.pictures.world import CountryCount, World, world
from polyfolio.lib.texts import best_text
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.mixes import Mix
from polyfolio.sensemaking.choices import Dimension, Facet
from polyfolio.sensemaking.models import Region, Standing, TargetMix, WantedCell
from polyfolio.sensemaking.queries.intentions import wants_in
from polyfolio.vocabulary.countries import country_name
from polyfolio.vocabulary.models import Theme
from polyfolio.vocabulary.sdgs import goals

YEAR_NOT_KNOWN = 0


def list_of(portfolio: Portfolio, **filters: str | int) -> str:
    """The address of a portfolio's list with these filters, dormant ones among them, as every figure counts them."""
    query = urlencode({name.rstrip("_"): value for name, value in filters.items()} | {"dormant": "with"})
    return f"{reverse('portfolio_initiatives', args=[portfolio.slug])}?{query}"


def in_language(texts: Mapping[str, str] | None) -> str:
    return best_text(texts, (get_language() or "en",))


def mix(
    portfolio: Portfolio,
    found: Mix,
    target: TargetMix | None,
    standings: Iterable[Standing],
    *,
    earlier: Mapping[str, float] | None = None,
    said: Mapping[int, str] | None = None,
    part: Mapping[str, str] | None = None,
) -> diamond.Diamond:
    """The diamond: the mix as a shape, the intended one as an outline, initiatives as points, contested with halos.

    `said` is by initiative what hovering its point tells; `part` are filters that the lists behind the tips keep.
    """
    filters = dict(part or {})
    return diamond.diamond(
        actual={facet.value: share for facet, share in found.shares.items()} if found.shares else None,
        intended=target.shares if target is not None else None,
        earlier=earlier,
        points=[
            diamond.Placed(
                label=standing.initiative.label,
                x=standing.x,
                y=standing.y,
                facet=Mark(standing.facets.partition(" ")[0] or "mixed"),
                href=reverse("initiative", args=[standing.initiative.slug]),
                is_contested=standing.is_contested,
                spread=standing.spread,
                said=(said or {}).get(standing.initiative_id, ""),
            )
            for standing in standings
        ],
        hrefs={facet.value: list_of(portfolio, **(filters | {"facet": facet.value})) for facet in Facet},
    )


def playing_field(portfolio: Portfolio, regions: Iterable[Region], counts: Mapping[int | None, int]) -> zones.Zones:
    return zones.zones(
        [
            zones.Zone(
                key=region.key,
                label=in_language(region.title),
                meaning=in_language(region.description),
                count=counts.get(region.pk, 0),
                href=list_of(portfolio, zone=region.code),
            )
            for region in regions
        ]
    )


def sdg_strip(portfolio: Portfolio, named: Mapping[int, int], main: Mapping[int, int]) -> sdgs.SdgStrip:
    return sdgs.sdg_strip(
        main=main,
        other={goal: count - main.get(goal, 0) for goal, count in named.items()},
        labels={goal.number: goal.label for goal in goals()},
        href=lambda number: list_of(portfolio, goal=number),
    )


def countries(portfolio: Portfolio, counts: Mapping[str, int]) -> World:
    return world(
        [
            CountryCount(code, country_name(code), count, list_of(portfolio, country=code))
            for code, count in counts.items()
        ]
    )


def money(sums: Sequence[YearSum]) -> MoneyPicture:
    """One panel a currency. Sums whose year is not known stand beside the picture, not in it."""
    flows = list(dict.fromkeys(each.flow for each in sums))
    return money_picture(
        [
            Amount(year=each.year, currency=each.currency, series=each.flow.value, value=each.amount)
            for each in sums
            if each.year != YEAR_NOT_KNOWN
        ],
        series=[Series(flow.value, str(flow.label)) for flow in flows],
        is_stacked=False,
    )


def themes_by_zone(
    portfolio: Portfolio,
    themes: Sequence[Theme],
    regions: Sequence[Region],
    counts: Mapping[tuple[int, int], int],
    cells: Sequence[WantedCell],
) -> holes.HoleMatrix:
    """Themes that anything stands in, or that are wanted somewhere, by zone."""
    wants = wants_in(cells, Dimension.THEME, Dimension.ZONE)
    slugs, codes = {theme.pk: theme.slug for theme in themes}, {region.pk: region.code for region in regions}
    by_key = {(slugs[theme], codes[zone]): count for (theme, zone), count in counts.items() if zone in codes}
    used = {theme for theme, _zone in by_key} | {theme for theme, _zone in wants}
    return holes.hole_matrix(
        rows=[holes.Heading(theme.slug, in_language(theme.title)) for theme in themes if theme.slug in used],
        columns=[holes.Heading(region.code, in_language(region.title), region.key) for region in regions],
        counts=by_key,
        wanted={place: cell.reason for place, cell in wants.items()},
        thresholds={place: cell.threshold for place, cell in wants.items()},
        href=lambda theme, zone: list_of(portfolio, theme=theme, zone=zone),
    )
