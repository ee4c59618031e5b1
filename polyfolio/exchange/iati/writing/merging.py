"""Three sides of one activity: what its source said last time, what it says now, and what stands here.

What the source did not change stays as people edited it. What nobody edited follows the source. Where both changed the
same thing, the source is taken and a person is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from polyfolio.exchange.iati.writing.mapping.activity import Mapped
from polyfolio.exchange.iati.writing.mapping.parts import FIELDS, PARTS, RESULTS, TEXTS, Part, Row, line
from polyfolio.exchange.iati.writing.results import ResultTree, same_as
from polyfolio.exchange.iati.writing.standing import Standing
from polyfolio.lib.fields import shorten
from polyfolio.lib.texts import Texts, best_text
from polyfolio.portfolios.choices import SdgStanding

Thing = TypeVar("Thing")
Key = Callable[[Thing], Hashable]

FIELD_ELEMENTS = {
    "title": "title",
    "summary": "description",
    "objectives": "description",
    "status": "activity-status",
    "languages": "title",
}
SHOWN = 150


@dataclass(slots=True)
class RowsChange:
    """Of one part: the keys of rows that go, and the rows that come."""

    gone: list[int]
    come: list[Any]


@dataclass(slots=True)
class Merged:
    """What is to be written. `conflicts` are (element, what stood here) where a person's edit gives way."""

    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, RowsChange] = field(default_factory=dict)
    conflicts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.parts


def merge(*, base: Mapped | None, new: Mapped, values: dict[str, Any], around: Standing) -> Merged:
    """What a changed activity changes here. Without `base` nothing was imported before, so people's rows all stay."""
    merged = Merged()
    for name in FIELDS:
        _merge_field(merged, name, base.values.get(name) if base else None, new.values[name], values[name])
    for name, part in PARTS.items():
        result, is_conflict = merge_rows(
            base.rows[name] if base else (), new.rows[name], [row for _pk, row in around.rows[name]], part.same_as
        )
        result = _in_order(part, name, result, new.rows[name])
        _note_rows(merged, name, around.rows[name], result, part.same_as)
        if is_conflict:
            lost = [line(part, row) for _pk, row in around.rows[name]]
            merged.conflicts.append((part.element, shorten(" | ".join(lost), SHOWN)))
    _merge_results(merged, base, new, around)
    return merged


def merge_texts(base: Texts, new: Texts, current: Texts) -> tuple[Texts, bool]:
    """Language by language; the languages keep their order here."""
    merged: Texts = {}
    is_conflict = False
    for language in dict.fromkeys([*current, *new]):
        sides = base.get(language), new.get(language), current.get(language)
        text, clashes = merge_value(*sides)
        is_conflict = is_conflict or clashes
        if text is not None:
            merged[language] = text
    return merged, is_conflict


def merge_value(base: Any, new: Any, current: Any) -> tuple[Any, bool]:
    """The value to keep, and whether both sides had changed it."""
    if new in (base, current):
        return current, False
    return new, current not in (base, None, "", {}, [])


def merge_rows(
    base: Sequence[Thing], new: Sequence[Thing], current: Sequence[Thing], key: Key[Thing]
) -> tuple[list[Thing], bool]:
    """The rows to keep. Each side's additions and removals are honoured, unless both took the same row away or changed
    it: then which of the new rows replace it cannot be known, and the source's are taken.
    """
    was, will, stands = _counted(base, key), _counted(new, key), _counted(current, key)
    if will in (was, stands):
        return list(current), False
    if stands == was:
        return list(new), False
    removed_here, removed_there = was - stands, was - will
    if removed_here & removed_there:
        return list(new), True
    return _without(new, removed_here, key) + _only(current, stands - was - will, key), False


def _merge_field(merged: Merged, name: str, base: Any, new: Any, current: Any) -> None:
    if name in TEXTS:
        value, is_conflict = merge_texts(base or {}, new, current)
    else:
        value, is_conflict = merge_value(base, new, current)
    if value != current:
        merged.values[name] = value
    if is_conflict:
        shown = best_text(current) if name in TEXTS else str(current)
        merged.conflicts.append((FIELD_ELEMENTS.get(name, "activity-date"), shorten(shown, SHOWN)))


def _merge_results(merged: Merged, base: Mapped | None, new: Mapped, around: Standing) -> None:
    trees = [tree for _pk, tree in around.results]
    result, is_conflict = merge_rows(base.results if base else [], new.results, trees, same_as)
    _note_rows(merged, RESULTS, around.results, result, same_as)
    if is_conflict:
        merged.conflicts.append(("result", shorten(" | ".join(_title(tree) for tree in trees), SHOWN)))


def _title(tree: ResultTree) -> str:
    return str(tree[0][2])


def _note_rows(
    merged: Merged, name: str, standing: Sequence[tuple[int, Any]], result: Sequence[Any], key: Key[Any]
) -> None:
    """Keep rows that stay, with their keys."""
    wanted = _counted(result, key)
    gone = []
    for pk, row in standing:
        if wanted[key(row)] > 0:
            wanted[key(row)] -= 1
        else:
            gone.append(pk)
    come = _only(result, +wanted, key)
    if gone or come:
        merged.parts[name] = RowsChange(gone, come)


def _in_order(part: Part, name: str, rows: Iterable[Row], new: Sequence[Row]) -> list[Row]:
    """Where rows may not repeat, a person's row goes before the source's."""
    if not part.once:
        return list(rows)
    source = {part.same_as(row) for row in new}
    kept: dict[Any, Row] = {}
    for row in sorted(rows, key=lambda row: part.same_as(row) in source):
        kept.setdefault(part.identity(row), row)
    return _one_main(list(kept.values())) if name == "sdgs" else list(kept.values())


def _one_main(rows: list[Row]) -> list[Row]:
    has_main = False
    kept = []
    for goal, target, standing in rows:
        is_second = has_main and standing == SdgStanding.MAIN
        has_main = has_main or standing == SdgStanding.MAIN
        kept.append((goal, target, SdgStanding.IMPORTED if is_second else standing))
    return kept


def _counted(rows: Iterable[Thing], key: Key[Thing]) -> Counter[Hashable]:
    return Counter(key(row) for row in rows)


def _without(rows: Iterable[Thing], leave_out: Counter[Hashable], key: Key[Thing]) -> list[Thing]:
    left = leave_out.copy()
    kept = []
    for row in rows:
        if left[key(row)] > 0:
            left[key(row)] -= 1
        else:
            kept.append(row)
    return kept


def _only(rows: Iterable[Thing], take: Counter[Hashable], key: Key[Thing]) -> list[Thing]:
    left = take.copy()
    taken = []
    for row in rows:
        if left[key(row)] > 0:
            left[key(row)] -= 1
            taken.append(row)
    return taken
