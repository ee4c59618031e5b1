"""What a tendency may mean, in plain words: one reading for each of the 16 sets of facets, written by us."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from polyfolio.lib.texts import Texts
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.items import LANGUAGES, WORDINGS


def key_of(facets: Iterable[Facet]) -> str:
    """The name of a set of facets: “mis ant” in the facets' own order, “none” where there is none."""
    found = set(facets)
    return " ".join(facet.value for facet in Facet if facet in found) or "none"


def reading(facets: Iterable[Facet]) -> Texts:
    """The paragraph for a tendency."""
    return readings()[key_of(facets)]


@cache
def readings() -> dict[str, Texts]:
    """All 16, by key."""
    by_language = {
        language: json.loads(path.read_text(encoding="utf-8"))
        for language in LANGUAGES
        if (path := WORDINGS / f"readings_{language}.json").exists()
    }
    return {
        key: {language: rows[key] for language, rows in by_language.items() if key in rows} for key in by_language["en"]
    }
