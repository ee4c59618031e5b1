"""A portfolio's own indicators, what was measured, whom that was told, and what was adjusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Direction
from polyfolio.sensemaking.models import PortfolioIndicator, ProgressFeedback

INDICATOR_FIELDS = ("title", "why", "unit", "direction", "agreed_by", "agreed_on")
FEEDBACK_FIELDS = ("told_on", "audience", "how", "what", "answer", "adjustment")

Values = Sequence[Mapping[str, Any]]


def agree(
    *, portfolio: Portfolio, values: Mapping[str, Any], by: User, at: datetime, measured: Values = ()
) -> PortfolioIndicator:
    """Add an indicator that the portfolio measures itself by, with what was measured so far."""
    require(by, "sensemaking.track", portfolio)
    indicator = PortfolioIndicator(portfolio=portfolio, **_indicator(values))
    with transaction.atomic():
        return records.create(
            indicator, fields=INDICATOR_FIELDS, by=by, at=at, parts={"values": _measured(measured, at)}
        )


def reword(
    *,
    indicator: PortfolioIndicator,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    measured: Values | None = None,
) -> AuditRecord | None:
    """Change an indicator; `measured` replaces all its values where it is given."""
    require(by, "sensemaking.track", indicator)
    given = _indicator(values)
    parts = None if measured is None else {"values": _measured(measured, at)}
    with transaction.atomic():
        return records.change(records.lock(indicator), given, by=by, at=at, parts=parts)


def tell(*, portfolio: Portfolio, values: Mapping[str, Any], by: User, at: datetime) -> ProgressFeedback:
    """Record that progress was told to somebody."""
    require(by, "sensemaking.track", portfolio)
    feedback = ProgressFeedback(portfolio=portfolio, **_feedback(portfolio, {"told_on": at.date(), **values}, at))
    with transaction.atomic():
        return records.create(feedback, fields=FEEDBACK_FIELDS, by=by, at=at)


def retell(*, feedback: ProgressFeedback, values: Mapping[str, Any], by: User, at: datetime) -> AuditRecord | None:
    require(by, "sensemaking.track", feedback)
    given = _feedback(feedback.portfolio, values, at)
    with transaction.atomic():
        return records.change(records.lock(feedback), given, by=by, at=at)


def delete(*, record: PortfolioIndicator | ProgressFeedback, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.track", record)
    return records.delete(record, by=by, at=at)


def _stripped(values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    unknown = set(values) - set(fields)
    if unknown:
        raise ValueError(f"There is no {', '.join(sorted(unknown))}.")
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _indicator(values: Mapping[str, Any]) -> dict[str, Any]:
    given = _stripped(values, INDICATOR_FIELDS)
    if not given.get("title", "as it is"):
        raise RefusedError(_("Say what is measured."), field="title")
    if given.get("direction", Direction.UP) not in Direction.values:
        raise RefusedError(_("Say which way is the good one."), field="direction")
    return given


def _measured(rows: Values, at: datetime) -> list[dict[str, Any]]:
    days = [row["measured_on"] for row in rows]
    if len(days) != len(set(days)):
        raise RefusedError(_("There are two values of one day. Keep one of them."))
    if any(day > at.date() for day in days):
        raise RefusedError(_("Nothing can be measured on a day to come."))
    return [{"measured_on": row["measured_on"], "value": row["value"], "note": row.get("note", "")} for row in rows]


def _feedback(portfolio: Portfolio, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    given = _stripped(values, FEEDBACK_FIELDS)
    if not given.get("audience", "as it is"):
        raise RefusedError(_("Say whom it was told."), field="audience")
    if not given.get("what", "as it is"):
        raise RefusedError(_("Say what was told."), field="what")
    if "told_on" in given and (given["told_on"] is None or given["told_on"] > at.date()):
        raise RefusedError(_("Say on which day it was told; a day to come is a plan."), field="told_on")
    adjustment = given.get("adjustment")
    if adjustment is not None and adjustment.portfolio_id != portfolio.pk:
        raise RefusedError(_("That decision is about another portfolio."), field="adjustment")
    return given
