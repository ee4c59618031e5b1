"""What a steward intends: the target mix, and the cells of a matrix that are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Dimension, Facet, FrameKind
from polyfolio.sensemaking.events import TargetMixSet
from polyfolio.sensemaking.models import TargetMix, WantedCell
from polyfolio.sensemaking.queries.dimensions import LONGEST_KEY
from polyfolio.sensemaking.queries.frames import frame_of

ROUNDING = 0.0005


def set_target_mix(
    *, portfolio: Portfolio, shares: Mapping[str, float], reason: str, by: User, at: datetime
) -> TargetMix:
    """Set the intended mix: a share from 0 to 1 for each facet, together 1. Earlier ones stay as they were."""
    require(by, "sensemaking.set_target_mix", portfolio)
    given = {facet.value: float(shares.get(facet, 0)) for facet in Facet}
    if set(shares) - set(Facet.values) or any(share < 0 for share in given.values()):
        raise RefusedError(_("Give each facet a share that is not negative."), field="shares")
    if abs(sum(given.values()) - 1) > ROUNDING:
        raise RefusedError(
            _("The shares add to %s %%; they must add to 100 %%.") % round(100 * sum(given.values()), 1), field="shares"
        )
    if not reason.strip():
        raise RefusedError(_("Say why this mix fits the portfolio's remit now."), field="reason")
    with transaction.atomic():
        earlier = portfolio.target_mixes.first()
        target = TargetMix.objects.create(
            portfolio=portfolio,
            frame=frame_of(portfolio, FrameKind.FACETS),
            shares=given,
            reason=reason,
            set_at=at,
            set_by=by,
        )
        changes.write(
            record=portfolio,
            verb="portfolio.target_mix",
            by=by,
            at=at,
            before=earlier.shares if earlier else None,
            after=given,
            reason=reason,
        )
        publish(TargetMixSet(portfolio.pk))
    return target


def mark_wanted(
    *,
    portfolio: Portfolio,
    row: tuple[str, str],
    column: tuple[str, str],
    reason: str,
    by: User,
    at: datetime,
    threshold: int = 1,
) -> WantedCell:
    """Mark a cell as wanted; `row` and `column` are (dimension, key). Marking it again changes threshold and reason."""
    require(by, "sensemaking.mark_wanted", portfolio)
    (row_dimension, row_key), (column_dimension, column_key) = _ordered(row, column)
    if row_dimension == column_dimension:
        raise RefusedError(_("Choose two different dimensions."), field="column_dimension")
    if not reason.strip():
        raise RefusedError(_("Say why this cell is wanted."), field="reason")
    if not 1 <= threshold <= 10_000:
        raise RefusedError(_("Say how many initiatives are wanted there, at least one."), field="threshold")
    with transaction.atomic():
        cell, _is_new = WantedCell.objects.update_or_create(
            portfolio=portfolio,
            row_dimension=row_dimension,
            row=row_key,
            column_dimension=column_dimension,
            column=column_key,
            defaults={"threshold": threshold, "reason": reason, "wanted_at": at, "wanted_by": by},
        )
        after = {"cell": str(cell), "threshold": threshold}
        changes.write(record=portfolio, verb="portfolio.want", by=by, at=at, after=after, reason=reason)
    return cell


def no_longer_wanted(*, cell: WantedCell, by: User, at: datetime, reason: str = "") -> None:
    require(by, "sensemaking.mark_wanted", cell.portfolio)
    with transaction.atomic():
        before = {"cell": str(cell), "threshold": cell.threshold}
        changes.write(record=cell.portfolio, verb="portfolio.unwant", by=by, at=at, before=before, reason=reason)
        cell.delete()


def _ordered(row: tuple[str, str], column: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """One order of dimensions, so that theme × zone and zone × theme are the same cell."""
    order = list(Dimension.values)
    for dimension, key in (row, column):
        if dimension not in order or not key or len(key) > LONGEST_KEY:
            raise RefusedError(_("Choose a row and a column of the matrix."), field="row")
    first, second = sorted((row, column), key=lambda each: order.index(each[0]))
    return first, second
