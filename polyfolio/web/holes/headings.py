"""What the rows and columns of a matrix are called, in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.db.models import Min

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.pictures.holes import Heading
from polyfolio.network.choices import BodyKind, OrganisationKind
from polyfolio.network.models import Body
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.reporting.models import Indicator
from polyfolio.sensemaking.choices import Dimension, Facet, FrameKind, TermKind
from polyfolio.sensemaking.models import PortfolioTerm
from polyfolio.sensemaking.queries.dimensions import indicator_key
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.vocabulary.countries import choices as country_choices
from polyfolio.vocabulary.models import Theme
from polyfolio.vocabulary.sdgs import goals, targets
from polyfolio.web.portfolios.pictures import in_language
from polyfolio.web.search.labels import labels

Named = Callable[[Viewer, Portfolio, Collection[str]], Iterable[Heading]]

WHOLE = (
    Dimension.ZONE,
    Dimension.FACET,
    Dimension.SDG_GOAL,
    Dimension.PROGRAMME,
    Dimension.LEVER,
    Dimension.FIELD,
    Dimension.OWN_THEME,
)
"""Few enough values to show the empty ones as well; of the others only what is used or wanted, unless one asks."""
ENDLESS = (Dimension.COUNTRY, Dimension.SECTOR, Dimension.INDICATOR)
"""So many values that those which nothing has are never shown."""


def headings(user: Viewer, portfolio: Portfolio, dimension: Dimension, used: Collection[str]) -> list[Heading]:
    """Every value that a dimension can have here; of sectors and indicators only the used ones. At most one query.

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


def _targets(_user: Viewer, _portfolio: Portfolio, used: Collection[str]) -> Iterable[Heading]:
    """In the order of the goals; a code that is no target of theirs stands for itself, at the end."""
    known = [Heading(target.code, str(target)) for target in targets()]
    others = set(used) - {each.key for each in known}
    return [*known, *(Heading(code, code) for code in sorted(others))]


def _countries(_user: Viewer, _portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    return (Heading(code, name) for code, name in country_choices())


def _organisation_kinds(_user: Viewer, _portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    return (Heading(kind.value, kind.label[:1].upper() + kind.label[1:]) for kind in OrganisationKind)


def _programmes(user: Viewer, portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
    bodies = Body.objects.visible_to(user).filter(network=portfolio.network_id, kind=BodyKind.PROGRAMME)
    return (Heading(body.slug, in_language(body.title)) for body in bodies.order_by("position", "label"))


def _sectors(user: Viewer, _portfolio: Portfolio, used: Collection[str]) -> Iterable[Heading]:
    return (Heading(code, label) for code, label in sorted(labels("sector", used, user).items()))


def _terms(kind: TermKind) -> Named:
    def named(_user: Viewer, portfolio: Portfolio, _used: Collection[str]) -> Iterable[Heading]:
        rows = PortfolioTerm.objects.filter(portfolio=portfolio, kind=kind).order_by("position", "pk")
        return (Heading(term.code, in_language(term.title)) for term in rows)

    return named


def _indicators(user: Viewer, _portfolio: Portfolio, used: Collection[str]) -> Iterable[Heading]:
    """By the name that an initiative which the reader sees gives it."""
    if not used:
        return []
    seen = Indicator.objects.filter(result__initiative__in=Initiative.objects.visible_to(user))
    rows = seen.annotate(key=indicator_key()).filter(key__in=list(used)).order_by().values("key")
    named = rows.annotate(name=Min("label")).values_list("key", "name")
    return sorted((Heading(key, name or key) for key, name in named), key=lambda each: (each.label, each.key))


_HEADINGS: dict[Dimension, Named] = {
    Dimension.THEME: _themes,
    Dimension.ZONE: _zones,
    Dimension.FACET: _facets,
    Dimension.SECTOR: _sectors,
    Dimension.SDG_GOAL: _goals,
    Dimension.SDG_TARGET: _targets,
    Dimension.COUNTRY: _countries,
    Dimension.PROGRAMME: _programmes,
    Dimension.ORGANISATION_KIND: _organisation_kinds,
    Dimension.LEVER: _terms(TermKind.LEVER),
    Dimension.FIELD: _terms(TermKind.FIELD),
    Dimension.OWN_THEME: _terms(TermKind.OWN_THEME),
    Dimension.INDICATOR: _indicators,
}
