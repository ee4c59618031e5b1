"""What an import manages around an initiative: its tables, their columns, and when two rows are the same row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import orjson
from django.db import models

from polyfolio.funding.models import Budget, PlannedDisbursement, Transaction
from polyfolio.portfolios.models import (
    InitiativeContact,
    InitiativeDocument,
    InitiativeIdentifier,
    InitiativePlace,
    InitiativeSdg,
    InitiativeSector,
    InitiativeTerritory,
    Participation,
)

Row = tuple[Any, ...]
Rows = list[Row]
SameAs = tuple[Any, ...]

# Fields of the initiative itself that an import writes; the first ones are texts, merged language by language.
TEXTS = ("title", "summary", "objectives")
FIELDS = (
    *TEXTS,
    "status",
    "planned_start_on",
    "planned_end_on",
    "actual_start_on",
    "actual_end_on",
    "languages",
)


@dataclass(frozen=True)
class Part:
    """One table of rows that belong to an initiative. `element` is IATI's word for it, `once` the columns that may not
    repeat, `loose` those that do not count when rows are compared, `masked` those the log does not repeat.
    """

    model: type[models.Model]
    element: str
    columns: tuple[str, ...]
    once: tuple[str, ...] = ()
    loose: frozenset[str] = frozenset()
    masked: frozenset[str] = frozenset()
    organisations: tuple[str, ...] = ()

    def place(self, column: str) -> int:
        return self.columns.index(column)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where the columns stand that make two rows the same."""
        return tuple(place for place, name in enumerate(self.columns) if name not in self.loose)

    def same_as(self, row: Row) -> SameAs:
        """What a row shares with every row that says the same, wherever it was read from."""
        return tuple(comparable(row[place]) for place in self.places)

    def identity(self, row: Row) -> SameAs | None:
        """The columns that may not repeat, where there are such."""
        return tuple(row[self.place(name)] for name in self.once) if self.once else None


PARTS: dict[str, Part] = {
    "identifiers": Part(
        InitiativeIdentifier,
        "other-identifier",
        ("scheme", "value", "owner_name", "owner_ref"),
        once=("scheme", "value"),
    ),
    "participations": Part(
        Participation,
        "participating-org",
        ("organisation_id", "role", "name_given", "ref_given", "position"),
        once=("organisation_id", "role"),
        loose=frozenset({"position"}),
        organisations=("organisation_id",),
    ),
    "territories": Part(
        InitiativeTerritory, "recipient-country", ("country", "region", "region_vocabulary", "name", "percentage")
    ),
    "places": Part(InitiativePlace, "location", ("name", "country", "latitude", "longitude")),
    "sectors": Part(
        InitiativeSector, "sector", ("vocabulary", "code", "name", "percentage"), once=("vocabulary", "code")
    ),
    "sdgs": Part(InitiativeSdg, "tag", ("goal", "target", "standing"), once=("goal", "target")),
    "documents": Part(
        InitiativeDocument,
        "document-link",
        ("url", "title", "label", "format", "languages", "categories", "published_on"),
        once=("url",),
        loose=frozenset({"label"}),
    ),
    "contacts": Part(
        InitiativeContact,
        "contact-info",
        ("organisation", "department", "person", "job_title", "telephone", "email", "website", "address"),
        masked=frozenset({"person", "telephone", "email", "address"}),
    ),
    "transactions": Part(
        Transaction,
        "transaction",
        (
            "reference",
            "kind",
            "made_on",
            "amount",
            "currency",
            "value_on",
            "provider_id",
            "provider_name",
            "receiver_id",
            "receiver_name",
            "description",
            "is_humanitarian",
        ),
        organisations=("provider_id", "receiver_id"),
    ),
    "budgets": Part(Budget, "budget", ("kind", "status", "starts_on", "ends_on", "amount", "currency", "value_on")),
    "planned_disbursements": Part(
        PlannedDisbursement,
        "planned-disbursement",
        ("kind", "starts_on", "ends_on", "amount", "currency", "value_on", "provider_name", "receiver_name"),
    ),
}
RESULTS = "results"
MONEY = frozenset({"transactions", "budgets", "planned_disbursements"})


def comparable(value: Any) -> Any:
    """A value as it compares, whether it was just mapped or read from the database."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict | list | tuple):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=_plain)
    return value


def without_repeats(part: Part, rows: Iterable[Row]) -> Rows:
    """The rows, of those that may not repeat only the first."""
    if not part.once:
        return list(rows)
    seen: dict[SameAs | None, Row] = {}
    for row in rows:
        seen.setdefault(part.identity(row), row)
    return list(seen.values())


def line(part: Part, row: Sequence[Any]) -> str:
    """A row in one line for the log; personal values are masked."""
    words = []
    for name, value in zip(part.columns, row, strict=True):
        if value in (None, "", [], {}, False) or name in part.loose or name in part.organisations:
            continue
        words.append("•••" if name in part.masked else _word(value))
    return " · ".join(words)[:500]


def _word(value: Any) -> str:
    if isinstance(value, dict):
        return str(next(iter(value.values()), ""))[:120]
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)[:120]


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)
