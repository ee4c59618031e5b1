"""Making two records of one organisation one: every link is kept, and the old address leads to the new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes, records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import best_text
from polyfolio.network.events import OrganisationMerged
from polyfolio.network.models import Organisation
from polyfolio.people.models import User
from polyfolio.people.rules import require

FILLED = ("acronym", "kind", "sector", "level", "country", "website")
FILLED_TEXTS = ("title", "description", "drivers")

Move = Callable[[Organisation, Organisation], None]
_moves: list[Move] = []


def also_move(move: Move) -> None:
    """Let `move(kept, merged)` bring over what names an organisation by type and id instead of by foreign key."""
    if move not in _moves:
        _moves.append(move)


def merge(
    *,
    kept: Organisation,
    merged: Organisation,
    by: User,
    at: datetime,
    reason: str = "",
    _may_both: bool = False,
) -> AuditRecord:
    """Move every link of `merged` to `kept`, fill what `kept` leaves open, and let the old address redirect.

    Where both had the same link (both are members, say), the kept one's stays. Publishes OrganisationMerged.
    """
    for each in () if _may_both else (kept, merged):
        require(by, "network.merge_organisation", each)
    if kept.pk == merged.pk:
        raise RefusedError(_("Choose two different organisations."), field="kept")
    with transaction.atomic():
        first, second = sorted((kept, merged), key=lambda each: each.pk)
        locked = {each.pk: records.lock(each) for each in (first, second)}
        kept, merged = locked[kept.pk], locked[merged.pk]
        if kept.is_deleted or merged.is_deleted:
            raise RefusedError(_("One of them is deleted already. Look at the list again."))
        _fill(kept, merged)
        _untangle(kept, merged)
        moved = _move_links(kept, merged)
        _break_rings(kept)
        for move in _moves:
            move(kept, merged)
        merged.merged_into, merged.deleted_at, merged.updated_at = kept, at, at
        merged.save()
        kept.updated_at = at
        kept.save()
        said = {"merged": {"id": merged.pk, "label": str(merged)}, "moved": moved}
        changes.write(
            record=merged,
            verb="organisation.merged_into",
            by=by,
            at=at,
            after={"merged_into": {"id": kept.pk, "label": str(kept)}},
            reason=reason,
        )
        publish(OrganisationMerged(kept.pk, merged.pk))
        return changes.write(record=kept, verb="organisation.merge", by=by, at=at, after=said, reason=reason)


def _fill(kept: Organisation, merged: Organisation) -> None:
    """What only the merged record knew, and its names as other names."""
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(merged, name))
    for name in FILLED_TEXTS:
        setattr(kept, name, getattr(merged, name) | getattr(kept, name))
    kept.languages = list(dict.fromkeys([*kept.languages, *merged.languages]))
    names = [*kept.other_names, best_text(merged.title), *merged.other_names]
    kept.other_names = [name for name in dict.fromkeys(names) if name != best_text(kept.title)]


def _untangle(kept: Organisation, merged: Organisation) -> None:
    """Nobody becomes their own parent or successor."""
    for name in ("parent", "successor"):
        theirs = getattr(merged, name)
        if getattr(kept, name) == merged:
            setattr(kept, name, None if theirs == kept else theirs)
        elif getattr(kept, name) is None and theirs != kept:
            setattr(kept, name, theirs)
        setattr(merged, name, None)
    kept.save()
    merged.save()


def _break_rings(kept: Organisation) -> None:
    """What stood above `kept` may have stood below `merged`; then nothing stands above `kept` any more."""
    for name in ("parent", "successor"):
        above = getattr(kept, f"{name}_id")
        passed: set[int] = set()
        while above is not None and above not in passed:
            passed.add(above)
            if above == kept.pk:
                setattr(kept, name, None)
                break
            above = Organisation.objects.filter(pk=above).values_list(f"{name}_id", flat=True).first()


def links_to(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Every foreign key of the installation that points to `model`, joining tables included."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.concrete_fields:
            if field.is_relation and field.related_model is model:
                yield field


def _move_links(kept: Organisation, merged: Organisation) -> dict[str, int]:
    """Point every link at `kept`; returns how many rows of which table moved."""
    moved: dict[str, int] = {}
    for field in links_to(Organisation):
        if field.model is Organisation and field.name == "merged_into":
            Organisation.objects.filter(merged_into=merged).update(merged_into=kept)
            continue
        rows = field.model._default_manager.filter(**{field.name: merged})
        count = _move_rows(rows, field.name, kept)
        if count:
            table = str(field.model._meta.verbose_name_plural)
            moved[table] = moved.get(table, 0) + count
    return moved


def _move_rows(rows: models.QuerySet[Any], name: str, kept: Organisation) -> int:
    """All at once where nothing clashes; else one by one, dropping those that `kept` has already."""
    try:
        with transaction.atomic():
            return rows.update(**{name: kept})
    except IntegrityError:
        pass
    moved = 0
    for row in list(rows):
        try:
            with transaction.atomic():
                moved += rows.model._default_manager.filter(pk=row.pk).update(**{name: kept})
        except IntegrityError:
            row.delete()
    return moved
