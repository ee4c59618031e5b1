"""What stands around an initiative (who, where, sectors, goals, documents…), given as whole lists and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from polyfolio.audit.facts import Parts
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import clean_texts
from polyfolio.network.models import Network
from polyfolio.portfolios.choices import MAX_OTHER_GOALS, ParticipationRole, SdgStanding

TARGET = re.compile(r"^(?P<goal>1?\d)\.[0-9a-z]{1,2}$")
PERCENT_PLACES = Decimal("0.000001")

Row = dict[str, Any]

FIELDS: dict[str, tuple[str, ...]] = {
    "participations": ("organisation", "role", "name_given", "ref_given"),
    "territories": ("country", "region", "region_vocabulary", "name", "percentage"),
    "places": ("name", "country", "latitude", "longitude"),
    "sectors": ("vocabulary", "code", "name", "percentage"),
    "sdgs": ("goal", "target", "standing"),
    "identifiers": ("scheme", "value", "owner_name", "owner_ref"),
    "documents": ("url", "title", "format", "languages", "categories", "published_on"),
    "contacts": (
        "organisation",
        "department",
        "person",
        "job_title",
        "telephone",
        "email",
        "website",
        "address",
    ),
}
"""The parts of an initiative and what each row may hold."""

ONCE: dict[str, tuple[str, ...]] = {
    "participations": ("organisation", "role"),
    "sectors": ("vocabulary", "code"),
    "sdgs": ("goal", "target"),
    "identifiers": ("scheme", "value"),
    "documents": ("url",),
}


class TooManyGoalsError(RefusedError):
    """More than five other goals were chosen."""


def prepared(given: Parts, network: Network) -> dict[str, list[Row]]:
    """The lists as they are kept: known fields only, in order, percentages in one notation.

    Raises KeyError for what an initiative does not have, and RefusedError for rows that cannot stand together.
    """
    unknown = set(given) - set(FIELDS)
    if unknown:
        raise KeyError(f"An initiative has no {', '.join(sorted(unknown))}.")
    ready = {name: [_row(name, row) for row in rows] for name, rows in given.items()}
    for name, rows in ready.items():
        _refuse_twice(name, rows)
    check_sdgs(ready.get("sdgs", ()))
    for place, row in enumerate(ready.get("participations", ())):
        row["position"] = place
    for row in ready.get("identifiers", ()):
        row["network"] = network
    return ready


def check_sdgs(rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse unknown targets, two main goals, and more than five goals beside the main one."""
    for row in rows:
        target = row.get("target") or ""
        match = TARGET.match(target)
        if target and (match is None or int(match["goal"]) != row["goal"]):
            raise RefusedError(_("“%s” is no target of this goal.") % target, field="sdgs")
        if not 1 <= row["goal"] <= 17:
            raise RefusedError(_("Goals are numbered from 1 to 17."), field="sdgs")
    if len(_goals(rows, SdgStanding.MAIN)) > 1 or sum(_stands(row, SdgStanding.MAIN) for row in rows) > 1:
        raise RefusedError(_("Choose one main goal or target."), field="sdgs")
    others = _goals(rows, SdgStanding.OTHER) - _goals(rows, SdgStanding.MAIN)
    if len(others) > MAX_OTHER_GOALS:
        raise TooManyGoalsError(
            _("Choose at most %(most)s other goals; these are %(count)s. Which matter most?")
            % {"most": MAX_OTHER_GOALS, "count": len(others)},
            field="sdgs",
        )


def _stands(row: Mapping[str, Any], standing: SdgStanding) -> bool:
    return bool(row.get("standing", SdgStanding.OTHER) == standing)


def _goals(rows: Iterable[Mapping[str, Any]], standing: SdgStanding) -> set[int]:
    return {row["goal"] for row in rows if _stands(row, standing)}


def _row(name: str, given: Mapping[str, Any]) -> Row:
    unknown = set(given) - {*FIELDS[name], "position", "network"}
    if unknown:
        raise KeyError(f"{name} have no {', '.join(sorted(unknown))}.")
    row = {field: given[field] for field in FIELDS[name] if field in given}
    settle = _SETTLE.get(name)
    return settle(row) if settle is not None else row


def _with_percentage(row: Row) -> Row:
    if row.get("percentage") in (None, ""):
        return row | {"percentage": None}
    try:
        percentage = Decimal(str(row["percentage"])).quantize(PERCENT_PLACES)
    except InvalidOperation:
        raise RefusedError(_("“%s” is no percentage.") % row["percentage"], field="percentage") from None
    if not 0 <= percentage <= 100:
        raise RefusedError(_("A share is a percentage from 0 to 100."), field="percentage")
    return row | {"percentage": percentage}


def _named_territory(row: Row) -> Row:
    if not (row.get("country") or row.get("region") or row.get("name")):
        raise RefusedError(_("Name the country or region."), field="territories")
    return _with_percentage(row | {"country": (row.get("country") or "").upper()})


def _known_role(row: Row) -> Row:
    if row.get("role") not in ParticipationRole.values:
        raise RefusedError(_("Say what each organisation does in the initiative."), field="participations")
    return row


_SETTLE: dict[str, Callable[[Row], Row]] = {
    "participations": _known_role,
    "territories": _named_territory,
    "sectors": _with_percentage,
    "documents": lambda row: row | {"title": clean_texts(row.get("title") or {})},
}


def _refuse_twice(name: str, rows: Sequence[Row]) -> None:
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        key = tuple(row.get(field) or "" for field in ONCE.get(name, ()))
        if key and key in seen:
            words = " ".join(str(each) for each in key if each)
            raise RefusedError(_("“%s” stands there twice.") % words, field=name)
        seen.add(key)
