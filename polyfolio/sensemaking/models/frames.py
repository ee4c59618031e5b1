"""Ways of looking at a portfolio, and the regions of each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FrameKind


def usual_weights() -> dict[str, float]:
    """What an initiative of high, medium and low priority weighs where a frame says nothing else."""
    return {"high": 3.0, "medium": 2.0, "low": 1.0}


def middle() -> list[float]:
    """One threshold, in the middle: two halves."""
    return [0.0]


class Frame(models.Model):
    """A way of looking at a portfolio: facets, zones or two axes. Built-in frames belong to no portfolio.

    Of a portfolio's own frames of a kind one may be its `is_default`; without one it looks through the built-in frame.
    An axis runs from −1 (`x_low`, `y_low`) to 1 (`x_high`, `y_high`), and its thresholds say where regions begin.
    """

    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=FrameKind)
    portfolio = models.ForeignKey(Portfolio, null=True, blank=True, on_delete=models.CASCADE, related_name="frames")
    title = TextsField()
    label = LabelField()
    description = TextsField()
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    contested_from = models.FloatField(default=0.5)
    mixed_within = models.FloatField(default=0.25)
    weights: models.JSONField[Any, Any] = models.JSONField(default=usual_weights)
    x_low = TextsField()
    x_high = TextsField()
    y_low = TextsField()
    y_high = TextsField()
    x_thresholds: models.JSONField[Any, Any] = models.JSONField(default=middle)
    y_thresholds: models.JSONField[Any, Any] = models.JSONField(default=middle)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(portfolio__isnull=True), name="sensemaking_builtin_frame_once"
            ),
            models.UniqueConstraint(
                fields=["portfolio", "code"],
                condition=Q(portfolio__isnull=False),
                name="sensemaking_portfolio_frame_once",
            ),
            models.UniqueConstraint(
                fields=["portfolio", "kind"], condition=Q(is_default=True), name="sensemaking_default_frame_once"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(portfolio__isnull=False, archived_at__isnull=True),
                name="sensemaking_default_frame_is_own_and_kept",
            ),
            models.CheckConstraint(
                condition=Q(contested_from__gt=0, contested_from__lte=2, mixed_within__gte=0, mixed_within__lte=1),
                name="sensemaking_frame_thresholds_on_diamond",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Region(models.Model):
    """A zone, facet or field between axes, in its order; colour and pattern are names in the tokens file.

    Between axes `column` and `row` count the fields from the low ends.
    """

    frame = models.ForeignKey(Frame, on_delete=models.CASCADE, related_name="regions")
    code = models.SlugField(max_length=40)
    title = TextsField()
    label = LabelField()
    description = TextsField()
    position = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=40, blank=True)
    column = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["frame", "code"], name="sensemaking_region_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """What chooses its colour and pattern: `yellow` for the token `zone-yellow`; `other` where it has none."""
        return self.token.removeprefix("zone-") or "other"


class Crosswalk(models.Model):
    """A region of one frame read as a region of another; where a steward wrote no row, nothing is known."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="crosswalks")
    source = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="read_as")
    target = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="read_from")
    target_frame = models.ForeignKey(Frame, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "source", "target_frame"], name="sensemaking_crosswalk_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="sensemaking_crosswalk_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
