"""A portfolio as people saw it on one day."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import StocktakeState
from polyfolio.sensemaking.visibility import InPortfolioQuerySet


class Stocktake(Record):
    """What people found when they looked at the whole: notes by layer, patterns, gaps, insights; and the figures.

    Closing freezes the figures twice: `figures` as its stewards saw them, `open_figures` as everybody sees them.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="stocktakes")
    title = models.CharField(max_length=300)
    held_on = models.DateField()
    purpose = models.TextField(blank=True)
    notes: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    patterns = models.TextField(blank=True)
    gaps = models.TextField(blank=True)
    insights = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=StocktakeState, default=StocktakeState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    figures: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    open_figures: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = InPortfolioQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["portfolio", "-held_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stocktake", args=[self.portfolio.slug, self.pk])
