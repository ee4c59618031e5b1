"""Planning workshops: what they look at, with which steps, led by whom."""

from __future__ import annotations

import secrets
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
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import Board, WorkshopKind, WorkshopState
from polyfolio.sensemaking.models import Workshop
from polyfolio.sensemaking.workshops.agendas import DOES, agenda

FIELDS = ("title", "kind", "held_on", "facilitator", "steps")
LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
"""Without letters and digits that look alike when somebody reads them from a wall."""
CODE_LENGTH = 6
MOST_INITIATIVES = 60
MOST_STEPS = 20


def plan(
    *,
    portfolio: Portfolio,
    title: str,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    initiatives: Sequence[Initiative] = (),
) -> Workshop:
    """Prepare a workshop with a code of its own; the steps are those of its kind unless `values` holds others."""
    require(by, "sensemaking.hold_workshop", portfolio)
    given = _clean({"held_on": at.date(), "facilitator": by, **(values or {}), "title": title})
    given.setdefault("steps", agenda(given.get("kind", WorkshopKind.EXPLORATION)))
    with transaction.atomic():
        workshop = Workshop(portfolio=portfolio, code=_free_code(), **given)
        return records.create(workshop, fields=FIELDS, by=by, at=at, related={"initiatives": _chosen(initiatives)})


def edit(
    *,
    workshop: Workshop,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    initiatives: Sequence[Initiative] | None = None,
) -> AuditRecord | None:
    """Change what is given; once it runs, its steps stay, because acts name them."""
    require(by, "sensemaking.run_workshop", workshop)
    given = _clean(values)
    related = None if initiatives is None else {"initiatives": _chosen(initiatives)}
    with transaction.atomic():
        held = records.lock(workshop)
        if held.state != WorkshopState.PLANNED and ({"steps", "kind"} & set(given)):
            raise RefusedError(_("The workshop has begun; its steps stay as they are."))
        if "kind" in given and given["kind"] != held.kind and "steps" not in given:
            given["steps"] = agenda(given["kind"])
        return records.change(held, given, by=by, at=at, related=related)


def delete(*, workshop: Workshop, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.hold_workshop", workshop.portfolio)
    return records.delete(workshop, by=by, at=at)


def _free_code() -> str:
    """Six characters that no workshop has; 29 characters make six hundred million of them."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
        if not Workshop.objects.filter(code=code).exists():
            return code


def _chosen(initiatives: Sequence[Initiative]) -> list[Initiative]:
    if len(initiatives) > MOST_INITIATIVES:
        raise RefusedError(_("Choose at most %s initiatives; more do not fit on a board.") % MOST_INITIATIVES)
    return list(initiatives)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"A workshop has no {', '.join(sorted(unknown))}.")
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if not given.get("title", "as it is"):
        raise RefusedError(_("Give the workshop a name."), field="title")
    if given.get("kind", WorkshopKind.EXPLORATION) not in WorkshopKind.values:
        raise RefusedError(_("Choose what kind of workshop it is."), field="kind")
    if "held_on" in given and given["held_on"] is None:
        raise RefusedError(_("Say on which day it is held."), field="held_on")
    if "steps" in given:
        given["steps"] = [_step(each) for each in given["steps"]]
        if not 1 <= len(given["steps"]) <= MOST_STEPS:
            raise RefusedError(_("A workshop has one to %s steps.") % MOST_STEPS, field="steps")
    return given


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    minutes = step.get("minutes")
    if type(minutes) is not int or not 1 <= minutes <= 480:
        raise RefusedError(_("A step takes 1 to 480 minutes."), field="steps")
    if not set(step.get("does", ())) <= set(DOES) or step.get("board", "") not in Board.values:
        raise RefusedError(_("A step can hold notes, placing, votes, proposals and pitches."), field="steps")
    kept = {"key": str(step.get("key", ""))[:20], "minutes": minutes, "does": list(step.get("does", ()))}
    kept |= {"board": step.get("board", ""), "is_private": bool(step.get("is_private"))}
    return kept | {name: str(step[name]).strip()[:300] for name in ("title", "question") if step.get(name)}
