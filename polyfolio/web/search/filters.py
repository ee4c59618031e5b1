"""The filters beside the results: facets with their counts, and the chips of what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.search import queries
from polyfolio.search.building import SearchQuery
from polyfolio.web.search.addresses import Asked
from polyfolio.web.search.labels import FACET_LABELS, FIRST_FACETS, labels

VALUES_SHOWN = 8
MOST_VALUES = 400
LOOKED_AT = 60


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    facet: str
    label: str
    query: str


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many of the results carry it, and whether it is chosen."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet with its most frequent values; the chosen ones always among them. `more` is how many are left out."""

    name: str
    label: Any
    values: tuple[Value, ...]
    more: int
    is_open: bool


def chips(asked: Asked, user: Viewer) -> list[Chip]:
    """What is chosen. What names no record that this reader sees can only be taken off."""
    found = []
    for facet, codes in asked.filters.items():
        named = labels(facet, codes, user)
        found += [
            Chip(str(FACET_LABELS[facet]), named.get(code, _("unknown")), asked.without(facet, code)) for code in codes
        ]
    return found


def shown_facets(asked: Asked) -> list[str]:
    """The usual facets, those with a choice, and every other where all are asked for."""
    return [name for name in FACET_LABELS if asked.is_wide or name in FIRST_FACETS or name in asked.filters]


def groups(asked: Asked, query: SearchQuery, user: Viewer) -> list[Group]:
    """The facets to show with exact counts; at most one query for each facet whose codes name records."""
    names = shown_facets(asked)
    counted = queries.facet_counts(query, names)
    found = [_group(asked, name, counted[name], user) for name in names]
    return [group for group in found if group.values]


def _group(asked: Asked, name: str, counts: dict[str, int], user: Viewer) -> Group:
    chosen = asked.filters.get(name, ())
    shown = MOST_VALUES if asked.unfolded == name else VALUES_SHOWN
    most = sorted(counts, key=lambda code: (-counts[code], code))[: max(shown, LOOKED_AT)]
    named = labels(name, [*dict.fromkeys((*most, *chosen))], user)
    seen = [code for code in most if code in named]
    codes = dict.fromkeys([*seen[:shown], *(code for code in chosen if code in named)])
    return Group(
        name,
        FACET_LABELS[name],
        tuple(Value(code, named[code], counts.get(code, 0), code in chosen) for code in codes),
        more=max(len(seen) - shown, 0),
        is_open=name in FIRST_FACETS or bool(chosen) or asked.unfolded == name,
    )
