"""Scenarios and their moves as these pages are addressed."""

from __future__ import annotations

from polyfolio.audit.visibility import Viewer
from polyfolio.sensemaking.models import Move, Scenario


def scenario(user: Viewer, slug: str, pk: int) -> Scenario:
    """The scenario of that portfolio; raises DoesNotExist where `user` sees none."""
    rows = Scenario.objects.visible_to(user).select_related("portfolio__network", "created_by")
    found: Scenario = rows.get(portfolio__slug=slug, pk=pk)
    return found


def move(user: Viewer, slug: str, pk: int, move: int) -> Move:
    """The move of that scenario, also one whose initiative is hidden from who may take it away."""
    found: Move = (
        scenario(user, slug, pk)
        .moves.kept()
        .select_related("scenario__portfolio__network", "initiative", "into", "fills")
        .get(pk=move)
    )
    return found
