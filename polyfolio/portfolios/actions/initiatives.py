"""Creating, editing, reviving and deleting initiatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes, records
from polyfolio.audit.facts import Parts
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import slug_base, unique_slug
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.network.models import Network
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.parts import prepared
from polyfolio.portfolios.events import InitiativeCreated, InitiativeUpdated
from polyfolio.portfolios.models import Initiative

FIELDS = (
    "title",
    "summary",
    "objectives",
    "daily_life",
    "kind",
    "status",
    "priority",
    "planned_start_on",
    "planned_end_on",
    "actual_start_on",
    "actual_end_on",
    "horizon_months",
    "budget_lines",
    "methods",
    "languages",
    "visibility",
)
RELATED = ("themes", "programmes")
TEXTS = ("title", "summary", "objectives", "daily_life")
SPANS = (("planned_start_on", "planned_end_on"), ("actual_start_on", "actual_end_on"))
CHECKED = ("title", *SPANS[0], *SPANS[1])

Related = Mapping[str, Sequence[models.Model]]


def create(
    *,
    network: Network,
    title: Mapping[str, str],
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    parts: Parts | None = None,
    related: Related | None = None,
) -> Initiative:
    """Add an initiative to a network with everything around it; publishes InitiativeCreated.

    `values` holds fields of FIELDS, `parts` lists of rows by name (see `parts`), `related` those of RELATED.
    """
    require(by, "portfolios.create_initiative", network)
    given = _known(values or {}, FIELDS) | {"title": dict(title)}
    with transaction.atomic():
        clean = _clean(given)
        check(clean)
        initiative = Initiative(network=network, last_substantive_update_at=at, **clean)
        initiative.slug = free_slug(best_text(initiative.title))
        linked = _known(related or {}, RELATED)
        _check_programmes(initiative, linked)
        around = prepared(parts or {}, network)
        records.create(initiative, fields=FIELDS, by=by, at=at, related=linked, parts=around)
        publish(InitiativeCreated(initiative.pk))
    return initiative


def edit(
    *,
    initiative: Initiative,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    parts: Parts | None = None,
    related: Related | None = None,
    reason: str = "",
) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs. Publishes InitiativeUpdated."""
    with transaction.atomic():
        locked = records.lock(initiative)
        require(by, "portfolios.edit_initiative", locked)
        given, linked = _clean(_known(values or {}, FIELDS)), _known(related or {}, RELATED)
        _check_programmes(locked, linked)
        around = prepared(parts or {}, locked.network)
        check({name: getattr(locked, name) for name in CHECKED} | given)
        locked.last_substantive_update_at = at
        row = records.change(locked, given, by=by, at=at, reason=reason, related=linked, parts=around)
        if row is not None:
            publish(InitiativeUpdated(locked.pk))
        return row


def revive(*, initiative: Initiative, by: User, at: datetime) -> AuditRecord:
    """Say that a dormant initiative still lives; publishes InitiativeUpdated."""
    with transaction.atomic():
        locked = records.lock(initiative)
        require(by, "portfolios.edit_initiative", locked)
        before = changes.facts(locked, ["last_substantive_update_at"])
        locked.last_substantive_update_at = locked.updated_at = at
        locked.save(update_fields=["last_substantive_update_at", "updated_at"])
        publish(InitiativeUpdated(locked.pk))
        return changes.write(
            record=locked,
            verb="initiative.revive",
            by=by,
            at=at,
            before=before,
            after=changes.facts(locked, ["last_substantive_update_at"]),
        )


def delete(*, initiative: Initiative, by: User, at: datetime, reason: str = "") -> AuditRecord:
    """Take an initiative out of every list and count; `restore` brings it back."""
    with transaction.atomic():
        locked = records.lock(initiative)
        require(by, "portfolios.delete_initiative", locked)
        if locked.is_deleted:
            raise RefusedError(_("This initiative is deleted already."))
        publish(InitiativeUpdated(locked.pk))
        return records.delete(locked, by=by, at=at, reason=reason)


def restore(*, initiative: Initiative, by: User, at: datetime) -> AuditRecord:
    """Bring a deleted initiative back as it was."""
    with transaction.atomic():
        locked = records.lock(initiative)
        require(by, "portfolios.delete_initiative", locked)
        publish(InitiativeUpdated(locked.pk))
        return records.restore(locked, by=by, at=at)


def free_slug(title: str) -> str:
    """An address of its own for an initiative with this title."""
    base = slug_base(title, fallback="initiative")
    taken = set(Initiative.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return unique_slug(title, taken=taken, fallback="initiative")


def _known(given: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    unknown = set(given) - set(names)
    if unknown:
        raise KeyError(f"An initiative has no {', '.join(sorted(unknown))}.")
    return dict(given)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: clean_texts(value) if name in TEXTS else value for name, value in values.items()}


def check(values: Mapping[str, Any]) -> None:
    """Refuse what no initiative may be: untitled, or ended before it began."""
    if not best_text(values["title"]):
        raise RefusedError(_("Give it a title in at least one language."), field="title")
    for start, end in SPANS:
        first, last = values.get(start), values.get(end)
        if first and last and last < first:
            raise RefusedError(_("The end is before the start."), field=end)


def _check_programmes(initiative: Initiative, related: Related) -> None:
    strangers = [body for body in related.get("programmes", ()) if body.network_id != initiative.network_id]  # type: ignore[attr-defined]
    if strangers:
        raise RefusedError(_("“%s” belongs to another network.") % strangers[0], field="programmes")
