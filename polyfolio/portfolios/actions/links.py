"""Stating how initiatives stand to one another, and confirming what the other side stated."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.models import Organisation
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.choices import LinkConfidence, LinkKind
from polyfolio.portfolios.events import InitiativeUpdated
from polyfolio.portfolios.models import Initiative, InitiativeLink


def claim(
    *,
    source: Initiative,
    kind: str,
    by: User,
    at: datetime,
    target: Initiative | None = None,
    target_identifier: str = "",
    claimed_by: Organisation | None = None,
    note: str = "",
) -> InitiativeLink:
    """State that `source` stands in a relation to another initiative, known here or by its identifier elsewhere."""
    require(by, "portfolios.edit_initiative", source)
    with transaction.atomic():
        _check(source, kind, target, target_identifier)
        link = InitiativeLink(
            source=source,
            target=target,
            target_identifier=target_identifier,
            kind=kind,
            claimed_on=at.date(),
            claimed_by=claimed_by,
            note=note,
        )
        link.clean_fields()
        link.save(force_insert=True)
        _log(link, "initiative.link", by=by, at=at, after=_facts(link))
        return link


def confirm(*, link: InitiativeLink, by: User, at: datetime) -> InitiativeLink:
    """Confirm, from the other side, what a link claims; a documented link stays documented."""
    require(by, "portfolios.confirm_link", link)
    with transaction.atomic():
        locked = InitiativeLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if locked.confidence != LinkConfidence.CLAIMED:
            raise RefusedError(_("This link is confirmed already."))
        before = _facts(locked)
        locked.confidence = LinkConfidence.CONFIRMED
        locked.save(update_fields=["confidence"])
        _log(locked, "initiative.confirm_link", by=by, at=at, before=before, after=_facts(locked))
        return locked


def remove(*, link: InitiativeLink, by: User, at: datetime, reason: str = "") -> None:
    """Take a link away; both sides may."""
    require(by, "portfolios.remove_link", link)
    with transaction.atomic():
        _log(link, "initiative.unlink", by=by, at=at, before=_facts(link), reason=reason)
        link.delete()


def _check(source: Initiative, kind: str, target: Initiative | None, target_identifier: str) -> None:
    if target is None and not target_identifier:
        raise RefusedError(_("Say which initiative it is linked to."), field="target")
    if target is None:
        return
    if target.pk == source.pk:
        raise RefusedError(_("An initiative cannot be linked to itself."), field="target")
    if InitiativeLink.objects.filter(source=source, target=target, kind=kind).exists():
        raise RefusedError(_("This link is stated already."), field="target")
    if kind == LinkKind.PARENT and source.pk in _ancestors(target.pk):
        raise RefusedError(_("“%s” is itself a part of this initiative.") % target, field="target")


def _ancestors(initiative_id: int) -> set[int]:
    """Everything an initiative is part of, one query a generation."""
    found: set[int] = set()
    generation = {initiative_id}
    while generation:
        parents = InitiativeLink.objects.filter(source__in=generation, kind=LinkKind.PARENT, target__isnull=False)
        generation = {pk for pk in parents.values_list("target_id", flat=True) if pk is not None} - found
        found |= generation
    return found


def _facts(link: InitiativeLink) -> dict[str, str]:
    other = str(link.target) if link.target is not None else link.target_identifier
    return {"link": f"{link.get_kind_display()} {other} ({link.get_confidence_display()})"}


def _log(link: InitiativeLink, verb: str, *, by: User, at: datetime, **change: object) -> AuditRecord:
    touch([link.source_id], at=at)
    publish(InitiativeUpdated(link.source_id))
    return changes.write(record=link.source, verb=verb, by=by, at=at, **change)
