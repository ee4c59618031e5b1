"""Saying where an initiative stands between the two axes of a steward's frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.sensemaking.actions.placements import held, rebuild
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.events import InitiativesPlaced
from polyfolio.sensemaking.models import Frame, Placement


@dataclass(frozen=True)
class At:
    """A point between the axes, each from −1 at its low end to 1, and why."""

    x: float
    y: float
    rationale: str = ""


def place(
    *,
    initiative: Initiative,
    portfolio: Portfolio,
    frame: Frame,
    spot: At,
    by: User,
    at: datetime,
    is_agreed: bool = False,
) -> Placement:
    """Add the person's view; the median of everybody's latest counts, or what a steward records as agreed."""
    held(portfolio, [initiative.pk])
    entry = Entry(portfolio=portfolio, initiative=initiative)
    require(by, "sensemaking.agree" if is_agreed else "sensemaking.place", portfolio if is_agreed else entry)
    if frame.kind != FrameKind.AXES or frame.portfolio_id != portfolio.pk:
        raise RefusedError(_("This portfolio has no such frame of axes."), field="frame")
    if frame.archived_at is not None:
        raise RefusedError(_("“%s” is archived. Restore it before you place anything in it.") % frame, field="frame")
    for name, value in (("x", spot.x), ("y", spot.y)):
        if not math.isfinite(value) or not -1 <= value <= 1:
            raise RefusedError(_("Choose a place between the ends of the axis."), field=name)
    with transaction.atomic():
        touch([initiative.pk], at=at)
        placement = Placement.objects.create(
            initiative=initiative,
            portfolio=portfolio,
            frame=frame,
            assessor=by,
            assessor_label=str(by),
            placed_at=at,
            x=spot.x,
            y=spot.y,
            is_agreed=is_agreed,
            rationale=spot.rationale,
        )
        rebuild(portfolio=portfolio, frame=frame, initiative_ids=[initiative.pk])
        changes.write(
            record=initiative,
            verb="initiative.agree_placement" if is_agreed else "initiative.place",
            by=by,
            at=at,
            after={"portfolio": plain(portfolio), "frame": str(frame), "x": spot.x, "y": spot.y},
            reason=spot.rationale,
        )
        publish(InitiativesPlaced(portfolio.pk, (initiative.pk,)))
    return placement
