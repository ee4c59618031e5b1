"""Reading a table of placements: each row becomes something to take over, something known already, or named problems.

Pure: what is known of the portfolio comes in as a value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from polyfolio.lib.sheets import Cell, Table, blank, shown
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.texts import sheet_words as words
from polyfolio.sensemaking.texts.suggesting import folded

WITHIN = 1.0
"""Shares may miss 100 by as much, for the sake of rounding (ours)."""
MOST_HINTS = 50
LONGEST_RATIONALE = 60_000
NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?\s*%?$")
DAY = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$")


@dataclass(frozen=True)
class Known:
    """What the portfolio holds for whoever brings the table.

    `names` maps folded titles, slugs and identifiers to initiatives (several where a title is not unique), `own` is
    what the person said last of each, `stays` its zone now with the day, `zones` the names of zones by folded word.
    """

    labels: Mapping[int, str]
    names: Mapping[str, Mapping[str, Sequence[int]]]
    own: Mapping[int, Mapping[str, Any]]
    stays: Mapping[int, tuple[str, date]]
    zones: Mapping[str, str]
    answers: Mapping[str, str]
    may_change_zone: bool
    today: date


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell: the row as spreadsheets count, the column's heading, the value, and what to do."""

    row: int
    column: str
    value: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """What one row says of an initiative: a placement, a zone, or both."""

    number: int
    initiative: int
    label: str
    purpose: str = ""
    driver: str = ""
    shares: Mapping[str, float] | None = None
    rationale: str = ""
    zone: str = ""
    since_on: str = ""
    change: str = ""
    is_placed: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Reading:
    """What a table comes to."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0


class _CellError(ValueError):
    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.hint = column, message, hint


def plain(text: object) -> str:
    """A heading or an answer as it is compared: folded, without what is no letter or number."""
    return re.sub(r"[\W_]+", " ", folded(str(text))).strip()


def columns_of(headings: Sequence[Cell]) -> dict[str, int]:
    """Which column holds what, by its heading; the first of several counts."""
    known = {word: name for name, each in words.COLUMNS.items() for word in each}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(plain(heading))
        if name is not None:
            found.setdefault(name, place)
    return found


def read_rows(table: Table, known: Known) -> Reading:
    """Every row below the headings (the first row that is not empty)."""
    first = next(number for number, row in enumerate(table) if not blank(row))
    columns = columns_of(table[first])
    reading = Reading()
    reader = _Reader(columns, [str(each) for each in table[first]], known)
    if not columns.keys() & {"initiative", "slug", "identifier"}:
        hint = _("Call a column “Initiative”, “Slug” or “IATI identifier”, or begin from the template.")
        reading.problems.append(Problem(first + 1, "", "", _("No column says which initiative is meant."), hint))
        return reading
    for number, cells in enumerate(table[first + 1 :], start=first + 2):
        if not blank(cells):
            reader.read(number, cells, reading)
    return reading


class _Reader:
    """Reads row after row of one table; remembers which initiatives it met."""

    def __init__(self, columns: Mapping[str, int], headings: Sequence[str], known: Known) -> None:
        self.columns, self.headings, self.known = columns, headings, known
        self.met: dict[int, int] = {}
        self.hints = 0
        self.cells: Sequence[Cell] = ()

    def read(self, number: int, cells: Sequence[Cell], reading: Reading) -> None:
        self.cells = cells
        try:
            pk = self._initiative()
            row = self._row(number, pk)
        except _CellError as error:
            heading = self._heading(error.column)
            problem = Problem(number, heading, shown(self._cell(error.column)), error.message, error.hint)
            reading.problems.append(problem)
            return
        self.met[pk] = number
        if row.is_placed or row.zone:
            reading.rows.append(row)
        else:
            reading.unchanged += 1

    def _cell(self, name: str) -> Cell:
        place = self.columns.get(name)
        return "" if place is None or place >= len(self.cells) else self.cells[place]

    def _heading(self, name: str) -> str:
        place = self.columns.get(name)
        return name if place is None else self.headings[place]

    def _naming(self) -> str:
        """The column that names the initiative in this row: the one that says it most exactly."""
        given = [name for name in ("identifier", "slug", "initiative") if self._cell(name) != ""]
        return (
            given[0] if given else next(name for name in ("initiative", "slug", "identifier") if name in self.columns)
        )

    def _initiative(self) -> int:
        name = self._naming()
        value = self._cell(name)
        if value == "":
            raise _CellError(name, _("No initiative is named."), _("Give its title, its slug or its IATI identifier."))
        text = str(value)
        if name == "slug":
            text = text.rstrip("/").rpartition("/")[2]
        kinds = ("title", "slug", "identifier") if name == "initiative" else (name,)
        for kind in kinds:
            found = self.known.names[kind].get(_key(kind, text), ())
            if len(found) == 1:
                return found[0]
            if found:
                raise _CellError(name, _("Several initiatives have this title."), _("Name it by its slug instead."))
        raise _CellError(name, _("No such initiative is in this portfolio."), self._nearest(kinds[0], text))

    def _nearest(self, kind: str, text: str) -> str:
        self.hints += 1
        if self.hints > MOST_HINTS:
            return ""
        near = get_close_matches(_key(kind, text), self.known.names[kind], n=1)
        if not near:
            return _("The template lists the initiatives that you may place.")
        return _("Is it “%s”?") % self.known.labels[self.known.names[kind][near[0]][0]]

    def _row(self, number: int, pk: int) -> Row:
        if pk in self.met:
            said = _("Row %s speaks of this initiative already.") % self.met[pk]
            raise _CellError(self._naming(), said, _("Keep one row for each initiative."))
        placed = self._placing(pk)
        zone = self._zone(pk)
        own = {"purpose": "", "driver": "", "shares": None, "rationale": ""} | dict(self.known.own.get(pk, {}))
        is_placed = bool(placed) and any(placed[name] != own[name] for name in placed)
        views: dict[str, Any] = placed if is_placed else {}
        stay: dict[str, Any] = zone
        return Row(number, pk, self.known.labels[pk], **views, **stay, is_placed=is_placed)

    def _placing(self, pk: int) -> dict[str, Any]:
        purpose, driver = self._answer("purpose"), self._answer("driver")
        shares = self._shares()
        rationale = str(self._cell("rationale"))
        if len(rationale) > LONGEST_RATIONALE:
            raise _CellError("rationale", _("Say it in fewer than %s letters.") % f"{LONGEST_RATIONALE:,}")
        if not purpose and not driver and shares is None:
            own = self.known.own.get(pk)
            if rationale and own is None:
                raise _CellError("rationale", *_half())
            return {**own, "rationale": rationale} if rationale and own is not None else {}
        if shares is None and not (purpose and driver):
            raise _CellError("driver" if purpose else "purpose", *_half())
        if "rationale" not in self.columns:
            rationale = self.known.own.get(pk, {}).get("rationale", "")
        return {"purpose": purpose, "driver": driver, "shares": shares, "rationale": rationale}

    def _answer(self, name: str) -> str:
        value = self._cell(name)
        if value == "":
            return ""
        found = self.known.answers.get(plain(value))
        if found is None:
            raise _CellError(name, _("This is none of the answers."), _("One of mis, enh, ada, ant or all."))
        return found

    def _shares(self) -> dict[str, float] | None:
        given = {facet.value: self._number(facet.value) for facet in Facet}
        shares = {name: value for name, value in given.items() if value is not None}
        if not shares:
            return None
        first = next(iter(shares))
        total = math.fsum(shares.values())
        if max(shares.values()) <= 1 and abs(total - 1) <= WITHIN / 100:
            return {name: round(100 * value, 4) for name, value in shares.items()}
        if abs(total - 100) > WITHIN:
            raise _CellError(
                first,
                _("The shares add up to %s instead of 100.") % f"{total:g}",
                _("Change them, or answer the two questions instead."),
            )
        return shares

    def _number(self, name: str) -> float | None:
        value = self._cell(name)
        if value == "":
            return None
        number: float | None = None
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = float(value)
        elif isinstance(value, str) and NUMBER.match(value):
            number = float(value.rstrip("% \u00a0").replace(",", "."))
        if number is None or not math.isfinite(number) or not 0 <= number <= 100:
            raise _CellError(name, _("A share is a number from 0 to 100."))
        return number

    def _zone(self, pk: int) -> dict[str, str]:
        value, given = self._cell("zone"), self._cell("since")
        if value == "":
            return {}
        zone = self.known.zones.get(plain(value))
        if zone is None:
            names = ", ".join(dict.fromkeys(self.known.zones.values()))
            raise _CellError("zone", _("This portfolio has no such zone."), _("One of %s.") % names)
        now = self.known.stays.get(pk)
        since = _day(given)
        if now is not None and now[0] == zone:
            if since is not None and since != now[1]:
                raise _CellError("since", _("It stands in this zone since %s already.") % now[1].isoformat())
            return {}
        if not self.known.may_change_zone:
            raise _CellError("zone", _("Only stewards say in which zone it stands."), _("Leave the zone as it is."))
        self._check_day(since, now)
        return {"zone": zone, "since_on": since.isoformat() if since else "", "change": self._change(now)}

    def _check_day(self, since: date | None, now: tuple[str, date] | None) -> None:
        if since is None:
            raise _CellError("since", _("Say since when it stands in this zone."), _("As year-month-day."))
        if since > self.known.today:
            raise _CellError("since", _("A stay in a zone cannot begin in the future."))
        if now is not None and since < now[1]:
            raise _CellError(
                "since",
                _("It came into its present zone on %s; say a later day.") % now[1].isoformat(),
            )

    def _change(self, now: tuple[str, date] | None) -> str:
        value = self._cell("change")
        allowed = ", ".join(words.CHANGES)
        if value == "":
            if now is not None:
                raise _CellError(
                    "change", _("Say what drove it from one zone to the other."), _("One of %s.") % allowed
                )
            return ""
        known = {plain(word): code for code, each in words.CHANGES.items() for word in (code, *each)}
        found = known.get(plain(value))
        if found is None:
            raise _CellError("change", _("This is none of the drivers of a change."), _("One of %s.") % allowed)
        return str(found)


def _half() -> tuple[str, str]:
    return _("Answer both questions, or give shares."), _("One of mis, enh, ada, ant or all in each of the two.")


def _key(kind: str, text: str) -> str:
    return plain(text) if kind == "title" else text.strip().casefold()


def _day(value: Cell) -> date | None:
    """A day from a cell; what might be two days is refused."""
    if value == "":
        return None
    if isinstance(value, date):
        return value
    text = str(value).strip()
    hint = _("Write it as year-month-day, such as 2026-03-04.")
    match = DAY.match(text)
    try:
        if match is None:
            return date.fromisoformat(text)
        first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if sign == "/" and first <= 12 and second <= 12 and first != second:
            raise _CellError("since", _("This may be one of two days."), hint)
        return date(year, first, second) if sign == "/" and second > 12 else date(year, second, first)
    except ValueError as error:
        if isinstance(error, _CellError):
            raise
        raise _CellError("since", _("This is no day."), hint) from error
