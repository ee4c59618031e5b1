"""What a steward intends: the target mix, and the empty cells that are wanted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Dimension, FollowUpKind
from polyfolio.sensemaking.models.frames import Frame


class TargetMix(models.Model):
    """The mix a steward intends, with the reason; a later one supersedes it. `shares` maps facet → share, sum 1."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="target_mixes")
    frame = models.ForeignKey(Frame, on_delete=models.RESTRICT, related_name="+")
    shares: models.JSONField[Any, Any] = models.JSONField()
    reason = models.TextField(blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-set_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.portfolio}, {self.set_at:%Y-%m-%d}"


class WantedCell(models.Model):
    """A cell of a hole matrix that a steward wants filled, with the reason; below `threshold` it is a hole."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="wanted_cells")
    row_dimension = models.CharField(max_length=24, choices=Dimension)
    row = models.CharField(max_length=100)
    column_dimension = models.CharField(max_length=24, choices=Dimension)
    column = models.CharField(max_length=100)
    threshold = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField()
    wanted_at = models.DateTimeField(default=timezone.now)
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "row_dimension", "row", "column_dimension", "column"],
                name="sensemaking_wanted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.row} × {self.column}"


class HoleFollowUp(models.Model):
    """What somebody made of a hole: a need, an open call, or a question to the network; with the link kept."""

    wanted = models.ForeignKey(WantedCell, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=10, choices=FollowUpKind)
    note = models.TextField()
    followed_at = models.DateTimeField(default=timezone.now)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    followed_by_label = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["followed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.wanted}"
