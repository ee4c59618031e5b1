"""What codes of facets are called, for people: one query for each facet that lives in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError
from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.texts import best_text
from polyfolio.network.choices import BodyKind, OrganisationKind
from polyfolio.network.models import Body, Organisation
from polyfolio.portfolios.choices import (
    InitiativeKind,
    InitiativeStatus,
    PortfolioClass,
    PortfolioStatus,
    ResourceKind,
)
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import DecisionKind, DecisionState
from polyfolio.sensemaking.models import Region
from polyfolio.vocabulary import countries, sdgs
from polyfolio.vocabulary.codelists import codes_of
from polyfolio.vocabulary.models import Theme
from polyfolio.web.templatetags.look import FACET_NAMES

Labels = Mapping[str, str]

FACET_LABELS: Mapping[str, StrPromise] = {
    "kind": _("What"),
    "theme": _("Theme"),
    "country": _("Country"),
    "sdg_goal": _("SDG goal"),
    "status": _("Status"),
    "year": _("Year"),
    "programme": _("Programme"),
    "portfolio": _("Portfolio"),
    "portfolio_class": _("Class in a portfolio"),
    "type": _("Type"),
    "sdg_target": _("SDG target"),
    "sector": _("Sector"),
    "organisation": _("Organisation"),
    "organisation_kind": _("Kind of organisation"),
    "facet": _("Facet"),
    "zone": _("Zone"),
    "language": _("Language"),
    "dormant": _("Dormancy"),
}
FIRST_FACETS = ("kind", "theme", "country", "sdg_goal", "status")
MORE_FACETS = tuple(name for name in FACET_LABELS if name not in FIRST_FACETS)

KIND_LABELS: Mapping[str, StrPromise] = {
    "initiative": _("Initiative"),
    "portfolio": _("Portfolio"),
    "organisation": _("Organisation"),
    "network": _("Network"),
    "resource": _("Resource"),
    "person": _("Person"),
    "body": _("Body"),
    "decision": _("Decision"),
}
KIND_ICONS: Mapping[str, str] = {
    "initiative": "bulb",
    "portfolio": "chart-dots",
    "organisation": "building",
    "network": "network",
    "resource": "book",
    "person": "user",
    "body": "users-group",
    "decision": "gavel",
}
DORMANCY: Mapping[str, StrPromise] = {"yes": _("no news for a long time"), "no": _("with news")}
STATUSES = {**dict(DecisionState.choices), **dict(PortfolioStatus.choices), **dict(InitiativeStatus.choices)}
TYPES = {
    **dict(BodyKind.choices),
    **dict(OrganisationKind.choices),
    **dict(ResourceKind.choices),
    **dict(InitiativeKind.choices),
    **dict(DecisionKind.choices),
}


def labels(facet: str, codes: Collection[str], user: Viewer) -> Labels:
    """The labels of `codes` in the reader's language. A code without one stands for itself, except where it names a
    record that this reader does not see: that one is left out. At most one query.
    """
    if facet in _RECORDS:
        return _record_labels(facet, codes, user) if codes else {}
    found = _SOURCES[facet](codes) if facet in _SOURCES else {}
    return {code: str(found.get(code, code)) for code in codes}


def seen_filters(filters: Mapping[str, tuple[str, ...]], user: Viewer) -> dict[str, tuple[str, ...]]:
    """The filters without what would tell of records that this reader does not see; a query for each such facet.

    A filter of which nothing is left finds nothing, as one on a record that does not exist.
    """
    return {
        facet: tuple(labels(facet, codes, user)) or (NOTHING,) if facet in _RECORDS else codes
        for facet, codes in filters.items()
    }


def _record_labels(facet: str, codes: Collection[str], user: Viewer) -> Labels:
    source = _RECORDS[facet]
    rows = source.rows(user).filter(**{f"{source.key}__in": list(codes)})
    found = {str(code): best_text(title, _reading()) for code, title in rows.values_list(source.key, "title")}
    return {code: found[code] for code in codes if code in found}


def _fixed(table: Mapping[str, object]) -> Callable[[Collection[str]], Labels]:
    def look_up(codes: Collection[str]) -> Labels:
        return {code: _first_upper(str(table[code])) for code in codes if code in table}

    return look_up


def _reading() -> tuple[str, ...]:
    return (get_language() or "en",)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _goal_labels(codes: Collection[str]) -> Labels:
    return {code: f"{code} {sdgs.goal_label(code, _reading()[0])}" for code in codes}


def _target_labels(codes: Collection[str]) -> Labels:
    return {code: f"{code} {sdgs.target_label(code, _reading()[0])}" for code in codes}


def _country_labels(codes: Collection[str]) -> Labels:
    return {code: countries.country_name(code, _reading()[0]) for code in codes}


def _language_labels(codes: Collection[str]) -> Labels:
    names = _locale().languages
    return {code: _first_upper(str(names[code])) for code in codes if code in names}


def _locale() -> Locale:
    try:
        return Locale.parse(_reading()[0].replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _sector_labels(codes: Collection[str]) -> Labels:
    """Groups of the DAC's sectors by their official names, where that code list is loaded; others are codes."""
    names = codes_of("SectorCategory")
    return {code: f"{code} {best_text(names[code], _reading())}" for code in codes if code in names}


_SOURCES: Mapping[str, Callable[[Collection[str]], Labels]] = {
    "kind": _fixed(KIND_LABELS),
    "type": _fixed(TYPES),
    "status": _fixed(STATUSES),
    "organisation_kind": _fixed(dict(OrganisationKind.choices)),
    "portfolio_class": _fixed({**dict(PortfolioClass.choices), "listed": _("listed, in no portfolio")}),
    "facet": _fixed(FACET_NAMES),
    "dormant": _fixed(DORMANCY),
    "sdg_goal": _goal_labels,
    "sdg_target": _target_labels,
    "country": _country_labels,
    "language": _language_labels,
    "sector": _sector_labels,
}


@dataclass(frozen=True)
class _Records:
    """Records that a facet's codes name: those that a reader sees, and the field that holds the code."""

    rows: Callable[[Viewer], QuerySet[Any]]
    key: str = "slug"


def _zones(user: Viewer) -> QuerySet[Any]:
    """Zones of every frame and of the portfolios that the reader sees; where a code is used twice the built-in wins."""
    known = Q(frame__portfolio__isnull=True) | Q(frame__portfolio__in=Portfolio.objects.visible_to(user))
    return Region.objects.filter(known).order_by(F("frame__portfolio").desc(nulls_last=True), "pk")


_RECORDS: Mapping[str, _Records] = {
    "theme": _Records(lambda _user: Theme.objects.all()),
    "zone": _Records(_zones, key="code"),
    "portfolio": _Records(Portfolio.objects.visible_to),
    "organisation": _Records(Organisation.objects.visible_to),
    "programme": _Records(Body.objects.visible_to),
}
NOTHING = "-"
