"""What the tests of the texts have in common."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from polyfolio.demo.texts import base
from polyfolio.network.choices import OrganisationKind
from polyfolio.portfolios.choices import InitiativeKind, InitiativeStatus
from polyfolio.sensemaking.choices import FacetAnswer

VOCABULARY = Path(base.__file__).parents[2] / "vocabulary" / "data"
THEMES = {theme["code"] for theme in json.loads((VOCABULARY / "themes.json").read_text(encoding="utf-8"))["themes"]}
TARGETS = {target["code"] for target in json.loads((VOCABULARY / "sdg.json").read_text(encoding="utf-8"))["targets"]}
ZONES = {"yellow", "green", "blue"}
NETWORKS = ("partners", "city_hub", "mission")


def by_hand() -> list[base.InitiativeText]:
    return base.partner_initiatives() + base.hub_initiatives() + base.mission_initiatives()


def words(text: str) -> int:
    return len(text.split())


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def unknown_codes(texts: Iterable[Mapping[str, Any]]) -> list[tuple[str, object]]:
    """What a text says in codes that the field's lists do not have."""
    allowed = {
        "kind": set(InitiativeKind.values),
        "status": set(InitiativeStatus.values),
        "zone": ZONES,
    }
    lists = {
        "themes": THEMES,
        "targets": TARGETS,
        "actors": set(OrganisationKind.values),
        "facets": set(FacetAnswer.values),
    }
    wrong: list[tuple[str, object]] = []
    for text in texts:
        wrong += [(text["code"], text[name]) for name, known in allowed.items() if text[name] not in known]
        wrong += [(text["code"], each) for name, known in lists.items() for each in text[name] if each not in known]
    return wrong
