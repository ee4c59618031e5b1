"""Writing what initiatives report of their results: whole lists at a time, one initiative or many."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import Texts, best_text, clean_texts
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.models import Indicator, IndicatorValue, Result

CHUNK = 500


@dataclass(frozen=True)
class Value:
    """A baseline, target or actual value as reported; whether it is a number is found out here."""

    kind: str
    text: str
    starts_on: date | None = None
    ends_on: date | None = None
    year: int | None = None
    comment: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """An indicator with its values."""

    title: Texts
    values: Sequence[Value] = ()
    measure: str = "1"
    description: Texts = field(default_factory=dict)
    is_ascending: bool = True


@dataclass(frozen=True)
class Reported:
    """A result with its indicators."""

    level: str
    title: Texts
    indicators: Sequence[Measured] = ()
    description: Texts = field(default_factory=dict)


@dataclass
class _Written:
    results: list[Result] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    values: list[IndicatorValue] = field(default_factory=list)
    log: list[AuditRecord] = field(default_factory=list)


def write(*, initiative: Initiative, results: Sequence[Reported], by: User, at: datetime) -> None:
    """Make these the initiative's results."""
    write_many(results={initiative.pk: results}, by=by, at=at)


def write_many(
    *, results: Mapping[int, Sequence[Reported]], by: User, at: datetime, batch: uuid.UUID | None = None
) -> None:
    """The same for many initiatives by id; log rows are written in bulk."""
    ids = list(results)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        with transaction.atomic():
            initiatives = Initiative.objects.kept().in_bulk(chunk)
            written = _Written()
            for pk in chunk:
                require(by, "reporting.edit_results", initiatives[pk])
                _take(written, initiatives[pk], results[pk])
                after = {"results": [f"{each.level}: {best_text(each.title)}" for each in results[pk]]}
                written.log.append(
                    changes.prepare(
                        record=initiatives[pk], verb="initiative.results", by=by, at=at, after=after, batch=batch
                    )
                )
            Result.objects.filter(initiative__in=chunk).delete()
            Result.objects.bulk_create(written.results, batch_size=CHUNK)
            Indicator.objects.bulk_create(written.indicators, batch_size=CHUNK)
            IndicatorValue.objects.bulk_create(written.values, batch_size=CHUNK)
            touch(chunk, at=at)
            changes.write_many(written.log)


def number_in(text: str) -> Decimal | None:
    """The number that a reported value is, None where it is none (never 0 for what is not known)."""
    try:
        number = Decimal(text.strip().replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 18 else None


def _take(written: _Written, initiative: Initiative, reported: Sequence[Reported]) -> None:
    for place, each in enumerate(reported):
        result = Result(
            initiative=initiative,
            level=each.level,
            title=clean_texts(each.title),
            description=clean_texts(each.description),
            position=place,
        )
        if not best_text(result.title):
            raise RefusedError(_("Say in a few words what the result is."), field="title")
        result.clean_fields(exclude=["initiative"])
        written.results.append(result)
        for number, measured in enumerate(each.indicators):
            indicator = Indicator(
                result=result,
                title=clean_texts(measured.title),
                description=clean_texts(measured.description),
                measure=measured.measure,
                is_ascending=measured.is_ascending,
                position=number,
            )
            written.indicators.append(indicator)
            written.values += [_value(indicator, value) for value in measured.values]


def _value(indicator: Indicator, given: Value) -> IndicatorValue:
    value = IndicatorValue(
        indicator=indicator,
        kind=given.kind,
        text=given.text,
        number=number_in(given.text),
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        year=given.year,
        comment=clean_texts(given.comment),
    )
    value.clean_fields(exclude=["indicator"])
    return value
