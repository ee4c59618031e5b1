"""What an initiative's page shows, read across the rooms in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.translation import get_language

from polyfolio.audit.visibility import Viewer
from polyfolio.files import queries as files
from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.queries import sums
from polyfolio.lib.gathering import gather
from polyfolio.lib.texts import best_language
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Entry, Initiative, InitiativeLink, InitiativeSdg
from polyfolio.portfolios.queries import dormancy, initiatives
from polyfolio.reporting.queries.results import results_of
from polyfolio.sensemaking.models import Standing, ZoneStay
from polyfolio.web.forms import language_name


@dataclass(frozen=True)
class Place:
    """Where the initiative stands in one portfolio: its class, facet and zone there."""

    entry: Entry
    standing: Standing | None
    stay: ZoneStay | None
    may_place: bool = False
    may_change_zone: bool = False

    @property
    def facet(self) -> str:
        """The facet with the largest share; mixed and unplaced have names of their own."""
        if self.standing is None:
            return "unplaced"
        if self.standing.is_mixed:
            return "mixed"
        shares = {name: getattr(self.standing, name) for name in ("mis", "enh", "ada", "ant")}
        return max(shares, key=lambda name: shares[name])


@dataclass(frozen=True)
class Relation:
    """A link read from this initiative's side."""

    link: InitiativeLink
    other: Initiative | None
    is_outward: bool


@dataclass(frozen=True)
class Money:
    """What one flow comes to, by currency; never one flow added to another."""

    flow: MoneyFlow
    amounts: Sequence[tuple[str, Decimal]]


def shown(user: Viewer, initiative: Initiative, at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with what there is."""
    around = gather(initiative, (*initiatives.AROUND, "standings"))
    takes_part = Prefetch("participations", initiatives.participations(user))
    prefetch_related_objects([initiative], takes_part)
    everyone: Any = initiative.participations.all()
    main, others = _goals(around["sdgs"])
    entries = list(initiatives.entries(user, initiative))
    may_edit = may(user, "portfolios.edit_initiative", initiative)
    return {
        "initiative": initiative,
        "around": around,
        "participations": [each for each in everyone if each.is_seen],
        "others": other_languages(initiative),
        "main_goal": main,
        "other_goals": others,
        "goals_to_choose": any(each.standing == "imported" for each in around["sdgs"]),
        "places": _places(user, initiative, entries, around["standings"], may_edit=may_edit),
        "relations": _relations(user, initiative),
        "resources": list(initiatives.resources(user, initiative)),
        "money": [Money(flow, sorted(amounts.items())) for flow, amounts in sums.of_initiative(initiative.pk).items()],
        "results": results_of(initiative.pk),
        "is_dormant": dormancy.is_dormant(initiative, at),
        "files": list(files.of(initiative)),
        "record_type": "initiative",
        "may_change": may_edit,
        "may_edit": may_edit,
        "may_delete": may(user, "portfolios.delete_initiative", initiative),
    }


def other_languages(initiative: Initiative) -> list[dict[str, str]]:
    """Title and summary in the languages that the page does not show already."""
    shown_in = best_language(initiative.summary, (get_language() or "en",))
    return [
        {
            "language": language,
            "name": language_name(language),
            "title": initiative.title.get(language, ""),
            "summary": summary,
        }
        for language, summary in sorted(initiative.summary.items())
        if language != shown_in
    ]


def _goals(sdgs: Sequence[InitiativeSdg]) -> tuple[InitiativeSdg | None, list[InitiativeSdg]]:
    rows = sorted(sdgs, key=lambda row: (row.goal, row.target))
    main = next((row for row in rows if row.standing == "main"), None)
    return main, [row for row in rows if row is not main]


def _places(
    user: Viewer, initiative: Initiative, entries: Sequence[Entry], standings: Sequence[Standing], *, may_edit: bool
) -> list[Place]:
    held = [entry.portfolio_id for entry in entries]
    stands = {each.portfolio_id: each for each in standings if each.region_id is None}
    looked_through = Q(frame__is_default=True) | Q(frame__portfolio__isnull=True)
    stays = initiative.zone_stays.filter(looked_through, portfolio__in=held, until_on__isnull=True)
    stays = stays.select_related("zone").order_by("frame__is_default", "pk")
    current = {each.portfolio_id: each for each in stays}
    return [
        Place(
            entry,
            stands.get(entry.portfolio_id),
            current.get(entry.portfolio_id),
            may_place=may_edit or may(user, "sensemaking.place_any", entry.portfolio),
            may_change_zone=may(user, "sensemaking.change_zone", entry),
        )
        for entry in entries
    ]


def _relations(user: Viewer, initiative: Initiative) -> list[Relation]:
    found = []
    for link in initiatives.links(user, initiative):
        is_outward = link.source_id == initiative.pk
        found.append(Relation(link, link.target if is_outward else link.source, is_outward))
    return found
