"""What making every example network has in common: drafts from texts, dates, money, placements and zones."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from polyfolio.funding.actions.money import MoneyRows
from polyfolio.network.models import Body, Organisation
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.actions.batches import Draft
from polyfolio.portfolios.models import Initiative
from polyfolio.vocabulary.models import Theme

TODAY = date(2026, 11, 1)
SILENT_SHARE = 0.03
NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)

Text = Mapping[str, Any]

LENGTHS = {"event": 3, "campaign": 9, "training": 12, "experiment": 14, "pilot": 20, "idea": 12}
SIZES = {"event": 12, "campaign": 60, "training": 45, "experiment": 80, "pilot": 160, "idea": 5, "programme": 900}
MIXED_VISIBILITY = (
    (Visibility.PUBLIC, 80),
    (Visibility.NETWORK, 14),
    (Visibility.STEWARDS, 5),
    (Visibility.PRIVATE, 1),
)


@dataclass(frozen=True)
class Who:
    """Who takes part in an initiative: its owner, its funder, and others who carry it out."""

    owner: Organisation
    funder: Organisation | None = None
    helpers: Sequence[Organisation] = ()


def themes_by_slug() -> dict[str, Theme]:
    return {theme.slug: theme for theme in Theme.objects.all()}


def draft(
    text: Text,
    who: Who,
    *,
    year: int,
    chance: random.Random,
    themes: Mapping[str, Theme],
    programmes: Sequence[Body] = (),
    visibility: str | None = None,
) -> Draft:
    """An initiative of a text, begun in `year`; everything else that it needs comes from `chance`."""
    begun, ended = span(text["kind"], text["status"], year, chance)
    others = range(len(text["targets"]))
    return Draft(
        title=in_languages(text, "title"),
        values={
            "summary": in_languages(text, "summary"),
            "objectives": in_languages(text, "objective"),
            "daily_life": in_languages(text, "daily_life"),
            "kind": text["kind"],
            "status": text["status"],
            "priority": chance.choice(("high", "medium", "medium", "low", "")),
            "methods": [text["method"]] if text.get("method") else [],
            "languages": list(in_languages(text, "summary")),
            "horizon_months": chance.choice((6, 12, 24, 36, 60, None)),
            "visibility": visibility or weighted(MIXED_VISIBILITY, chance),
            **dates(text["status"], begun, ended),
        },
        parts={
            "participations": participations(who),
            "territories": [{"country": country} for country in text.get("countries", ())],
            "places": places(text),
            "sdgs": goals([text["targets"][place] for place in others]),
        },
        related={
            "themes": [themes[slug] for slug in dict.fromkeys(text["themes"]) if slug in themes],
            "programmes": list(programmes),
        },
        at=written_at(begun, text["status"], chance),
    )


def in_languages(text: Text, name: str) -> dict[str, str]:
    """A text of the data in the languages it was written in: `title`, `title_sv`, `title_fr`…"""
    found = {"en": text.get(name, "")}
    found |= {key.removeprefix(f"{name}_"): value for key, value in text.items() if key.startswith(f"{name}_")}
    return {language: words for language, words in found.items() if isinstance(words, str) and words}


def span(kind: str, status: str, year: int, chance: random.Random) -> tuple[date, date]:
    """When an initiative of that kind begins in `year` and when it ends, so that its status is true today."""
    begun = date(year, 1, 1) + timedelta(days=chance.randrange(330))
    months = LENGTHS.get(kind, 30) * chance.uniform(0.7, 1.5)
    ended = begun + timedelta(days=int(months * 30))
    if status in {"closed", "cancelled"}:
        ended = min(ended, TODAY - timedelta(days=chance.randrange(10, 200)))
        begun = min(begun, ended - timedelta(days=20))
    elif status == "pipeline":
        begun = max(begun, TODAY + timedelta(days=chance.randrange(20, 240)))
        ended = begun + timedelta(days=int(months * 30))
    else:
        ended = max(ended, TODAY + timedelta(days=chance.randrange(20, 500)))
        begun = min(begun, TODAY - timedelta(days=20))
    return begun, ended


def dates(status: str, begun: date, ended: date) -> dict[str, date | None]:
    is_begun = status != "pipeline"
    is_ended = status in {"closed", "cancelled"}
    return {
        "planned_start_on": begun,
        "planned_end_on": ended,
        "actual_start_on": begun if is_begun else None,
        "actual_end_on": ended if is_ended else None,
    }


def written_at(begun: date, status: str, chance: random.Random) -> datetime:
    """The last substantive update: within a year and a half where work goes on, save for a few that fell silent."""
    is_open = status not in {"closed", "cancelled"} and chance.random() > SILENT_SHARE
    earliest = max(begun, TODAY - timedelta(days=540)) if is_open else begun
    latest = TODAY - timedelta(days=chance.randrange(1, 30))
    day = min(earliest + timedelta(days=chance.randrange(10, 700)), latest)
    return datetime(day.year, day.month, day.day, chance.randrange(7, 18), tzinfo=UTC)


def participations(who: Who) -> list[dict[str, Any]]:
    rows = [{"organisation": who.owner, "role": "accountable"}]
    if who.funder is not None and who.funder != who.owner:
        rows.append({"organisation": who.funder, "role": "funding"})
    taken = {who.owner.pk, who.funder.pk if who.funder else None}
    for helper in who.helpers:
        if helper.pk not in taken:
            rows.append({"organisation": helper, "role": "implementing"})
            taken.add(helper.pk)
    return rows


def places(text: Text) -> list[dict[str, Any]]:
    if not text.get("place"):
        return []
    country = next(iter(text.get("countries", ())), "")
    return [
        {
            "name": text["place"],
            "country": country,
            "latitude": text.get("latitude"),
            "longitude": text.get("longitude"),
        }
    ]


def goals(targets: Iterable[str]) -> list[dict[str, Any]]:
    """The first target is the main one; of the others at most five goals are kept, each with its first target."""
    rows: list[dict[str, Any]] = []
    seen: set[int] = set()
    for target in targets:
        goal = int(target.split(".")[0])
        if goal not in seen and len(rows) < 6:
            seen.add(goal)
            rows.append({"goal": goal, "target": target, "standing": "other" if rows else "main"})
    return rows


def weighted(choices: Sequence[tuple[Any, int]], chance: random.Random) -> Any:
    return chance.choices([choice for choice, _ in choices], [weight for _, weight in choices])[0]


# Money ------------------------------------------------------------------------------------------


def money(initiative: Initiative, *, currency: str, rate: float, chance: random.Random) -> MoneyRows:
    """What was promised and spent for an initiative. `rate`: how many of `currency` make a euro, roughly."""
    whole = SIZES.get(initiative.kind, 250) * chance.lognormvariate(0, 0.7) * 1000 * rate
    begun, ended = initiative.planned_start_on or TODAY, initiative.planned_end_on or TODAY
    transactions = []
    if initiative.status != "pipeline":
        transactions.append(_line("outgoing_commitment", whole, begun, currency))
        years = range(begun.year, min(ended.year, TODAY.year) + 1)
        for year in years:
            spent_on = min(max(date(year, chance.randrange(2, 12), 15), begun), TODAY)
            transactions.append(_line("expenditure", whole * 0.85 / len(years), spent_on, currency))
        if chance.random() < 0.03:
            transactions.append(_line("expenditure", -whole * 0.02, min(ended, TODAY), currency))
    budget = {
        "kind": "original",
        "status": "committed" if initiative.status != "pipeline" else "indicative",
        "starts_on": begun,
        "ends_on": ended,
        "amount": _rounded(whole),
        "currency": currency,
        "value_on": begun,
    }
    return MoneyRows(transactions=transactions, budgets=[budget])


def _line(kind: str, amount: float, made_on: date, currency: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "amount": _rounded(amount),
        "currency": currency,
        "made_on": made_on,
        "value_on": made_on,
    }


def _rounded(amount: float) -> Decimal:
    step = 100 if abs(amount) < 100_000 else 1000
    return Decimal(round(amount / step) * step)


def facet(text: Text, place: int) -> str:
    named: str = text["facets"][place]
    return "all" if named == "mixed" else named
