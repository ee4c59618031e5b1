"""Columns of the template, filled in with the portfolio's initiatives and what the person said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, InitiativeIdentifier
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.sheets import own_of
from polyfolio.web.lists import file_of

COLUMNS_EXPLAINED = (
    (_("Initiative, Slug or IATI identifier"), _("Which initiative the row is about; one of the three is enough.")),
    (_("Purpose, Driver"), _("What it is for and what pushes it: mis, enh, ada, ant or all.")),
    (_("MIS, ENH, ADA, ANT"), _("Or shares that add up to 100, where you want to be more exact.")),
    (_("Why"), _("Your reason, of any length up to some 5,000 words.")),
    (_("Zone, Since, Driver of change"), _("For stewards: where it stands, since when, and what drove it there.")),
)


@dataclass(frozen=True)
class Line:
    """One row of the template."""

    initiative: Initiative
    identifier: str
    own: Mapping[str, Any]
    zone: str
    since_on: date | None

    def share(self, facet: str) -> float | None:
        share: float | None = (self.own.get("shares") or {}).get(facet)
        return share


def _share(facet: Facet) -> Column[Line]:
    return Column(facet.value, facet.value.upper(), lambda line: line.share(facet.value), is_number=True)


TEMPLATE_COLUMNS: list[Column[Line]] = [
    Column("initiative", _("Initiative"), lambda line: line.initiative.label),
    Column("slug", _("Slug"), lambda line: line.initiative.slug),
    Column("identifier", _("IATI identifier"), lambda line: line.identifier),
    Column("purpose", _("Purpose"), lambda line: line.own.get("purpose", "")),
    Column("driver", _("Driver"), lambda line: line.own.get("driver", "")),
    *(_share(facet) for facet in Facet),
    Column("rationale", _("Why"), lambda line: line.own.get("rationale", "")),
    Column("zone", _("Zone"), lambda line: line.zone),
    Column("since", _("Since"), lambda line: line.since_on),
    Column("change", _("Driver of change"), lambda _line: ""),
]


def template_of(held: Holding, user: User, form: str) -> Any:
    """The template as a file, `xlsx` or `csv`. Five queries."""
    return file_of(TEMPLATE_COLUMNS, _lines(held, user), name=f"placements of {held.portfolio.slug}", form=form)


def _lines(held: Holding, user: User) -> Sequence[Line]:
    members = list(held.members().order_by("label", "pk"))
    own = own_of(held, user)
    stays = {
        pk: (zone, since)
        for pk, zone, since in held.stays()
        .filter(portfolio=held.portfolio)
        .values_list("initiative_id", "zone__code", "since_on")
    }
    rows = InitiativeIdentifier.objects.filter(initiative__in=held.members().order_by().values("pk"))
    identifiers: dict[int, str] = {}
    for pk, value in rows.order_by("pk").values_list("initiative_id", "value"):
        identifiers.setdefault(pk, value)
    return [
        Line(each, identifiers.get(each.pk, ""), own.get(each.pk, {}), *stays.get(each.pk, ("", None)))
        for each in members
    ]
