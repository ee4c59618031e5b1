"""The search that an address stands for, and the addresses of its neighbours: every state of the page is a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlencode

from django.http import QueryDict

from polyfolio.search.facets import FACETS

Sort = Literal["relevance", "title", "newest", "start"]
View = Literal["list", "table"]
SORTS: tuple[Sort, ...] = get_args(Sort)
VIEWS: tuple[View, ...] = get_args(View)
LONGEST_QUERY = 400
LONGEST_CODE = 200
MOST_CODES = 50
PER_PAGE = 20
MOST_PAGES = 500

# What cannot stand in a text of a database, nor in anything that a person types.
_CONTROLS = dict.fromkeys([*range(32), 127], " ")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """What the address asks for: words, codes by facet, sort and page (from 1), and how the page looks.

    `columns` are those of the table and of files, the usual ones where none is named. `is_wide`: every filter is shown,
    not only the usual ones; `unfolded` is the facet of which every value is shown.
    """

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "newest"
    page: int = 1
    view: View = "list"
    columns: tuple[str, ...] = ()
    is_wide: bool = False
    unfolded: str = ""

    @property
    def count(self) -> int:
        return sum(len(codes) for codes in self.filters.values())

    @property
    def is_sorted(self) -> bool:
        """Whether another order than the usual one is asked for."""
        return self.sort != default_sort(self.words)

    def pairs(self) -> Pairs:
        """The state as names and values of an address, without the page; what goes without saying is left out."""
        found: Pairs = [("q", self.words)] if self.words else []
        found += [(facet, code) for facet, codes in self.filters.items() for code in codes]
        return found + self.look()

    def look(self) -> Pairs:
        """The part of the state that does not narrow the search: sort, view, columns, which filters are shown."""
        found: Pairs = [("sort", self.sort)] if self.is_sorted else []
        found += [("view", self.view)] if self.view != "list" else []
        found += [("columns", name) for name in self.columns]
        found += [("filters", "1")] if self.is_wide else []
        return found + ([("all", self.unfolded)] if self.unfolded else [])

    def query(self, **changes: str | None) -> str:
        """The query string of this search with single values changed; None leaves a part out."""
        kept = [(name, value) for name, value in self.pairs() if name not in changes]
        return urlencode(kept + [(name, value) for name, value in changes.items() if value])

    def without(self, facet: str, code: str) -> str:
        """The query string with one code taken off."""
        return urlencode([pair for pair in self.pairs() if pair != (facet, code)])

    def bare(self) -> str:
        """The query string without any filter."""
        return urlencode([pair for pair in self.pairs() if pair[0] not in FACETS])


def asked(parameters: QueryDict) -> Asked:
    """Read an address leniently: what is not understood is left out, never an error."""
    words = " ".join(_clean(parameters.get("q", "")).split())[:LONGEST_QUERY].strip()
    chosen = ((facet, _codes(parameters.getlist(facet))) for facet in FACETS)
    page = parameters.get("page", "1")
    return Asked(
        words=words,
        filters={facet: codes for facet, codes in chosen if codes},
        sort=next((sort for sort in SORTS if sort == parameters.get("sort")), default_sort(words)),
        page=_page(page),
        view=next((view for view in VIEWS if view == parameters.get("view")), "list"),
        columns=_codes(",".join(parameters.getlist("columns")).split(",")),
        is_wide=bool(parameters.get("filters")),
        unfolded=next((facet for facet in FACETS if facet == parameters.get("all")), ""),
    )


def default_sort(words: str) -> Sort:
    return "relevance" if words else "newest"


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)


def _codes(given: list[str]) -> tuple[str, ...]:
    found = (_clean(code).strip() for code in given)
    return tuple(dict.fromkeys(code for code in found if code and len(code) <= LONGEST_CODE))[:MOST_CODES]


def _page(given: str) -> int:
    if not given.isdecimal():
        return 1
    return min(max(int(given[:9]), 1), MOST_PAGES)
