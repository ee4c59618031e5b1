"""Initiatives that are here already: what the merge decided is written, and what stood there is kept for undoing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from polyfolio.exchange.choices import Outcome
from polyfolio.exchange.iati.problems import problem
from polyfolio.exchange.iati.writing import adding, links, results, snapshots, sources
from polyfolio.exchange.iati.writing.deciding import Entry
from polyfolio.exchange.iati.writing.mapping.activity import label_of
from polyfolio.exchange.iati.writing.mapping.parts import FIELDS, MONEY, PARTS, RESULTS, line
from polyfolio.exchange.iati.writing.merging import Merged, RowsChange, merge
from polyfolio.exchange.iati.writing.standing import Standing, standing
from polyfolio.exchange.iati.writing.work import Work, Written, log_row
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.models import Result

Values = dict[str, Any]


def change(work: Work, written: Written) -> None:
    """Write the batch's changed activities, as far as their sources changed them."""
    entries = written.of(Outcome.CHANGED)
    if not entries:
        return
    written.pks.update({entry.ordinal: entry.initiative or 0 for entry in entries})
    pks = [written.pks[entry.ordinal] for entry in entries]
    fields, around, stated = _locked(pks), standing(pks), links.statements_of(pks)
    known = sources.kept([entry.source for entry in entries if entry.source is not None])
    merges = []
    for entry, pk in zip(entries, pks, strict=True):
        base, new = written.bases.get(entry.ordinal), written.mapped[entry.ordinal]
        merged = merge(base=base, new=new, values=fields[pk], around=around[pk])
        merges.append((pk, merged))
        written.before[entry.ordinal] = snapshots.pack(
            merged, values=fields[pk], around=around[pk], source=known.get(entry.source or 0), links=stated[pk]
        )
        _note(work, written, entry, merged, fields=fields[pk], around=around[pk])
    _write(merges, network=work.network, at=written.at)
    _keep_sources(work, written, entries)
    _link(work, written, entries, stated)


def update_fields(pk: int, values: Values, *, at: datetime) -> None:
    """Set fields, and the label with the title."""
    label = {"label": label_of(values["title"])} if "title" in values else {}
    Initiative.objects.filter(pk=pk).update(**values, **label, updated_at=at)


def _locked(initiatives: Sequence[int]) -> dict[int, Values]:
    """The fields that an import manages, as they stand, held until the transaction ends."""
    rows = Initiative.objects.select_for_update(of=("self",)).filter(pk__in=initiatives)
    return {row["pk"]: row for row in rows.values("pk", "label", *FIELDS, "last_substantive_update_at")}


def _write(changes: Sequence[tuple[int, Merged]], *, network: int, at: datetime) -> None:
    """Fields of each initiative, rows of each part."""
    for pk, merged in changes:
        if not merged.is_empty:
            update_fields(pk, merged.values | {"last_substantive_update_at": at}, at=at)
    for name, part in PARTS.items():
        found = [(pk, merged.parts[name]) for pk, merged in changes if name in merged.parts]
        if found:
            part.model._default_manager.filter(pk__in=_gone(found)).delete()
            adding.insert_rows(name, ((pk, row) for pk, each in found for row in each.come), network=network)
    found = [(pk, merged.parts[RESULTS]) for pk, merged in changes if RESULTS in merged.parts]
    Result.objects.filter(pk__in=_gone(found)).delete()
    results.insert((pk, tree) for pk, each in found for tree in each.come)


def _gone(found: Iterable[tuple[int, RowsChange]]) -> list[int]:
    return [pk for _initiative, each in found for pk in each.gone]


def _keep_sources(work: Work, written: Written, entries: Sequence[Entry]) -> None:
    header = written.batch.header
    new = [
        (written.pks[each.ordinal], each.identifier, each.read)
        for each in entries
        if each.source is None and each.read is not None
    ]
    sources.insert(new, header, network=work.network, at=written.at)
    for entry in entries:
        if entry.source is not None and entry.read is not None:
            sources.replace(entry.source, entry.read, header, at=written.at)


def _note(work: Work, written: Written, entry: Entry, merged: Merged, *, fields: Values, around: Standing) -> None:
    """The log row of a change, and what a person should know of it."""
    written.notes += [
        problem(
            "edited-here",
            ordinal=entry.ordinal,
            line=entry.line,
            identifier=entry.identifier,
            element=element,
            value=earlier,
        )
        for element, earlier in merged.conflicts
    ]
    if merged.is_empty:
        return
    pk = written.pks[entry.ordinal]
    written.touched.append(pk)
    if MONEY & merged.parts.keys():
        written.money.append(pk)
    before, after = _facts(merged, fields, around)
    written.log.append(log_row(work.run, pk, fields["label"], "change", at=written.at, before=before, after=after))


def _facts(merged: Merged, fields: Values, around: Standing) -> tuple[Values, Values]:
    """Before and after, as the log keeps them: values of fields, a line for each row."""
    before: Values = {name: fields[name] for name in merged.values}
    after: Values = dict(merged.values)
    for name, each in merged.parts.items():
        standing_rows = around.results if name == RESULTS else around.rows[name]
        lines = [(pk, _line(name, row)) for pk, row in standing_rows]
        gone = set(each.gone)
        before[name] = [text for _pk, text in lines]
        after[name] = [text for pk, text in lines if pk not in gone] + [_line(name, row) for row in each.come]
    return before, after


def _line(name: str, row: Any) -> str:
    return str(row[0][2]) if name == RESULTS else line(PARTS[name], row)


def _link(work: Work, written: Written, entries: Sequence[Entry], stated: dict[int, list[links.Statement]]) -> None:
    """State what is stated for the first time, withdraw what no longer is."""
    new: dict[links.Stater, list[links.Statement]] = {}
    gone: dict[links.Stater, list[links.Statement]] = {}
    for entry in entries:
        mapped, pk = written.mapped[entry.ordinal], written.pks[entry.ordinal]
        stater = links.Stater(pk, entry.identifier, adding.reporter(mapped))
        new[stater] = [each for each in mapped.links if each not in stated[pk]]
        gone[stater] = [each for each in stated[pk] if each not in mapped.links]
    links.withdraw(work.network, gone)
    links.state(work.network, new, on=written.at.date())
