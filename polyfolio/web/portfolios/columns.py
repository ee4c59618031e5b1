"""Columns of a portfolio's lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.lib.texts import best_text
from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries.dormancy import is_dormant
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.vocabulary.countries import country_name


def _reading(texts: Any) -> str:
    return best_text(texts, (get_language() or "en",))


def with_columns(rows: QuerySet[Initiative, Any], held: Holding) -> QuerySet[Initiative, Any]:
    """The rows with all that their columns show, in a fixed number of queries."""
    return rows.select_related("network").prefetch_related(
        "themes",
        "programmes",
        "territories",
        "sdgs",
        Prefetch("entries", held.entries(), to_attr="held_entries"),
        Prefetch("standings", held.standings(), to_attr="held_standings"),
        Prefetch("zone_stays", held.stays().select_related("zone"), to_attr="held_stays"),
    )


def _zone(row: Any) -> str:
    return ", ".join(_reading(stay.zone.title) for stay in row.held_stays)


def facet_words(row: Any) -> str:
    """The facets an initiative counts for, in words; blank where nobody placed it."""
    if not row.held_standings:
        return ""
    names = [str(Facet(name).label) for name in row.held_standings[0].facets.split()]
    return " + ".join(names) or gettext("mixed")


def _classes(row: Any) -> list[str]:
    return list(dict.fromkeys(str(entry.get_portfolio_class_display()) for entry in row.held_entries))


def _main_goal(row: Initiative) -> str:
    return next((each.target or str(each.goal) for each in row.sdgs.all() if each.standing == "main"), "")


def _goals(row: Initiative) -> list[int]:
    return sorted({each.goal for each in row.sdgs.all()})


def _countries(row: Initiative) -> list[str]:
    return list(dict.fromkeys(country_name(each.country) for each in row.territories.all() if each.country))


def initiative_columns(at: datetime) -> list[Column[Initiative]]:
    return [
        Column(
            "title",
            _("Initiative"),
            lambda row: _reading(row.title),
            sort=("label",),
            href=lambda row: row.get_absolute_url(),
        ),
        Column("status", _("Status"), lambda row: row.get_status_display(), sort=("status", "label")),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort=("kind", "label"), is_default=False),
        Column("zone", _("Zone"), _zone),
        Column("facet", _("Facet"), facet_words),
        Column("class", _("Class"), _classes, is_default=False),
        Column("themes", _("Themes"), lambda row: [_reading(theme.title) for theme in row.themes.all()]),
        Column("countries", _("Countries"), _countries),
        Column("main_goal", _("Main SDG goal"), _main_goal, is_default=False),
        Column("goals", _("SDG goals"), _goals, is_default=False),
        Column("programmes", _("Programmes"), lambda row: list(row.programmes.all()), is_default=False),
        Column("priority", _("Priority"), lambda row: row.get_priority_display(), sort=("priority",), is_default=False),
        Column("starts", _("Start"), lambda row: row.starts_on, sort=("starts_on",)),
        Column("ends", _("End"), lambda row: row.ends_on, sort=("ends_on",), is_default=False),
        Column("dormant", _("Dormant"), lambda row: _("dormant") if is_dormant(row, at) else "", is_default=False),
        Column("changed", _("Last change"), lambda row: row.updated_at, sort=("updated_at",)),
    ]


ORGANISATION_COLUMNS: list[Column[Organisation]] = [
    Column(
        "name",
        _("Organisation"),
        lambda row: _reading(row.title),
        sort=("label",),
        href=lambda row: row.get_absolute_url(),
    ),
    Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort=("kind", "label")),
    Column("country", _("Country"), lambda row: country_name(row.country) if row.country else "", sort=("country",)),
    Column(
        "initiatives",
        _("Initiatives here"),
        lambda row: row.held_count,  # type: ignore[attr-defined]  # annotated by the page
        sort=("held_count", "label"),
        is_number=True,
    ),
]


@dataclass(frozen=True)
class CountryRow:
    """A country with how many initiatives name it, and the list of these."""

    code: str
    name: str
    count: int
    href: str


COUNTRY_COLUMNS: list[Column[CountryRow]] = [
    Column("country", _("Country"), lambda row: row.name, href=lambda row: row.href),
    Column("code", _("Code"), lambda row: row.code),
    Column("initiatives", _("Initiatives"), lambda row: row.count, is_number=True),
]


@dataclass(frozen=True)
class MoneyRow:
    """What one flow comes to in a currency and year (blank: not known), over how many initiatives."""

    flow: str
    currency: str
    year: int | None
    amount: Any
    initiatives: int
    href: str


MONEY_COLUMNS: list[Column[MoneyRow]] = [
    Column("flow", _("Flow"), lambda row: row.flow),
    Column("currency", _("Currency"), lambda row: row.currency),
    Column("year", _("Year"), lambda row: row.year or "", is_number=True),
    Column("amount", _("Amount"), lambda row: row.amount, is_number=True),
    Column("initiatives", _("Initiatives"), lambda row: row.initiatives, is_number=True, href=lambda row: row.href),
]
