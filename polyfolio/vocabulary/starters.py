"""The starter themes: written into an empty vocabulary after each migration, ours to change from then on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from polyfolio.vocabulary.models import Theme

DATA = Path(__file__).resolve().parent / "data" / "themes.json"


def load_themes(**_: Any) -> int:
    """Add the starter themes that are not there yet; those that people renamed or moved stay as they are.

    Returns how many were added. Three queries where all are there.
    """
    rows = json.loads(DATA.read_text(encoding="utf-8"))["themes"]
    there = dict(Theme.objects.values_list("slug", "pk"))
    added = 0
    for row in rows:
        if row["code"] in there:
            continue
        theme = Theme.objects.create(
            slug=row["code"],
            title=row["label"],
            description=row.get("description", {}),
            synonyms=row.get("synonyms", []),
            parent_id=there.get(row["parent"]) if row["parent"] else None,
        )
        there[theme.slug] = theme.pk
        added += 1
    return added
