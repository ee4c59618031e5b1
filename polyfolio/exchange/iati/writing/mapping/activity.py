"""What an activity says, as rows of ours. Pure: organisations stay keys until the batch has found them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.problems import Problem, problem
from polyfolio.exchange.iati.writing.mapping import money
from polyfolio.exchange.iati.writing.mapping.crosswalk import Crosswalk
from polyfolio.exchange.iati.writing.mapping.mentions import Key, Mentions, text_of
from polyfolio.exchange.iati.writing.mapping.parts import PARTS, Rows, without_repeats
from polyfolio.exchange.iati.writing.results import ResultTree, result_trees
from polyfolio.lib.fields import shorten
from polyfolio.lib.texts import Texts
from polyfolio.portfolios.choices import MAX_OTHER_GOALS, InitiativeStatus, ParticipationRole, SdgStanding

UNSTATED = "und"
# Plain text, not members: a driver adapts each member anew.
MAIN, IMPORTED = SdgStanding.MAIN.value, SdgStanding.IMPORTED.value
REPORTING = ParticipationRole.REPORTING.value
SDG_SECTORS = frozenset({"7", "8"})
LABEL = 300
HALF = 50
# What a small integer column holds.
MOST_POSITIONS = 32_000


@dataclass(slots=True)
class Mapped:
    """An activity in our words. Organisations in `rows` are keys of `mentions` until `settle` puts ids in their place.

    `links` are (kind, is reversed, identifier of the other).
    """

    values: dict[str, Any]
    rows: dict[str, Rows]
    results: list[ResultTree]
    links: list[tuple[str, bool, str]]
    problems: list[Problem] = field(default_factory=list)

    def settle(self, ids: dict[Key, int]) -> None:
        """Put organisations' ids in place of their keys; who could not be found is left out, or stays a name."""
        participations = ((ids[row[0]], *row[1:]) for row in self.rows["participations"] if row[0] in ids)
        self.rows["participations"] = without_repeats(PARTS["participations"], participations)
        self.rows["transactions"] = [money.settled(row, ids) for row in self.rows["transactions"]]


def map_activity(
    found: data.ActivityData, *, crosswalk: Crosswalk, mentions: Mentions, today: date, place: tuple[int, int] = (0, 0)
) -> Mapped:
    """Every part of the activity that has a field here; `place` is its ordinal and line, for problems."""
    problems: list[Problem] = []

    def report(code: str, element: str, value: str = "", **params: str | int) -> None:
        ordinal, line = place
        problems.append(
            problem(
                code, ordinal=ordinal, line=line, identifier=found.identifier, element=element, value=value, **params
            )
        )

    rows = {
        "identifiers": without_repeats(PARTS["identifiers"], _identifiers(found)),
        "participations": _participations(found, crosswalk, mentions, report),
        "territories": list(_territories(found)),
        "places": list(_places(found)),
        "sectors": without_repeats(PARTS["sectors"], _sectors(found)),
        "sdgs": _sdgs(found, report),
        "documents": without_repeats(PARTS["documents"], _documents(found.documents)),
        "contacts": list(_contacts(found.contacts)),
        "transactions": list(money.transactions(found.transactions, mentions, report)),
        "budgets": list(money.budgets(found.budgets, report)),
        "planned_disbursements": list(money.planned_disbursements(found.planned_disbursements)),
    }
    return Mapped(
        values=_values(found, crosswalk, today, report),
        rows=rows,
        results=result_trees(found.results, crosswalk),
        links=_links(found, crosswalk),
        problems=problems,
    )


def _values(found: data.ActivityData, crosswalk: Crosswalk, today: date, report: money.Report) -> dict[str, Any]:
    summary = found.descriptions.get("1", {})
    objectives = found.descriptions.get("2", {})
    status = crosswalk.statuses.get(found.status)
    if status is None:
        status = _status_by_dates(found, today)
        report("status-by-dates", "activity-status", found.status, read_as=str(InitiativeStatus(status).label))
    languages = sorted({*found.titles, *summary, *objectives} - {UNSTATED})
    return {
        "title": found.titles or {UNSTATED: found.identifier},
        "summary": summary,
        "objectives": objectives,
        "status": status,
        "planned_start_on": found.planned_start_on,
        "planned_end_on": found.planned_end_on,
        "actual_start_on": found.actual_start_on,
        "actual_end_on": found.actual_end_on,
        "languages": languages,
    }


def _status_by_dates(found: data.ActivityData, today: date) -> str:
    """A status is needed here; where the source states none that is known, its actual dates say the most."""
    if found.actual_end_on is not None and found.actual_end_on <= today:
        return InitiativeStatus.CLOSED.value
    if found.actual_start_on is not None and found.actual_start_on <= today:
        return InitiativeStatus.IMPLEMENTATION.value
    return InitiativeStatus.PIPELINE.value


def label_of(texts: Texts) -> str:
    """The column beside a title, as saving the record would fill it."""
    return shorten(text_of(texts), LABEL)


def _identifiers(found: data.ActivityData) -> Iterator[tuple[Any, ...]]:
    for item in found.other_identifiers:
        if item.ref:
            scheme = item.type[:40] if item.type and item.type != "iati" else "other"
            yield scheme, item.ref, text_of(item.owner_names)[:300], item.owner_ref


def _participations(found: data.ActivityData, crosswalk: Crosswalk, mentions: Mentions, report: money.Report) -> Rows:
    rows: Rows = []
    reporting = found.reporting
    if reporting is not None:
        key = mentions.note(reporting.ref, reporting.names, reporting.type, is_wanted=True)
        if key is not None:
            rows.append((key, REPORTING, text_of(reporting.names)[:500], reporting.ref, 0))
    for item in found.participations:
        role = crosswalk.roles.get(item.role)
        if role is None:
            report("role-left-out", "participating-org", item.role, name=text_of(item.names) or item.ref)
            continue
        key = mentions.note(item.ref, item.names, item.type, is_wanted=True)
        if key is not None:
            position = min(len(rows), MOST_POSITIONS)
            rows.append((key, role, text_of(item.names)[:500], item.ref, position))
    return rows


def _territories(found: data.ActivityData) -> Iterator[tuple[Any, ...]]:
    """The activity's own; where it states none, those of its transactions, without shares."""
    countries: Iterable[data.Country] = found.countries
    regions: Iterable[data.Region] = found.regions
    is_own = bool(found.countries or found.regions)
    if not is_own:
        countries = {item.code: item for each in found.transactions for item in each.countries}.values()
        regions = {(item.vocabulary, item.code): item for each in found.transactions for item in each.regions}.values()
    for country in countries:
        name = text_of(country.names)[:200]
        if country.code or name:
            yield country.code, "", "", name, country.percentage if is_own else None
    for region in regions:
        name, code = text_of(region.names)[:200], region.code if len(region.code) <= 40 else ""
        if code or name:
            yield "", code, region.vocabulary, name, region.percentage if is_own else None


def _places(found: data.ActivityData) -> Iterator[tuple[Any, ...]]:
    country = found.countries[0].code if len(found.countries) == 1 else ""
    for item in found.locations:
        name = shorten(text_of(item.names) or text_of(item.descriptions), LABEL)
        if name or item.latitude is not None:
            yield name, country, item.latitude, item.longitude


def _sectors(found: data.ActivityData) -> Iterator[tuple[Any, ...]]:
    """The activity's own; where it states none, those of its transactions, without shares. Goals are none here."""
    is_own = bool(found.sectors)
    sectors = found.sectors or tuple(item for each in found.transactions for item in each.sectors)
    for item in sectors:
        name = text_of(item.names)[:300]
        code = item.code or name[:80]
        if code and not (item.vocabulary in SDG_SECTORS and _is_goal(found, code)):
            yield item.vocabulary, code, name, item.percentage if is_own else None


def _is_goal(found: data.ActivityData, code: str) -> bool:
    """Whether the code became a goal or target, however it is written."""
    bare = code.upper().removeprefix("SDG").lstrip(" -").lstrip("0").lower()
    return any(bare in {str(mention.goal), mention.target} for mention in found.sdgs)


def _sdgs(found: data.ActivityData, report: money.Report) -> Rows:
    """All that are named; the main one only where the source leaves no doubt."""
    goals = {mention.goal for mention in found.sdgs}
    main = _main_goal(found, goals)
    if len(goals) > MAX_OTHER_GOALS + (main is not None):
        report("goals-to-choose", "tag", ", ".join(str(goal) for goal in sorted(goals)), count=len(goals))
    rows: Rows = []
    for mention in sorted(found.sdgs, key=lambda each: (each.goal, each.target)):
        is_main = mention.goal == main and all(row[2] != MAIN for row in rows)
        rows.append((mention.goal, mention.target, MAIN if is_main else IMPORTED))
    return rows


def _main_goal(found: data.ActivityData, goals: set[int]) -> int | None:
    """The only goal, or the one that has more than half of the stated shares."""
    if len(goals) == 1:
        return next(iter(goals))
    shares: dict[int, Any] = {}
    for mention in found.sdgs:
        if mention.percentage is not None:
            shares[mention.goal] = shares.get(mention.goal, 0) + mention.percentage
    return next((goal for goal, share in shares.items() if share > HALF), None)


def _documents(links: Iterable[data.DocumentLink]) -> Iterator[tuple[Any, ...]]:
    for item in links:
        if item.url:
            categories, languages = list(item.categories), list(item.languages)
            label = label_of(item.titles) if item.titles else ""
            yield item.url, item.titles, label, item.format[:100], languages, categories, item.published_on


def _contacts(contacts: Iterable[data.Contact]) -> Iterator[tuple[Any, ...]]:
    for item in contacts:
        row = (
            text_of(item.organisation)[:300],
            text_of(item.department)[:300],
            text_of(item.person)[:200],
            text_of(item.job_title)[:200],
            next((each for each in item.telephones if len(each) <= 80), ""),
            next((each for each in item.emails if len(each) <= 254), ""),
            next((each for each in item.websites if len(each) <= 500), ""),
            text_of(item.mailing_addresses[0]) if item.mailing_addresses else "",
        )
        if any(row):
            yield row


def _links(found: data.ActivityData, crosswalk: Crosswalk) -> list[tuple[str, bool, str]]:
    links: dict[tuple[str, bool, str], None] = {}
    for item in found.related_activities:
        known = crosswalk.links.get(item.type)
        if known is not None and item.ref and item.ref != found.identifier:
            links[*known, item.ref] = None
    return list(links)
