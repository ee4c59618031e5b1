"""Watches the organisations of a file: one under several names, one name under several identifiers."""

from __future__ import annotations

from collections.abc import Iterator

from polyfolio.exchange.iati.data import ActivityData
from polyfolio.exchange.iati.problems import Problem, problem
from polyfolio.lib.texts import Texts

# So that memory stays small whatever the file: organisations watched, names kept of each, problems told.
MOST_WATCHED = 50_000
MOST_NAMES = 6
MOST_TOLD = 200
SHOWN_NAME = 100


class Organisations:
    def __init__(self) -> None:
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._refs: dict[str, dict[str, str]] = {}
        self._seen: set[tuple[str, str, str]] = set()

    def see(self, found: ActivityData) -> None:
        """Take note of everybody whom an activity names."""
        if found.reporting is not None:
            self._note(found.reporting.ref, found.reporting.names)
        for participation in found.participations:
            self._note(participation.ref, participation.names)
        for transaction in found.transactions:
            if transaction.provider is not None:
                self._note(transaction.provider.ref, transaction.provider.names)
            if transaction.receiver is not None:
                self._note(transaction.receiver.ref, transaction.receiver.names)

    def _note(self, ref: str, names: Texts) -> None:
        if not ref:
            return
        for language, name in names.items():
            sight = (ref, language, name)
            if sight in self._seen or len(self._seen) >= MOST_WATCHED:
                continue
            self._seen.add(sight)
            key = " ".join(name.casefold().split())
            shown = name[:SHOWN_NAME]
            known_names = self._names.setdefault((ref, language), {})
            if len(known_names) < MOST_NAMES:
                known_names.setdefault(key, shown)
            known_refs = self._refs.setdefault(key, {})
            if len(known_refs) < MOST_NAMES:
                known_refs.setdefault(ref, shown)

    def problems(self) -> Iterator[Problem]:
        """What a person should look at once the whole file was seen, at most so many of each kind."""
        told = 0
        for (ref, _), names in self._names.items():
            if len(names) > 1 and told < MOST_TOLD:
                told += 1
                shown = " · ".join(names.values())
                yield problem("organisation-names", value=shown, ref=ref, names=shown, count=len(names))
        told = 0
        for refs in self._refs.values():
            if len(refs) > 1 and told < MOST_TOLD:
                told += 1
                name = next(iter(refs.values()))
                yield problem("organisation-refs", value=" · ".join(refs), name=name, refs=" · ".join(refs))
