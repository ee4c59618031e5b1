"""Adding many initiatives at once: the same checks as one by one, rows and log written in bulk."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from polyfolio.audit import facts
from polyfolio.audit.actions import changes
from polyfolio.audit.facts import Parts, Related
from polyfolio.lib.events import publish
from polyfolio.lib.slugs import slug_base
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.network.models import Network
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.initiatives import FIELDS, RELATED, TEXTS, check
from polyfolio.portfolios.actions.parts import prepared
from polyfolio.portfolios.events import InitiativesWritten
from polyfolio.portfolios.models import Initiative

CHUNK = 500


@dataclass(frozen=True)
class Draft:
    """One initiative to add, as for `initiatives.create`; `at` is when it was written, if not with the batch."""

    title: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)
    related: Related = field(default_factory=dict)
    at: datetime | None = None


def create_many(
    *, network: Network, drafts: Sequence[Draft], by: User, at: datetime, batch: uuid.UUID | None = None
) -> list[Initiative]:
    """Add all `drafts` to a network, or none; publishes one InitiativesWritten."""
    require(by, "portfolios.create_initiative", network)
    with transaction.atomic():
        taken = set(Initiative.objects.values_list("slug", flat=True))
        made = [_built(network, draft, by, draft.at or at, taken) for draft in drafts]
        Initiative.objects.bulk_create(made, batch_size=CHUNK)
        around = [prepared(draft.parts, network) for draft in drafts]
        _write_parts(made, around)
        _write_related(made, drafts)
        batch = batch or uuid.uuid4()
        changes.write_many(
            changes.prepare(
                record=initiative,
                verb="initiative.create",
                by=by,
                at=initiative.created_at,
                after=facts.of_fields(initiative, FIELDS),
                batch=batch,
            )
            for initiative in made
        )
        publish(InitiativesWritten(tuple(initiative.pk for initiative in made)))
    return made


def _built(network: Network, draft: Draft, by: User, at: datetime, taken: set[str]) -> Initiative:
    values = {name: clean_texts(value) if name in TEXTS else value for name, value in draft.values.items()}
    values["title"] = clean_texts(draft.title)
    check(values)
    initiative = Initiative(network=network, last_substantive_update_at=at, **values)
    initiative.slug = _free_slug(best_text(initiative.title), taken)
    initiative.created_at = initiative.updated_at = at
    initiative.created_by = by
    return initiative


def _free_slug(title: str, taken: set[str]) -> str:
    base = slug_base(title, fallback="initiative")
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _write_parts(made: Sequence[Initiative], around: Sequence[Mapping[str, list[dict[str, Any]]]]) -> None:
    for name in sorted({name for parts in around for name in parts}):
        relation = facts.relation_named(made[0], name)
        model: type[models.Model] = relation.related_model
        rows = [
            model(**row, **{relation.field.name: initiative})
            for initiative, parts in zip(made, around, strict=True)
            for row in parts.get(name, ())
        ]
        model._default_manager.bulk_create(rows, batch_size=CHUNK)


def _write_related(made: Sequence[Initiative], drafts: Sequence[Draft]) -> None:
    for name in RELATED:
        through: Any = getattr(Initiative, name).through
        target = Initiative._meta.get_field(name).related_model._meta.model_name  # type: ignore[union-attr]
        rows = [
            through(initiative_id=initiative.pk, **{f"{target}_id": row.pk})
            for initiative, draft in zip(made, drafts, strict=True)
            for row in draft.related.get(name, ())
        ]
        through.objects.bulk_create(rows, batch_size=CHUNK)
