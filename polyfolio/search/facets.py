"""The facets that every kind of record may carry, and how each is laid out for counting."""

from __future__ import annotations

from collections.abc import Mapping

# The number is how many values of a record stand in dense columns of their own, which count several times faster than
# a column of some or many values; what a record has beyond that goes to such a column. Facets that few records
# carry have none: filling dense columns costs time for every record.
SLOTS: Mapping[str, int] = {
    "kind": 1,
    "type": 1,
    "status": 1,
    "programme": 1,
    "theme": 2,
    "portfolio": 0,
    "portfolio_class": 0,
    "sdg_goal": 3,
    "sdg_target": 0,
    "country": 2,
    "sector": 2,
    "organisation": 2,
    "organisation_kind": 0,
    "year": 2,
    "facet": 0,
    "zone": 0,
    "language": 1,
    "dormant": 0,
}

FACETS: tuple[str, ...] = tuple(SLOTS)


class UnknownFacetError(KeyError):
    """A filter or a document names a facet that the index does not have: add it to `SLOTS`."""


def check(names: Mapping[str, object]) -> None:
    """Raise UnknownFacetError where one of `names` is no facet."""
    if unknown := sorted(set(names) - set(FACETS)):
        raise UnknownFacetError(f"No such facet: {', '.join(unknown)}. Facets: {', '.join(FACETS)}.")
