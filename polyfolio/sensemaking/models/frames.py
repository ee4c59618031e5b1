"""Ways of looking at a portfolio, and the regions of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FrameKind


class Frame(models.Model):
    """A way of looking at a portfolio: facets or zones. Built-in frames belong to no portfolio."""

    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=FrameKind)
    portfolio = models.ForeignKey(Portfolio, null=True, blank=True, on_delete=models.CASCADE, related_name="frames")
    title = TextsField()
    label = LabelField()
    description = TextsField()

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
        ]

    def __str__(self) -> str:
        return self.label


class Region(models.Model):
    """A zone or facet of a frame, in its order; colour and pattern are names in the tokens file."""

    frame = models.ForeignKey(Frame, on_delete=models.CASCADE, related_name="regions")
    code = models.SlugField(max_length=40)
    title = TextsField()
    label = LabelField()
    description = TextsField()
    position = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["frame", "code"], name="sensemaking_region_once")]

    def __str__(self) -> str:
        return self.label
