"""What an initiative has in each dimension of a matrix, as (initiative, key) pairs; lists and figures share them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Substr

from polyfolio.network.models import Body, Organisation
from polyfolio.portfolios.models import (
    Initiative,
    InitiativeSdg,
    InitiativeSector,
    InitiativeTerritory,
    Participation,
)
from polyfolio.reporting.models import Indicator
from polyfolio.sensemaking.arithmetic.matrices import Cell
from polyfolio.sensemaking.choices import Dimension, Facet, TermKind
from polyfolio.sensemaking.models import Standing, TermUse
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.statements import Statement, then

Pairs = QuerySet[Any, Any]

NONE = "-"
"""In a filter: has nothing in this dimension."""
DAC = ("1", "2")
"""OECD DAC's sectors with five and with three digits; the first three are the group of both."""
PARTING = "\x1f"
LONGEST_KEY = 100
"""What a wanted cell keeps of a row's or column's key."""


def _theme(_holding: Holding) -> Pairs:
    return _keyed(Initiative.themes.through.objects.all(), F("theme__slug"))


def _programme(holding: Holding) -> Pairs:
    """The programmes that the viewer sees."""
    seen = Body.objects.visible_to(holding.viewer).order_by().values("pk")
    rows = Initiative.programmes.through.objects.annotate(which=F("body_id") + 0).filter(which__in=seen)
    return _keyed(rows, F("body__slug"))


def _country(_holding: Holding) -> Pairs:
    return _keyed(InitiativeTerritory.objects.exclude(country=""), F("country"))


def _sdg_goal(_holding: Holding) -> Pairs:
    return _keyed(InitiativeSdg.objects.all(), Cast("goal", CharField()))


def _sector(_holding: Holding) -> Pairs:
    """DAC sectors by the group of their first three digits; others by vocabulary and code."""
    dac = _keyed(InitiativeSector.objects.filter(vocabulary__in=DAC), Substr("code", 1, 3))
    named = Concat("vocabulary", Value("-"), "code", output_field=CharField())
    return dac.union(_keyed(InitiativeSector.objects.exclude(vocabulary__in=DAC), named), all=True)


def _sdg_target(_holding: Holding) -> Pairs:
    return _keyed(InitiativeSdg.objects.exclude(target=""), F("target"))


def _organisation_kind(holding: Holding) -> Pairs:
    """The kinds of those who take part, of organisations that the viewer sees.

    The sum keeps SQLite from trying every organisation at each initiative.
    """
    seen = Organisation.objects.visible_to(holding.viewer).exclude(kind="")
    rows = Participation.objects.annotate(who=F("organisation_id") + 0).filter(who__in=seen.order_by().values("pk"))
    return _keyed(rows, F("organisation__kind"))


def _term(kind: TermKind) -> Callable[[Holding], Pairs]:
    """The portfolio's own terms of a kind; those of portfolios under it are theirs."""

    def pairs(holding: Holding) -> Pairs:
        rows = TermUse.objects.filter(term__portfolio=holding.portfolio.pk, term__kind=kind)
        return _keyed(rows, F("term__code"))

    return pairs


def indicator_key() -> Case:
    """What makes indicators of several initiatives the same one: their reference, else their name."""
    return Case(
        When(~Q(reference=""), then=Substr("reference", 1, LONGEST_KEY)),
        default=Substr("label", 1, LONGEST_KEY),
        output_field=CharField(),
    )


def _indicator(_holding: Holding) -> Pairs:
    rows = Indicator.objects.annotate(initiative_id=F("result__initiative_id"))
    return _keyed(rows.exclude(reference="", label=""), indicator_key())


def _zone(holding: Holding) -> Pairs:
    return _keyed(holding.stays(), F("zone__code"))


def _facet(holding: Holding) -> Pairs:
    """An initiative on an edge stands in both its facets; a mixed one in none."""
    first, *others = (_in_facet(holding, facet) for facet in Facet)
    return first.union(*others, all=True)


def _in_facet(holding: Holding, facet: Facet) -> Pairs:
    return _keyed(holding.standings().filter(**{f"{facet.value}__gt": 0}), Value(facet.value))


def _keyed(rows: QuerySet[Any, Any], key: Any) -> Pairs:
    pairs: Pairs = rows.order_by().annotate(key=key).values_list("initiative_id", "key")
    return pairs


_PAIRS: dict[str, Callable[[Holding], Pairs]] = {
    Dimension.THEME: _theme,
    Dimension.ZONE: _zone,
    Dimension.FACET: _facet,
    Dimension.SECTOR: _sector,
    Dimension.SDG_GOAL: _sdg_goal,
    Dimension.COUNTRY: _country,
    Dimension.PROGRAMME: _programme,
    Dimension.SDG_TARGET: _sdg_target,
    Dimension.ORGANISATION_KIND: _organisation_kind,
    Dimension.LEVER: _term(TermKind.LEVER),
    Dimension.FIELD: _term(TermKind.FIELD),
    Dimension.OWN_THEME: _term(TermKind.OWN_THEME),
    Dimension.INDICATOR: _indicator,
}


def having(holding: Holding, dimension: str, key: str) -> Q:
    """Initiatives that have `key` in a dimension (`NONE`: that have nothing there)."""
    if key == NONE:
        return ~having_any(holding, dimension)
    return Q(pk__in=_ids(holding, dimension, key))


def having_any(holding: Holding, dimension: str) -> Q:
    """Initiatives that have something in a dimension."""
    return Q(pk__in=_ids(holding, dimension))


def _ids(holding: Holding, dimension: str, key: str | None = None) -> QuerySet[Any, Any]:
    """Ids of a dimension's pairs; parts of a union are filtered each, for a union itself cannot be."""
    if dimension == Dimension.FACET:
        if key is None:
            return holding.standings().filter(is_mixed=False).values("initiative_id")
        if key not in Facet.values:
            return Standing.objects.none().values("initiative_id")
        return _in_facet(holding, Facet(key)).values("initiative_id")
    if dimension == Dimension.SECTOR:
        return _sector_ids(key)
    pairs = _PAIRS[dimension](holding)
    return (pairs if key is None else pairs.filter(key=key)).values("initiative_id")


def _sector_ids(key: str | None) -> QuerySet[Any, Any]:
    rows = InitiativeSector.objects.all()
    if key is not None:
        vocabulary, dash, code = key.partition("-")
        group = Q(vocabulary__in=DAC, code__startswith=key)
        rows = rows.filter(Q(vocabulary=vocabulary, code=code) & ~Q(vocabulary__in=DAC) if dash else group)
    return rows.values("initiative_id")


def keys_of(holding: Holding, members: Pairs, dimension: str, wanted: Collection[str]) -> list[tuple[int, str]]:
    """(initiative, key) of `members` in one dimension, of the keys that are wanted. One query."""
    pairs = _of_members(members, _PAIRS[dimension](holding))
    return [(pk, str(key)) for pk, key in pairs if str(key) in wanted]


def _of_members(members: Pairs, pairs: Pairs) -> list[tuple[int, Any]]:
    statement = Statement()
    statement.add("members", members.order_by().values("pk"), "id", is_materialized=True)
    statement.add("pairs", pairs, "id, name")
    rows = statement.run("SELECT members.id, pairs.name FROM members JOIN pairs ON pairs.id = members.id")
    return [(int(pk), key) for pk, key in rows]


def counts(holding: Holding, row: str, column: str) -> dict[Cell, int]:
    """Initiatives that the viewer sees by (row key, column key), each once in a cell. One query."""
    return crossed(holding, row, column).cells


@dataclass(frozen=True)
class Crossing:
    """Counts by (row key, column key), and of how many initiatives anything is known in each of the two dimensions."""

    cells: dict[Cell, int]
    known: tuple[int, int]


def crossed(holding: Holding, row: str, column: str) -> Crossing:
    """Initiatives that the viewer sees in two dimensions, each once in a cell. One query."""
    first, second = _gathered(holding, row, column)
    cells: Counter[Cell] = Counter()
    for pk, names in first.items():
        if pk in second:
            cells.update(product(names, second[pk]))
    return Crossing(dict(cells), (len(first), len(second)))


def _gathered(holding: Holding, *dimensions: str) -> list[dict[str, set[str]]]:
    """The keys of each dimension by initiative (its id as a text), gathered: cheaper than rows to sort. One query."""
    statement = _statement(holding, **{f"set_{place}": name for place, name in enumerate(dimensions)})
    asked = []
    for place in range(len(dimensions)):
        rows = f"members {then()} set_{place} ON set_{place}.id = members.id"
        columns = f"{_joined('members.id')} AS ids, {_joined(f'set_{place}.name')} AS names"
        asked.append(f"(SELECT {columns} FROM {rows}) AS answer_{place}")  # noqa: S608  # our own
    texts = iter(statement.run(f"SELECT * FROM {', '.join(asked)}")[0])  # noqa: S608  # our own
    found: list[dict[str, set[str]]] = []
    for ids, names in zip(texts, texts, strict=True):
        keys: dict[str, set[str]] = defaultdict(set)
        for pk, name in zip(_parted(ids), _parted(names), strict=True):
            keys[pk].add(name)
        found.append(keys)
    return found


def _joined(column: str) -> str:
    """All values of a column as one text, parted by a sign that no key holds."""
    if connection.vendor == "postgresql":
        return f"string_agg(CAST({column} AS text), chr({ord(PARTING)}))"
    return f"group_concat({column}, char({ord(PARTING)}))"


def _parted(text: str | None) -> list[str]:
    return [] if text is None else str(text).split(PARTING)


def members_by_cell(holding: Holding, row: str, column: str, *, most: int) -> dict[Cell, set[int]]:
    """The initiatives of each cell that holds two or more and at most `most` of them. One query."""
    first, second = _gathered(holding, row, column)
    cells: dict[Cell, set[int]] = defaultdict(set)
    for pk, names in first.items():
        if pk in second:
            for cell in product(names, second[pk]):
                cells[cell].add(int(pk))
    return {cell: inside for cell, inside in cells.items() if 2 <= len(inside) <= most}


def count(holding: Holding, dimension: str) -> dict[str, int]:
    """Initiatives that the viewer sees by key of one dimension, each once for a key. One query."""
    statement = _statement(holding, pairs=dimension)
    found = statement.run(
        "SELECT pairs.name, COUNT(DISTINCT members.id) FROM members JOIN pairs ON pairs.id = members.id "
        "GROUP BY pairs.name"
    )
    return {str(name): number for name, number in found}


def _statement(holding: Holding, **sets: str) -> Statement:
    statement = Statement()
    statement.add("members", holding.members().order_by().values("pk"), "id", is_materialized=True)
    for name, dimension in sets.items():
        is_ranked = len(holding.portfolio_ids) > 1 and dimension in (Dimension.ZONE, Dimension.FACET)
        statement.add(name, _PAIRS[dimension](holding), "id, name", is_materialized=is_ranked)
    return statement
