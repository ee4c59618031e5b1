"""What one person answered to an item: read from untrusted values, refused with a sentence where it cannot stand.

An answer is kept as JSON: `{statement: points}` for agreement, `{statement: place}` for a ranking, `{statement: 1}`
for ticks, where an empty mapping means “none of these”. An item that nobody touched has no answer at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.sensemaking.exploration.items import RANKED, Item, ItemKind, item

Answer = dict[str, int]
Answers = Mapping[str, Answer]

LONGEST_NOTE = 10_000


def read_answer(asked: Item, values: Mapping[str, Any]) -> Answer | None:
    """The answer in `values` (statement → number, missing or empty where left open); None where nothing is answered.

    Raises RefusedError for a statement that the item has not, more points than it can give, and a ranking with a tie
    or a gap.
    """
    given = {key: value for key, value in values.items() if value not in (None, "")}
    unknown = [key for key in given if asked.statement(key) is None]
    if unknown:
        raise RefusedError(_("This question has no statement “%s”.") % unknown[0][:40])
    numbers = {key: _whole(value) for key, value in given.items()}
    if asked.kind is ItemKind.RANKING:
        return _ranking(asked, numbers)
    if asked.kind is ItemKind.TICKS:
        return _ticks(numbers)
    for key, points in numbers.items():
        statement = asked.statement(key)
        if statement is None or not 0 <= points <= statement.most:
            most = statement.most if statement else 0
            raise RefusedError(_("Give each statement between 0 and %s points.") % most, field=key)
    return numbers or None


def _ranking(asked: Item, places: Answer) -> Answer | None:
    if not places:
        return None
    if any(not 1 <= place <= len(RANKED) for place in places.values()):
        raise RefusedError(_("Places go from first to fourth."))
    if len(set(places.values())) < len(places):
        raise RefusedError(_("Two sentences have the same place. Give each place once, so that an order results."))
    if len(places) < len(asked.statements):
        raise RefusedError(_("Give all four a place, or leave all four open."))
    return places


def _ticks(ticked: Answer) -> Answer:
    if any(value not in (0, 1) for value in ticked.values()):
        raise RefusedError(_("A statement is ticked or not."))
    return {key: value for key, value in ticked.items() if value}


def read_ticks(asked: Item, ticked: list[str], *, is_none: bool) -> Answer | None:
    """The answer of an item with ticks; None where nothing is ticked and “none of these” is not either."""
    if ticked and is_none:
        raise RefusedError(_("Either some of these apply, or none of these. Untick one or the other."))
    if not ticked and not is_none:
        return None
    return read_answer(asked, dict.fromkeys(ticked, 1))


def read_answers(values: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers to several items, each read as `read_answer` does; raises RefusedError for an item there is not."""
    found = {}
    for key, given in values.items():
        asked = item(key)
        if asked is None or not isinstance(given, Mapping):
            raise RefusedError(_("There is no question “%s”.") % str(key)[:40])
        answer = read_answer(asked, given)
        if answer is not None:
            found[key] = answer
    return found


def read_note(text: str) -> str:
    """A person's own note; raises RefusedError where it is too long to keep."""
    note = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise RefusedError(
            _("This note has %(length)s letters. Shorten it to %(most)s, the answers beside it are kept.")
            % {"length": len(note), "most": LONGEST_NOTE},
            field="note",
        )
    return note


def _whole(value: Any) -> int:
    """A whole number from what a form or a program sent."""
    if isinstance(value, bool):
        return int(value)
    try:
        number = int(str(value))
    except ValueError:
        raise RefusedError(_("“%s” is not a number of points.") % str(value)[:40]) from None
    return number
