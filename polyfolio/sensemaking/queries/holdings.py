"""What a portfolio holds for one viewer: the initiatives that every figure of it counts and every list of it shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from polyfolio.people.models import User
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.portfolios.queries.families import members_of
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, Standing, ZoneStay

Viewer = User | AnonymousUser | None


@dataclass(frozen=True)
class Holding:
    """A portfolio with all under it (`portfolio_ids`, nearest first) as `viewer` sees it.

    An initiative that several of them hold counts once, and stands where the nearest of them puts it.
    """

    portfolio: Portfolio
    viewer: Viewer
    portfolio_ids: tuple[int, ...]
    facet_frame: int
    zone_frame: int

    def members(self) -> QuerySet[Initiative, Any]:
        """Every admitted initiative that the viewer sees, once each."""
        seen: QuerySet[Initiative, Any] = Initiative.objects.visible_to(self.viewer)
        return seen.filter(pk__in=self.entries().values("initiative_id"))

    def entries(self) -> QuerySet[Entry, Any]:
        return Entry.objects.filter(portfolio__in=self.portfolio_ids, state=AdmissionState.ADMITTED)

    def standings(self) -> QuerySet[Standing, Any]:
        """Where initiatives stand in the facets: one row an initiative, the viewer's sight not yet asked."""
        rows = Standing.objects.filter(frame=self.facet_frame)
        return self._nearest(rows)

    def stays(self) -> QuerySet[ZoneStay, Any]:
        """The current zone of each initiative: one row each, the viewer's sight not yet asked."""
        rows = ZoneStay.objects.filter(frame=self.zone_frame, until_on__isnull=True).order_by()
        return self._nearest(rows)

    def through(self, frame: Frame) -> Holding:
        """The same, looked at through another frame of zones, or with standings between another frame's axes."""
        if frame.kind == FrameKind.ZONES:
            return replace(self, zone_frame=frame.pk)
        return replace(self, facet_frame=frame.pk)

    def _nearest(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        if len(self.portfolio_ids) == 1:
            return rows.filter(portfolio=self.portfolio_ids[0])
        near = Case(
            *(When(portfolio=pk, then=Value(place)) for place, pk in enumerate(self.portfolio_ids)),
            output_field=IntegerField(),
        )
        ranked = rows.filter(portfolio__in=self.portfolio_ids).annotate(
            nearness=Window(RowNumber(), partition_by=[F("initiative_id")], order_by=[near.asc(), F("pk").asc()])
        )
        nearest: QuerySet[Any, Any] = rows.model._default_manager.filter(pk__in=ranked.filter(nearness=1).values("pk"))
        return nearest.order_by()


def holding(portfolio: Portfolio, viewer: Viewer) -> Holding:
    """What the portfolio and all under it hold for the viewer. Two queries, whatever it holds."""
    frames = Frame.objects.filter(portfolio=portfolio, is_default=True) | Frame.objects.filter(portfolio__isnull=True)
    return holding_from(
        portfolio, viewer, members_of(portfolio, viewer), list(frames.values_list("kind", "pk", "portfolio_id"))
    )


def holding_from(
    portfolio: Portfolio,
    viewer: Viewer,
    portfolio_ids: Sequence[int],
    frames: Collection[tuple[str, int, int | None]],
) -> Holding:
    """The same from what a page has read already: (kind, id, portfolio id) of the default and the built-in frames."""
    chosen = {kind: pk for kind, pk, _own in sorted(frames, key=lambda each: (each[2] is not None, -each[1]))}
    return Holding(
        portfolio=portfolio,
        viewer=viewer,
        portfolio_ids=tuple(portfolio_ids),
        facet_frame=chosen[FrameKind.FACETS],
        zone_frame=chosen[FrameKind.ZONES],
    )
