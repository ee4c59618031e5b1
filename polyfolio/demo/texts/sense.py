"""How people of the example networks argue: about facets, about moves between zones, about what is missing."""

from __future__ import annotations

from typing import Any

from polyfolio.demo import files


def rationales(code: str) -> list[dict[str, str]]:
    """What people said about one hand-written initiative: `voice`, `purpose`, `driver`, `text`. Often they disagree."""
    return [row for row in files.document("sense/rationales")["rationales"] if row["initiative"] == code]


def rationale(purpose: str, number: int) -> str:
    """A sentence for a placement under `purpose` (a facet or `all`) that suits any initiative."""
    return _turn(files.document("sense/general")["rationale"][purpose], number)


def transition(code: str, number: int) -> tuple[str, str]:
    """The driver of an initiative's last change of zone and a sentence of evidence: its own, else a general one."""
    for row in files.document("sense/drivers")["transitions"]:
        if row["initiative"] == code:
            return row["driver"], row["evidence"]
    general: dict[str, list[str]] = files.document("sense/general")["evidence"]
    driver = _turn(list(general), number)
    return driver, _turn(general[driver], number // len(general))


def holes(network: str) -> list[dict[str, str]]:
    """Cells that stewards of a network looked at, with their answer and its reason."""
    return [row for row in files.document("sense/holes")["holes"] if row["network"] == network]


def intents(network: str) -> list[dict[str, Any]]:
    """The portfolios of a network: intent, north star, frames before and after, positions, target mix in percent."""
    told = [row for part in (1, 2) for row in files.document(f"sense/intents_{part}")["intent"]]
    return [row for row in told if row["network"] == network]


def resources() -> list[dict[str, Any]]:
    """Guides, data, trainings and cases, each with the codes of the initiatives they grew out of."""
    return [row for part in (1, 2) for row in files.document(f"sense/resources_{part}")["resource"]]


def news(network: str) -> list[dict[str, Any]]:
    """Short notes on what happened, newest first; `days_ago` counts back from the day of loading."""
    return [row for row in files.document("sense/news")["news"] if row["network"] == network]


def _turn(sentences: list[str], number: int) -> str:
    return sentences[number % len(sentences)]
