"""Which kinds of records a form can ask for by name, and how each is found while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Organisation, Person
from polyfolio.network.queries import organisations, persons
from polyfolio.portfolios.queries import initiatives

SHOWN = 12


@dataclass(frozen=True)
class Kind:
    """`named(user, words)` gives the likeliest records; `key(record)` and `find(user, key)` go forth and back."""

    named: Callable[[Viewer, str], Iterable[Any]]
    key: Callable[[Any], str]
    find: Callable[[Viewer, str], Any]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def kind_of(name: str) -> Kind:
    """The kind called `name`; raises KeyError."""
    return _kinds[name]


def known_kinds() -> list[str]:
    """Every kind that pages register, for the tests that may forget none."""
    return sorted(_kinds)


def words_of(kind: Kind, record: Any) -> str:
    """What stands in the input for a record: its name, and its key in square brackets, so that two never clash."""
    return f"{record} [{kind.key(record)}]"


def chosen(name: str, user: Viewer, words: str) -> tuple[Any, list[Any]]:
    """The record that `words` name, else None and those it may mean."""
    kind = kind_of(name)
    key = words.rpartition("[")[2].removesuffix("]") if words.endswith("]") else ""
    if key:
        try:
            return kind.find(user, key), []
        except (ObjectDoesNotExist, LookupError, ValueError):
            return None, []
    found = list(kind.named(user, words))[:SHOWN]
    exact = [each for each in found if str(each).casefold() == words.casefold()]
    return (exact[0], []) if len(exact) == 1 else (None, found)


register(
    "organisation",
    Kind(
        named=lambda user, words: organisations.named(user, words, limit=SHOWN),
        key=lambda record: str(record.slug),
        find=lambda user, key: Organisation.objects.visible_to(user).get(slug=key),
    ),
)
register(
    "person",
    Kind(
        named=lambda user, words: persons.named(user, words, limit=SHOWN),
        key=lambda record: str(record.pk),
        find=lambda user, key: Person.objects.visible_to(user).get(pk=int(key)),
    ),
)
register(
    "initiative",
    Kind(
        named=lambda user, words: initiatives.named(user, words, limit=SHOWN),
        key=lambda record: str(record.slug),
        find=initiatives.find,
    ),
)
