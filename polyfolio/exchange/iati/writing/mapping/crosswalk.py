"""IATI's codes in our words, from the crosswalk that the vocabulary keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from polyfolio import vocabulary

FILE = Path(vocabulary.__file__).parent / "data" / "iati_crosswalk.json"


@dataclass(frozen=True, slots=True)
class OrganisationType:
    """What a type of organisation becomes: kind, sector and level, each blank where IATI does not say."""

    kind: str = ""
    sector: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """`links` give (kind, is reversed) of a related activity's type, for those types that become a link."""

    organisation_types: dict[str, OrganisationType]
    refinements: tuple[tuple[re.Pattern[str], str], ...]
    statuses: dict[str, str]
    roles: dict[str, str]
    result_levels: dict[str, str]
    links: dict[str, tuple[str, bool]]

    def organisation_type(self, code: str, ref: str) -> OrganisationType:
        """By the type's code, made finer where the identifier tells more."""
        found = self.organisation_types.get(code, OrganisationType())
        for pattern, kind in self.refinements:
            if pattern.match(ref):
                return OrganisationType(kind, found.sector or "public", found.level or "international")
        return found


@lru_cache(maxsize=1)
def crosswalk() -> Crosswalk:
    """The crosswalk as it is shipped, read once."""
    data: dict[str, Any] = orjson.loads(FILE.read_bytes())
    return Crosswalk(
        organisation_types={
            row["iati"]: OrganisationType(row["ours"] or "", row["sector"] or "", row["level"] or "")
            for row in data["organisation_type_in"]
        },
        refinements=tuple((re.compile(row["pattern"]), row["ours"]) for row in data["organisation_identifier_refines"]),
        statuses=_simple(data["activity_status_in"]),
        roles=_simple(data["organisation_role_in"]),
        result_levels=_simple(data["result_type_in"]),
        links={
            row["iati"]: (row["ours"], row["direction"] == "from_related")
            for row in data["related_activity_in"]
            if row["ours"]
        },
    )


def _simple(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {row["iati"]: row["ours"] for row in rows if row["ours"]}
