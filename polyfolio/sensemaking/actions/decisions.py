"""Taking decisions, changing them, and saying what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import DecisionKind, DecisionState
from polyfolio.sensemaking.events import DecisionTaken
from polyfolio.sensemaking.models import Decision

FIELDS = ("kind", "title", "reason", "evidence", "taken_on", "owner", "due_on", "look_again_on", "state", "outcome")
OWN = frozenset({"state", "outcome", "evidence", "look_again_on"})
LONGEST = 20_000


def take(
    *,
    portfolio: Portfolio,
    kind: str,
    title: str,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    initiatives: Sequence[Initiative] = (),
    origin: tuple[str, int] | None = None,
) -> Decision:
    """Record what was decided; `origin` names where (`("scenario", 12)`). Publishes DecisionTaken."""
    require(by, "sensemaking.decide", portfolio)
    given = _clean({"taken_on": at.date(), "owner": by, **(values or {}), "kind": kind, "title": title})
    with transaction.atomic():
        decision = Decision(portfolio=portfolio, **given)
        if origin is not None:
            decision.origin_type, decision.origin_id = origin
        records.create(decision, fields=FIELDS, by=by, at=at, related={"initiatives": list(initiatives)})
        publish(DecisionTaken(decision.pk, portfolio.pk, decision.origin_type, decision.origin_id))
    return decision


def edit(
    *,
    decision: Decision,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    initiatives: Sequence[Initiative] | None = None,
) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs. Its owner may say what became of it."""
    own = set(values) <= OWN and initiatives is None
    require(by, "sensemaking.follow_decision" if own else "sensemaking.edit_decision", decision)
    given = _clean(values, before=decision)
    related = None if initiatives is None else {"initiatives": list(initiatives)}
    with transaction.atomic():
        return records.change(records.lock(decision), given, by=by, at=at, related=related)


def delete(*, decision: Decision, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.edit_decision", decision)
    return records.delete(decision, by=by, at=at)


def _clean(values: Mapping[str, Any], before: Decision | None = None) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"A decision has no {', '.join(sorted(unknown))}.")
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if not given.get("title", "as it is"):
        raise RefusedError(_("Say what was decided."), field="title")
    if given.get("kind", DecisionKind.START) not in DecisionKind.values:
        raise RefusedError(_("Choose what kind of decision it is."), field="kind")
    if given.get("state", DecisionState.OPEN) not in DecisionState.values:
        raise RefusedError(_("A decision is open, done or dropped."), field="state")
    for name in ("reason", "evidence", "outcome"):
        if len(given.get(name, "")) > LONGEST:
            raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field=name)
    taken: date | None = given.get("taken_on", before.taken_on if before is not None else None)
    for name in ("due_on", "look_again_on"):
        day = given.get(name, getattr(before, name, None))
        if taken is not None and day is not None and day < taken:
            raise RefusedError(_("That day is before the decision was taken."), field=name)
    if "owner" in given:
        given["owner_label"] = str(given["owner"] or "")
    return given
