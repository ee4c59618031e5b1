"""What a run leaves behind among the organisations, and taking it back once its initiatives are gone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord
from polyfolio.exchange import claims
from polyfolio.exchange.iati.writing.matching import made_by
from polyfolio.exchange.iati.writing.organisations import DERIVED, LEARNT
from polyfolio.exchange.models import ImportRun, OrganisationMatch, SourceName
from polyfolio.network.actions.merging import links_to
from polyfolio.network.models import Organisation, OrganisationIdentifier, OrganisationPlace
from polyfolio.people.models import Grant

CHUNK = 200
# Rows that belong to the organisation itself, or only say that it was imported.
OWN = (OrganisationIdentifier, OrganisationPlace, SourceName, OrganisationMatch)
SUBJECT = "organisation"


def take_back(run: ImportRun, *, batch: uuid.UUID, clock: Callable[[], datetime]) -> None:
    """Delete the organisations that the run recorded and nothing else uses; forget what it learnt of others."""
    made = made_by(run)
    for start in range(0, len(made), CHUNK):
        with transaction.atomic():
            at = clock()
            claims.beat(run, at=at)
            _delete_unused(run, made[start : start + CHUNK], batch=batch, at=at)
    with transaction.atomic():
        at = clock()
        claims.beat(run, at=at)
        _forget(run, batch=batch, at=at)


def used(organisations: Iterable[int], *, run: ImportRun) -> set[int]:
    """Those that something kept still names, or that a person or another run has changed since."""
    wanted = list(organisations)
    found: set[int] = set()
    for field in links_to(Organisation):
        if field.model not in OWN and not _is_own_theme(field):
            rows = field.model._default_manager.filter(**{f"{field.name}__in": wanted}, **_kept(field.model))
            found |= set(rows.values_list(field.attname, flat=True))
    grants = Grant.objects.filter(scope_type=SUBJECT, scope_id__in=wanted)
    found |= set(grants.values_list("scope_id", flat=True))
    since = AuditRecord.objects.filter(
        subject_type=SUBJECT, subject_id__in=wanted, at__gte=run.started_at or run.queued_at
    )
    others = since.filter(models.Q(batch=None) | ~models.Q(batch=run.batch))
    return found | set(others.values_list("subject_id", flat=True))


def _kept(model: type[models.Model]) -> dict[str, bool]:
    """What leaves out rows of records that were deleted."""
    names = {field.name for field in model._meta.concrete_fields}
    for owner in ("initiative", "source"):
        if owner in names:
            return {f"{owner}__deleted_at__isnull": True}
    return {"deleted_at__isnull": True} if "deleted_at" in names else {}


def _is_own_theme(field: models.Field[Any, Any]) -> bool:
    return field.model is Organisation.themes.through


def _delete_unused(run: ImportRun, pks: list[int], *, batch: uuid.UUID, at: datetime) -> None:
    unused = set(pks) - used(pks, run=run)
    rows = list(Organisation.objects.kept().filter(pk__in=unused).order_by("pk"))
    Organisation.objects.filter(pk__in=[row.pk for row in rows]).update(deleted_at=at, updated_at=at)
    OrganisationMatch.objects.filter(provisional__in=unused).delete()
    changes.write_many(_row(run, row, "delete", batch, at) for row in rows)


def _forget(run: ImportRun, *, batch: uuid.UUID, at: datetime) -> None:
    """Take back other names and kinds that the run filled in, where they still stand."""
    rows = AuditRecord.objects.filter(batch=run.batch, verb=f"{SUBJECT}.change").order_by("-pk")
    log = []
    for learnt in rows:
        one = Organisation.objects.kept().filter(pk=learnt.subject_id).first()
        if one is None:
            continue
        before = changes.facts(one, LEARNT)
        for name, value in learnt.after.items():
            if name == "other_names":
                came = set(value) - set(learnt.before.get(name, []))
                one.other_names = [each for each in one.other_names if each not in came]
            elif getattr(one, name) == value:
                setattr(one, name, learnt.before.get(name, ""))
        after = changes.facts(one, LEARNT)
        if before != after:
            one.updated_at = at
            one.save(update_fields=[*LEARNT, *DERIVED])
            log.append(_row(run, one, "change", batch, at, before=before, after=after))
    changes.write_many(log)


def _row(
    run: ImportRun, one: Organisation, step: str, batch: uuid.UUID, at: datetime, **facts: dict[str, Any]
) -> AuditRecord:
    return changes.prepare(
        record=one,
        verb=f"{SUBJECT}.{step}",
        by=run.undone_by,
        at=at,
        before=facts.get("before"),
        after=facts.get("after"),
        reason=f"Undone import: {run.name}",
        batch=batch,
    )
