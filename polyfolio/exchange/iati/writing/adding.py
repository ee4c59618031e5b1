"""New initiatives with everything around them, a table at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from polyfolio.exchange.choices import Outcome
from polyfolio.exchange.iati.writing import links, results, sources
from polyfolio.exchange.iati.writing.deciding import Entry
from polyfolio.exchange.iati.writing.mapping.activity import Mapped, label_of
from polyfolio.exchange.iati.writing.mapping.parts import FIELDS, MONEY, PARTS
from polyfolio.exchange.iati.writing.work import Work, Written, log_row
from polyfolio.lib import bulk
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import ParticipationRole
from polyfolio.portfolios.models import Initiative, InitiativeIdentifier
from polyfolio.reporting.models import Result

COLUMNS = ("id", "slug", "label", *FIELDS)
LOGGED = ("title", "status", "planned_start_on", "actual_start_on", "planned_end_on", "actual_end_on")


def add(work: Work, written: Written) -> None:
    """Write the batch's new activities, and those that come back after their import was undone."""
    added = written.of(Outcome.ADDED)
    if not added:
        return
    new = [entry for entry in added if entry.initiative is None]
    _insert_initiatives(work, written, new)
    _bring_back(written, [entry for entry in added if entry.initiative is not None])
    insert_around(
        [(written.pks[entry.ordinal], written.mapped[entry.ordinal]) for entry in added], network=work.network
    )
    found = [(written.pks[entry.ordinal], entry.identifier, entry.read) for entry in added if entry.read]
    sources.insert(found, written.batch.header, network=work.network, at=written.at)
    for entry in added:
        _note(work, written, entry)
    _link(work, written, added)


def insert_around(pairs: Sequence[tuple[int, Mapped]], *, network: int) -> None:
    """Every part of every initiative of `pairs`, where none stand yet."""
    for name in PARTS:
        insert_rows(name, ((pk, row) for pk, mapped in pairs for row in mapped.rows[name]), network=network)
    results.insert((pk, tree) for pk, mapped in pairs for tree in mapped.results)


def insert_rows(name: str, pairs: Iterable[tuple[int, Sequence[Any]]], *, network: int) -> None:
    """Rows of one part, each with its initiative."""
    part = PARTS[name]
    shared = {"network_id": network} if name == "identifiers" else {}
    bulk.insert(part.model, ("initiative_id", *part.columns), ((pk, *row) for pk, row in pairs), **shared)


def delete_around(initiatives: Sequence[int]) -> None:
    """Everything that an import manages around these initiatives, but their own identifier."""
    for name, part in PARTS.items():
        rows: Any = part.model._default_manager.filter(initiative__in=initiatives)
        if name == "identifiers":
            rows = rows.exclude(scheme="iati")
        rows.delete()
    Result.objects.filter(initiative__in=initiatives).delete()


def reporter(mapped: Mapped) -> int | None:
    """The organisation whose word the activity is."""
    return next((row[0] for row in mapped.rows["participations"] if row[1] == ParticipationRole.REPORTING), None)


def _insert_initiatives(work: Work, written: Written, new: Sequence[Entry]) -> None:
    """What an import brings is public, because it was published."""
    found = [written.mapped[entry.ordinal].values for entry in new]
    keys = bulk.reserve(Initiative, len(new))
    labels = [label_of(values["title"]) for values in found]
    rows = (
        (key, slug, label, *(values[name] for name in FIELDS))
        for key, slug, label, values in zip(keys, work.slugs.take(labels), labels, found, strict=True)
    )
    bulk.insert(
        Initiative,
        COLUMNS,
        rows,
        network_id=work.network,
        created_by_id=work.by_id,
        created_at=written.at,
        updated_at=written.at,
        last_substantive_update_at=written.at,
        visibility=Visibility.PUBLIC.value,
    )
    identifiers = [(key, "iati", entry.identifier) for entry, key in zip(new, keys, strict=True)]
    bulk.insert(InitiativeIdentifier, ("initiative_id", "scheme", "value"), identifiers, network_id=work.network)
    written.pks.update({entry.ordinal: key for entry, key in zip(new, keys, strict=True)})


def _bring_back(written: Written, back: Sequence[Entry]) -> None:
    """As they are in the source now; they keep their addresses and whatever people did with them."""
    if not back:
        return
    for entry in back:
        pk = written.pks[entry.ordinal] = entry.initiative or 0
        values = written.mapped[entry.ordinal].values
        Initiative.objects.filter(pk=pk).update(
            **values,
            label=label_of(values["title"]),
            deleted_at=None,
            updated_at=written.at,
            last_substantive_update_at=written.at,
        )
    delete_around([written.pks[entry.ordinal] for entry in back])


def _note(work: Work, written: Written, entry: Entry) -> None:
    pk, mapped = written.pks[entry.ordinal], written.mapped[entry.ordinal]
    after = {name: value for name in LOGGED if (value := mapped.values[name])}
    step = "create" if entry.initiative is None else "restore"
    label = label_of(mapped.values["title"])
    written.log.append(log_row(work.run, pk, label, step, at=written.at, after=after))
    written.touched.append(pk)
    if any(mapped.rows[name] for name in MONEY):
        written.money.append(pk)


def _link(work: Work, written: Written, added: Sequence[Entry]) -> None:
    stated = {}
    for entry in added:
        mapped = written.mapped[entry.ordinal]
        if mapped.links:
            stater = links.Stater(written.pks[entry.ordinal], entry.identifier, reporter(mapped))
            stated[stater] = mapped.links
    links.state(work.network, stated, on=written.at.date())
    links.arrive(work.network, {entry.identifier: written.pks[entry.ordinal] for entry in added}, on=written.at.date())
