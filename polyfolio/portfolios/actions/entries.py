"""Putting initiatives into portfolios, and taking them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.events import EntryChanged
from polyfolio.portfolios.models import Entry, Initiative, Portfolio, Position
from polyfolio.portfolios.queries.rights import editable_by

CHUNK = 500


@dataclass(frozen=True)
class Added:
    """What became of the initiatives given: core now, proposed for admission, already there."""

    core: int
    proposed: int
    already: int


def add_core(*, portfolio: Portfolio, initiative: Initiative, by: User, at: datetime) -> Entry:
    """Enter an initiative that was created together inside the portfolio; its own editors' and stewards' right."""
    require(by, "portfolios.steward_portfolio", portfolio)
    require(by, "portfolios.edit_initiative", initiative)
    with transaction.atomic():
        entry = _entry(portfolio, initiative)
        if entry is not None and entry.state == AdmissionState.ADMITTED:
            raise RefusedError(_("“%s” is in this portfolio already.") % initiative, field="initiative")
        entry = entry or Entry(portfolio=portfolio, initiative=initiative)
        _admit_as_core(entry, by=by, at=at)
        entry.save()
        _tell([entry], "initiative.enter", by=by, at=at)
    return entry


def propose(*, portfolio: Portfolio, initiative: Initiative, by: User, at: datetime, reason: str = "") -> Entry:
    """Draft the admission of a partner's own initiative; one declined or withdrawn begins again, checklist and all."""
    with transaction.atomic():
        known = _entry(portfolio, initiative)
        if known is not None and known.state not in (AdmissionState.DECLINED, AdmissionState.WITHDRAWN):
            raise RefusedError(_("“%s” is proposed or admitted already.") % initiative, field="initiative")
        entry = _proposal(portfolio, initiative, by=by, reason=reason)
        require(by, "portfolios.propose_entry", entry)
        if known is not None:
            entry.pk = known.pk
            known.answers.all().delete()
        entry.save()
        _tell([entry], "initiative.propose", by=by, at=at, reason=reason)
    return entry


def add_many(*, portfolio: Portfolio, initiative_ids: Collection[int], by: User, at: datetime) -> Added:
    """Enter many initiatives: as core those of networks the person stewards, the rest as drafted proposals.

    Only initiatives that the person sees are taken. Log rows are written in bulk.
    """
    require(by, "portfolios.steward_portfolio", portfolio)
    ids = list(initiative_ids)
    counts = Added(core=0, proposed=0, already=0)
    with transaction.atomic():
        for start in range(0, len(ids), CHUNK):
            counts = _add_chunk(portfolio, ids[start : start + CHUNK], counts, by=by, at=at)
    return counts


def core_among(initiative_ids: Collection[int], by: User) -> int:
    """How many of these `add_many` would enter as core, before it does."""
    return len(_stewarded(Initiative.objects.visible_to(by).filter(pk__in=initiative_ids), by))


def set_position(*, entry: Entry, position: Position | None, by: User, at: datetime) -> None:
    """Say which strategic place of the portfolio an initiative stands for."""
    require(by, "portfolios.steward_portfolio", entry.portfolio)
    if position is not None and position.portfolio_id != entry.portfolio_id:
        raise RefusedError(_("This position belongs to another portfolio."), field="position")
    with transaction.atomic():
        before = {"position": str(entry.position or "")}
        entry.position = position
        entry.save(update_fields=["position"])
        touch([entry.initiative_id], at=at)
        changes.write(
            record=entry.initiative,
            verb="initiative.position",
            by=by,
            at=at,
            before=before,
            after={"position": str(position or ""), "portfolio": plain(entry.portfolio)},
        )


def remove(*, entry: Entry, by: User, at: datetime, reason: str = "") -> Entry:
    """Take an admitted initiative out of a portfolio; the entry stays as withdrawn, with the date and the reason."""
    require(by, "portfolios.withdraw_entry", entry)
    with transaction.atomic():
        locked = lock(entry)
        if locked.state != AdmissionState.ADMITTED:
            raise RefusedError(_("This initiative is not in the portfolio."))
        before = facts(locked)
        locked.state, locked.left_on, locked.reason = AdmissionState.WITHDRAWN, at.date(), reason
        locked.save()
        _tell([locked], "initiative.leave", by=by, at=at, reason=reason, before=before)
    return locked


def lock(entry: Entry) -> Entry:
    """The entry as it stands now, held until the transaction ends, with its portfolio and initiative."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("portfolio", "initiative")
    return rows.get(pk=entry.pk)


def facts(entry: Entry) -> dict[str, Any]:
    """What the log keeps of an entry, before and after."""
    return {
        "portfolio_class": entry.portfolio_class,
        "state": entry.state,
        "entered_on": plain(entry.entered_on),
        "left_on": plain(entry.left_on),
    }


def named_facts(entry: Entry) -> dict[str, Any]:
    """The same with the portfolio's name: what the log keeps after, where equal facts would be left out."""
    return {"portfolio": plain(entry.portfolio)} | facts(entry)


def _entry(portfolio: Portfolio, initiative: Initiative) -> Entry | None:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("portfolio", "initiative")
    return rows.filter(portfolio=portfolio, initiative=initiative).first()


def _admit_as_core(entry: Entry, *, by: User, at: datetime) -> None:
    entry.portfolio_class = PortfolioClass.CORE
    entry.state = AdmissionState.ADMITTED
    entry.entered_on, entry.left_on = at.date(), None
    entry.decided_at, entry.decided_by = at, by


def _proposal(portfolio: Portfolio, initiative: Initiative, *, by: User, reason: str = "") -> Entry:
    return Entry(
        portfolio=portfolio,
        initiative=initiative,
        portfolio_class=PortfolioClass.AFFILIATED,
        state=AdmissionState.DRAFT,
        proposed_by=by,
        reason=reason,
    )


def _add_chunk(portfolio: Portfolio, ids: list[int], counts: Added, *, by: User, at: datetime) -> Added:
    found = Initiative.objects.visible_to(by).in_bulk(ids)
    ours = _stewarded(found.values(), by)
    known = {entry.initiative_id: entry for entry in Entry.objects.filter(portfolio=portfolio, initiative__in=ids)}
    new: list[Entry] = []
    changed: list[Entry] = []
    already = 0
    for initiative in (found[pk] for pk in ids if pk in found):
        entry = known.get(initiative.pk)
        if entry is not None and (entry.state == AdmissionState.ADMITTED or initiative.pk not in ours):
            already += 1
            continue
        if initiative.pk not in ours:
            new.append(_proposal(portfolio, initiative, by=by))
            continue
        (new if entry is None else changed).append(entry := entry or Entry(portfolio=portfolio, initiative=initiative))
        entry.portfolio, entry.initiative = portfolio, initiative
        _admit_as_core(entry, by=by, at=at)
    Entry.objects.bulk_create(new)
    Entry.objects.bulk_update(
        changed, ["portfolio_class", "state", "entered_on", "left_on", "decided_at", "decided_by"]
    )
    core = [entry for entry in (*new, *changed) if entry.state == AdmissionState.ADMITTED]
    proposed = [entry for entry in new if entry.state == AdmissionState.DRAFT]
    _tell(core, "initiative.enter", by=by, at=at)
    _tell(proposed, "initiative.propose", by=by, at=at)
    return Added(counts.core + len(core), counts.proposed + len(proposed), counts.already + already)


def _stewarded(initiatives: Iterable[Initiative], by: User) -> set[int]:
    """Those that the person may enter as core: of networks they steward, or theirs to edit."""
    networks = by.access.ids("network", STEWARDING)
    rows = list(initiatives)
    ours = {each.pk for each in rows if by.access.is_admin or each.network_id in networks}
    rest = [each.pk for each in rows if each.pk not in ours]
    if rest:
        ours |= set(Initiative.objects.filter(editable_by(by.access), pk__in=rest).values_list("pk", flat=True))
    return ours


def _tell(
    entries: list[Entry],
    verb: str,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> None:
    """One log row an entry (its subject is the initiative), and one event each."""
    rows: list[AuditRecord] = [
        changes.prepare(
            record=entry.initiative, verb=verb, by=by, at=at, before=before, after=named_facts(entry), reason=reason
        )
        for entry in entries
    ]
    if rows:
        touch([entry.initiative_id for entry in entries], at=at)
        changes.write_many(rows)
    for entry in entries:
        publish(EntryChanged(entry.portfolio_id, entry.initiative_id, entry.state))
