"""What an initiative has in each dimension of a matrix, as (initiative, key) pairs; lists and figures share them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Substr

from polyfolio.portfolios.models import Initiative, InitiativeSdg, InitiativeSector, InitiativeTerritory
from polyfolio.sensemaking.choices import Dimension, Facet
from polyfolio.sensemaking.matrices import Cell
from polyfolio.sensemaking.models import Standing
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.statements import Statement

Pairs = QuerySet[Any, Any]

NONE = "-"
"""In a filter: has nothing in this dimension."""
DAC = ("1", "2")
"""OECD DAC's sectors with five and with three digits; the first three are the group of both."""


def _theme(_holding: Holding) -> Pairs:
    return _keyed(Initiative.themes.through.objects.all(), F("theme__slug"))


def _programme(_holding: Holding) -> Pairs:
    return _keyed(Initiative.programmes.through.objects.all(), F("body__slug"))


def _country(_holding: Holding) -> Pairs:
    return _keyed(InitiativeTerritory.objects.exclude(country=""), F("country"))


def _sdg_goal(_holding: Holding) -> Pairs:
    return _keyed(InitiativeSdg.objects.all(), Cast("goal", CharField()))


def _sector(_holding: Holding) -> Pairs:
    """DAC sectors by the group of their first three digits; others by vocabulary and code."""
    dac = _keyed(InitiativeSector.objects.filter(vocabulary__in=DAC), Substr("code", 1, 3))
    named = Concat("vocabulary", Value("-"), "code", output_field=CharField())
    return dac.union(_keyed(InitiativeSector.objects.exclude(vocabulary__in=DAC), named), all=True)


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
    pairs = _joined(members, _PAIRS[dimension](holding))
    return [(pk, str(key)) for pk, key in pairs if str(key) in wanted]


def _joined(members: Pairs, pairs: Pairs) -> list[tuple[int, Any]]:
    statement = Statement()
    statement.add("members", members.order_by().values("pk"), "id", is_materialized=True)
    statement.add("pairs", pairs, "id, name")
    rows = statement.run("SELECT members.id, pairs.name FROM members JOIN pairs ON pairs.id = members.id")
    return [(int(pk), key) for pk, key in rows]


def counts(holding: Holding, row: str, column: str) -> dict[Cell, int]:
    """Initiatives that the viewer sees by (row key, column key), each once in a cell. One query."""
    statement = _statement(holding, per_row=row, per_column=column)
    found = statement.run(
        "SELECT per_row.name, per_column.name, COUNT(DISTINCT members.id) FROM members "
        "JOIN per_row ON per_row.id = members.id JOIN per_column ON per_column.id = members.id "
        "GROUP BY per_row.name, per_column.name"
    )
    return {(str(first), str(second)): number for first, second, number in found}


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
