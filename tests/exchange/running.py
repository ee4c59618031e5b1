"""Imports run here and now, and the database as an import left it, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from polyfolio.exchange.actions import imports, running
from polyfolio.exchange.models import ImportItem, ImportProblem, ImportRun, SourceName, SourceRecord, StatedLink
from polyfolio.funding.models import Budget, MoneyYear, PlannedDisbursement, Transaction
from polyfolio.network.models import Network, Organisation, OrganisationIdentifier
from polyfolio.people.models import User
from polyfolio.portfolios.models import (
    Initiative,
    InitiativeContact,
    InitiativeDocument,
    InitiativeIdentifier,
    InitiativeLink,
    InitiativePlace,
    InitiativeSdg,
    InitiativeSector,
    InitiativeTerritory,
    Participation,
)
from polyfolio.reporting.models import Indicator, IndicatorValue, Result
from tests.factories.network import make_network

NOW = datetime(2024, 6, 30, 12, tzinfo=UTC)
OF_INITIATIVE = (
    InitiativeIdentifier,
    Participation,
    InitiativeTerritory,
    InitiativePlace,
    InitiativeSector,
    InitiativeSdg,
    InitiativeDocument,
    InitiativeContact,
    Transaction,
    Budget,
    PlannedDisbursement,
    MoneyYear,
    Result,
    SourceRecord,
    StatedLink,
)
# What differs from one run of the same file to the next, or is only a key.
LEFT_OUT = frozenset(
    {"id", "uid", "created_at", "updated_at", "last_substantive_update_at", "read_at", "initiative_id"}
)


def clock_from(start: datetime = NOW, step: timedelta = timedelta(seconds=1)) -> Callable[[], datetime]:
    """A clock that goes on by `step` whenever it is asked."""
    now = start - step

    def clock() -> datetime:
        nonlocal now
        now += step
        return now

    return clock


def queue(
    content: str | bytes, *, network: Network | None = None, by: User | None = None, at: datetime = NOW
) -> ImportRun:
    """A run of this file, waiting. Not checked at the door, as the command line does not."""
    data = content.encode() if isinstance(content, str) else content
    run = ImportRun(network=network or make_network(), queued_by=by, queued_at=at, name="test.xml")
    imports.keep_file(run, iter([data]), "test.xml")
    run.save()
    return run


def import_file(
    content: str | bytes, *, network: Network | None = None, by: User | None = None, at: datetime = NOW
) -> ImportRun:
    """Import a file from beginning to end."""
    run = queue(content, network=network, by=by, at=at)
    assert running.carry_on(run.pk, clock=clock_from(at))
    run.refresh_from_db()
    return run


def import_path(path: Path, *, network: Network | None = None) -> ImportRun:
    return import_file(path.read_bytes(), network=network)


def undo(run: ImportRun, *, by: User | None = None, at: datetime = NOW + timedelta(hours=1)) -> ImportRun:
    """Take a run back, from beginning to end."""
    imports.undo(run=run, by=by)
    assert running.carry_on(run.pk, clock=clock_from(at))
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, failed; they always add up to the activities that were dealt with."""
    found = (run.added, run.changed, run.unchanged, run.failed)
    assert sum(found) == run.position == ImportItem.objects.filter(run=run).count()
    assert run.total in {None, sum(found)}
    return found


def codes(run: ImportRun) -> list[str]:
    """The problems of a run in the file's order."""
    return list(ImportProblem.objects.filter(run=run).order_by("pk").values_list("code", flat=True))


def the_initiative(**fields: Any) -> Initiative:
    found: Initiative = Initiative.objects.kept().get(**fields)
    return found


def rows(manager: Any, *names: str) -> list[Any]:
    """Columns of related rows in the order in which they were written."""
    return list(manager.order_by("pk").values_list(*names, flat=len(names) == 1))


def upload(content: str | bytes, name: str = "test.xml") -> ContentFile[Any]:
    data = content.encode() if isinstance(content, str) else content
    file: ContentFile[Any] = ContentFile(BytesIO(data).getvalue(), name=name)
    return file


def database() -> dict[str, Any]:
    """Everything that an import may write, as far as nobody deleted it, without keys and instants."""
    initiatives = {each.pk: each for each in Initiative.objects.kept()}
    known = InitiativeIdentifier.objects.filter(scheme="iati")
    identifiers = dict(known.values_list("initiative_id", "value"))
    organisations = {each.pk: each.label for each in Organisation.objects.kept()}
    found: dict[str, Any] = {
        "initiatives": {_name(pk, identifiers, each): _facts(each) for pk, each in initiatives.items()},
        "organisations": sorted(_facts(each).items().__repr__() for each in Organisation.objects.kept()),
        "organisation identifiers": sorted(
            OrganisationIdentifier.objects.filter(organisation__in=organisations).values_list("scheme", "value")
        ),
        "names": sorted(SourceName.objects.filter(organisation__in=organisations).values_list("key", flat=True)),
    }
    for model in OF_INITIATIVE:
        found[model.__name__] = sorted(
            f"{_name(row.initiative_id, identifiers, initiatives[row.initiative_id])}: {_facts(row)}"
            for row in model._default_manager.filter(initiative__in=initiatives)
        )
    for nested, owner in ((Indicator, "result"), (IndicatorValue, "indicator__result")):
        of_kept = nested._default_manager.filter(**{f"{owner}__initiative__in": initiatives})
        found[nested.__name__] = sorted(str(_facts(row)) for row in of_kept)
    found["links"] = sorted(
        (identifiers.get(source, ""), identifiers.get(target, ""), identifier, kind)
        for source, target, identifier, kind in InitiativeLink.objects.filter(source__in=initiatives).values_list(
            "source_id", "target_id", "target_identifier", "kind"
        )
    )
    return found


def _name(pk: int, identifiers: dict[int, str], initiative: Initiative) -> str:
    return identifiers.get(pk) or initiative.label


def _facts(row: models.Model) -> dict[str, Any]:
    """The columns of a row; a reference by the name of what it points to."""
    facts: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.attname in LEFT_OUT or (field.is_relation and field.name in {"result", "indicator"}):
            continue
        value = getattr(row, field.name)
        if isinstance(value, memoryview):
            value = bytes(value)
        facts[field.name] = str(value) if field.is_relation else value
    return facts
