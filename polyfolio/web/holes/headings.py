"""What the rows and columns of a matrix are called, in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.holes import Heading
from polyfolio.network.choices import BodyKind
from polyfolio.network.models import Body
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Dimension, Facet, FrameKind
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.vocabulary.countries import choices as country_choices
from polyfolio.vocabulary.models import Theme
from polyfolio.vocabulary.sdgs import goals
from polyfolio.web.portfolios.pictures import in_language
from polyfolio.web.search.labels import labels

Named = Callable[[Viewer, Portfolio, Collection[str]], Iterable[Heading]]

WHOLE = (Dimension.ZONE, Dimension.FACET, Dimension.SDG_GOAL, Dimension.PROGRAMME)
"""Few enough values to show the empty ones as well; of the others only what is used or wanted, unless one asks."""


def headings(user: Viewer, portfolio: Portfolio, dimension: Dimension, used: Collection[str]) -> list[Heading]:
    """Every value that a dimension can have here; of sectors only the used ones. At most one query.

    A value that the reader may not see (a programme of a closed network) is left out.
    """
    return list(_HEADINGS[dimension](user, portfolio, used))


def _themes(_user: Viewer, _portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    return (Heading(theme.slug, in_language(theme.title)) for theme in Theme.objects.order_by("label", "pk"))


def _zones(_user: Viewer, portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    regions = regions_of(portfolio, FrameKind.ZONES)
    return (Heading(zone.code, in_language(zone.title), zone.key) for zone in regions)


def _facets(_user: Viewer, _portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    return (Heading(facet.value, facet.label.capitalize(), facet.value) for facet in Facet)


def _goals(_user: Viewer, _portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    return (Heading(goal.code, str(goal)) for goal in goals())


def _countries(_user: Viewer, _portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    return (Heading(code, name) for code, name in country_choices())


def _programmes(user: Viewer, portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    bodies = Body.objects.visible_to(user).filter(network=portfolio.network_id, kind=BodyKind.PROGRAMME)
    return (Heading(body.slug, in_language(body.title)) for body in bodies.order_by("position", "label"))


def _sectors(user: Viewer, _portfolio: Portfolio, used: Collection[str]) -> Iterable[Heading]:
    return (Heading(code, label) for code, label in sorted(labels("sector", used, user).items()))


_HEADINGS: dict[Dimension, Named] = {
    Dimension.THEME: _themes,
    Dimension.ZONE: _zones,
    Dimension.FACET: _facets,
    Dimension.SECTOR: _sectors,
    Dimension.SDG_GOAL: _goals,
    Dimension.COUNTRY: _countries,
    Dimension.PROGRAMME: _programmes,
}
