"""A question as a page shows it: its sentences in the reader's language, with what was answered before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polyfolio.lib.texts import best_language, best_text
from polyfolio.sensemaking.exploration.items import Item, ItemKind, Statement, all_items
from polyfolio.sensemaking.exploration.scoring import is_complete
from polyfolio.sensemaking.models import ExplorationResponse


@dataclass(frozen=True)
class Point:
    """One possible answer to a sentence."""

    value: int
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Sentence:
    key: str
    text: str
    points: tuple[Point, ...]
    is_ticked: bool


@dataclass(frozen=True)
class Listed:
    """An item in the overview: `state` is `done`, `partly` or `open`."""

    number: int
    title: str
    state: str
    is_capability: bool


def asked_with(response: ExplorationResponse, asked: Item, typed: QueryDict | None) -> dict[str, Any]:
    """A question with what stands there: what was just typed, where it was refused, else what is kept."""
    kept = response.answers.get(asked.key)
    chosen: dict[str, str] = {key: str(value) for key, value in (kept or {}).items()}
    is_none, note = kept == {}, response.notes.get(asked.key, "")
    if typed is not None:
        chosen = {name.removeprefix("s-"): str(typed[name]) for name in typed if name.startswith("s-")}
        chosen |= dict.fromkeys(typed.getlist("ticked"), "1")
        is_none, note = "none" in typed, str(typed.get("note", ""))
    return {
        "item": asked,
        "kind": asked.kind.value,
        "title": words(asked.title),
        "question": words(asked.question),
        "help": words(asked.help),
        "sentences": [_sentence(asked, each, chosen.get(each.key, "")) for each in asked.statements],
        "is_none": is_none,
        "note": note,
        "text_language": language_of(asked.question),
    }


def listed(response: ExplorationResponse) -> list[Listed]:
    """Every item with how far it is answered."""
    return [
        Listed(number, words(asked.title), _state(asked, response.answers.get(asked.key)), asked.is_capability)
        for number, asked in enumerate(all_items(), start=1)
    ]


def words(texts: dict[str, str]) -> str:
    return best_text(texts, (_language(),))


def language_of(texts: dict[str, str]) -> str:
    """The language in which `words` gives these texts."""
    return best_language(texts, (_language(),)) or ""


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _state(asked: Item, answer: dict[str, int] | None) -> str:
    if answer is None:
        return "open"
    return "done" if is_complete(asked, answer) else "partly"


def _sentence(asked: Item, statement: Statement, chosen: str) -> Sentence:
    labels = _labels(asked, statement.most)
    first = 1 if asked.kind is ItemKind.RANKING else 0
    points = tuple(Point(value, label, chosen == str(value)) for value, label in enumerate(labels, start=first))
    return Sentence(statement.key, words(statement.text), points, chosen == "1")


def _labels(asked: Item, most: int) -> list[str]:
    if asked.kind is ItemKind.TICKS:
        return []
    if asked.kind is ItemKind.RANKING:
        return [_("first"), _("second"), _("third"), _("fourth")]
    if most == 2:
        return [_("no"), _("partly"), _("yes")]
    return [_("not at all"), _("a little"), _("half"), _("mostly"), _("fully")]
